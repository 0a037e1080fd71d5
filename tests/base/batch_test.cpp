#include "base/batch.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <vector>

#include "base/check.hpp"
#include "tests/support/batches.hpp"

namespace hearsay {
namespace {

using testing::Burst;
using testing::Common;
using testing::sealed;

const Key kKey(1, "a purpose");

/// What `draw` draws for the messages of one burst, by slot.
std::vector<std::uint32_t> draws_of(const Burst& burst, const Common& common, const Key& key = kKey) {
  Batch batch = sealed({burst}, common);
  batch.draw(key);
  std::vector<std::uint32_t> drawn;
  for (std::uint32_t slot = 0; slot < common.fanout; ++slot) drawn.push_back(batch.drawn(slot)[0]);
  return drawn;
}

TEST(Batch, TakesAsManyBurstsAsItHasRoomForMessages) {
  EXPECT_EQ(Batch::capacity(1), 256U);
  EXPECT_EQ(Batch::capacity(256), 256U);
  EXPECT_EQ(Batch::capacity(257), 255U);
  EXPECT_EQ(Batch::capacity(65'536), 1U);
  EXPECT_EQ(Batch::capacity(1'000'000), 1U);
}

TEST(Batch, IsFullAtItsCapacity) {
  Batch batch;
  batch.start(0, 1, 1, 20'000);
  for (NodeId node = 0; node < 3; ++node) {
    EXPECT_FALSE(batch.full());
    batch.add(node, 0, 0);
  }
  EXPECT_TRUE(batch.full());
  EXPECT_EQ(batch.messages(), 60'000U);
  EXPECT_THROW(batch.add(3, 0, 0), Bug);
}

TEST(Batch, TakesInWhatIsWrittenIntoItsRoom) {
  Batch batch;
  batch.start(0, 1, 1, 20'000);
  batch.add(7, 3, 100);
  const Batch::Room room = batch.room();
  ASSERT_EQ(room.from.size(), 2U);
  ASSERT_EQ(room.at.size(), 2U);
  room.from[0] = 8;
  room.at[0] = 200;
  batch.take_in(1);
  ASSERT_EQ(batch.bursts(), 2U);
  EXPECT_EQ(batch.from()[1], 8U);
  EXPECT_EQ(batch.at()[1], 200);
  EXPECT_EQ(batch.life()[1], 0U);
  EXPECT_EQ(batch.room().from.size(), 1U);
}

TEST(Batch, DropsTheMarkedBursts) {
  Batch batch;
  batch.start(0, 1, 1, 3);
  for (NodeId node = 0; node < 4; ++node) batch.add(node, node + 1, 10 * node);
  const std::vector<std::uint8_t> marks = {1, 0, 0, 1};
  batch.drop(marks);
  ASSERT_EQ(batch.bursts(), 2U);
  for (NodeId burst = 0; burst < 2; ++burst) {
    EXPECT_EQ(batch.from()[burst], burst + 1);
    EXPECT_EQ(batch.life()[burst], burst + 2);
    EXPECT_EQ(batch.at()[burst], 10 * (burst + 1));
  }
}

TEST(Batch, KeepsWhatItsBurstsHaveInCommonAndApart) {
  const Batch batch =
      sealed({{7, 1, 100}, {kInitiator, 0, 200}}, {.fanout = 3, .version = 5, .round = 2, .slot = 4});
  EXPECT_EQ(batch.slot(), 4U);
  EXPECT_EQ(batch.version(), 5);
  EXPECT_EQ(batch.round(), 2U);
  EXPECT_EQ(batch.fanout(), 3U);
  EXPECT_EQ(batch.bursts(), 2U);
  EXPECT_EQ(batch.from()[1], kInitiator);
  EXPECT_EQ(batch.life()[0], 1U);
  EXPECT_EQ(batch.at()[1], 200);
}

TEST(Batch, EveryMessageHasAPlaceOfItsOwn) {
  Batch batch = sealed({{0}, {1}, {2}}, {.fanout = 5});
  std::uint32_t number = 0;
  for (std::uint32_t slot = 0; slot < 5; ++slot)
    for (std::uint32_t burst = 0; burst < 3; ++burst) {
      batch.to(slot)[burst] = batch.delay(slot)[burst] = ++number;
      batch.fate(slot)[burst] = static_cast<Fate>(number);
    }
  number = 0;
  for (std::uint32_t slot = 0; slot < 5; ++slot)
    for (std::uint32_t burst = 0; burst < 3; ++burst) {
      EXPECT_EQ(batch.to(slot)[burst], ++number);
      EXPECT_EQ(batch.delay(slot)[burst], number);
      EXPECT_EQ(batch.fate(slot)[burst], number);
    }
}

TEST(Batch, NothingOfItsLastUseIsLeft) {
  Batch batch = sealed(std::vector<Burst>(256), {.fanout = 4});
  for (std::uint32_t slot = 0; slot < 4; ++slot) {
    std::ranges::fill(batch.delay(slot), 9U);
    std::ranges::fill(batch.fate(slot), Fate{9});
  }
  batch.start(1, 2, 3, 7);
  EXPECT_TRUE(batch.empty());
  batch.add(0, 0, 0);
  batch.seal();
  for (std::uint32_t slot = 0; slot < 7; ++slot) {
    EXPECT_EQ(batch.delay(slot)[0], 0U);
    EXPECT_EQ(batch.fate(slot)[0], kGoesOn);
  }
}

TEST(Batch, EveryPartOfAMessagesIdentityChangesItsDraw) {
  std::set<std::uint32_t> drawn;
  const auto draw = [&drawn](const Burst& burst, const Common& common, const Key& key = kKey) {
    for (const std::uint32_t word : draws_of(burst, common, key)) drawn.insert(word);
  };
  const Common common{.fanout = 10};
  draw({.from = 0}, common);
  draw({.from = 1}, common);
  draw({.from = kInitiator}, common);
  draw({.from = 0, .life = 1}, common);
  draw({.from = 0}, {.fanout = 10, .version = 2});
  draw({.from = 0}, {.fanout = 10, .version = kMaxVersion});
  draw({.from = 0}, {.fanout = 10, .round = 2});
  draw({.from = 0}, common, Key(1, "another"));
  draw({.from = 0}, common, Key(2, "a purpose"));
  EXPECT_EQ(drawn.size(), 90U);
}

TEST(Batch, ABlockOfTheVersionsKeyServesFourSlots) {
  const std::vector<std::uint32_t> drawn =
      draws_of({.from = 3, .life = 2}, {.fanout = 9, .version = 5, .round = 4});
  const Key key = kKey.with(5);
  for (std::uint32_t slot = 0; slot < 9; ++slot)
    EXPECT_EQ(drawn[slot], key.block(3, 2, 4, slot / 4)[slot % 4]);
}

TEST(Batch, NeitherTimeNorPlaceIsInADraw) {
  EXPECT_EQ(draws_of({.from = 3, .at = 0}, {.fanout = 5, .slot = 0}),
            draws_of({.from = 3, .at = 12'345}, {.fanout = 5, .slot = 6}));
}

TEST(Batch, AGreaterFanoutChangesNoDraw) {
  const std::vector<std::uint32_t> most = draws_of({.from = 3}, {.fanout = 12});
  for (std::uint32_t fanout = 1; fanout < 12; ++fanout)
    EXPECT_EQ(draws_of({.from = 3}, {.fanout = fanout}),
              std::vector<std::uint32_t>(most.begin(), most.begin() + fanout));
}

rc::Gen<Burst> any_burst() {
  return rc::gen::build<Burst>(rc::gen::set(&Burst::from), rc::gen::set(&Burst::life),
                               rc::gen::set(&Burst::at));
}

RC_GTEST_PROP(Batch, WhoElseIsInItChangesNoDraw, ()) {
  const Common common{.fanout = *rc::gen::inRange(1U, 20U), .version = *rc::gen::positive<Version>()};
  auto bursts = *rc::gen::container<std::vector<Burst>>(any_burst());
  bursts.resize(std::min<std::size_t>(bursts.size(), Batch::capacity(common.fanout)));
  Batch together = sealed(bursts, common);
  together.draw(kKey);
  for (std::size_t i = 0; i < bursts.size(); ++i) {
    const std::vector<std::uint32_t> alone = draws_of(bursts[i], common);
    for (std::uint32_t slot = 0; slot < common.fanout; ++slot)
      RC_ASSERT(together.drawn(slot)[i] == alone[slot]);
  }
}

}  // namespace
}  // namespace hearsay

// What nobody should send to a node. It must not crash, block others, or take in what is no version.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/live/running.hpp"
#include "tests/support/socket.hpp"

namespace hearsay::live {
namespace {

using ::testing::AnyOf;
using testing::ask;
using testing::Connection;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::put;
using testing::request;
using ::testing::StartsWith;

constexpr NodeId kVictim = 1;

class HostileHttp : public ::testing::Test {
 protected:
  std::uint16_t port() const { return cluster_.port(kVictim); }

  void expect_untouched() {
    EXPECT_EQ(ask(port(), request("GET", "/versions")).body, "{\"node\":1,\"versions\":[]}\n");
  }

  RunningCluster cluster_{idle_scenario("cluster.nodes = 3\ngossip.rounds = 0")};
};

TEST_F(HostileHttp, GarbageIsRefusedOrCutOff) {
  const std::string junk("\x00\xff\xfe\x01 \r\n\r\n", 9);
  for (const std::string& bytes :
       {junk, std::string("\r\n\r\n\r\n"), std::string("GET\r\n\r\n"), std::string("PUT /gossip\r\n\r\n17"),
        std::string("PUT /gossip HTTP/9.9\r\n\r\n"), std::string("PUT /gossip HTTP/1.1\r\nno colon\r\n\r\n"),
        std::string(100'000, 'x'), std::string(100'000, '\n'), std::string(100'000, '\0')}) {
    Connection connection(port());
    connection.send(bytes);
    connection.half_close();
    EXPECT_THAT(connection.read_to_end(), AnyOf(IsEmpty(), HasSubstr(" 400 "))) << bytes.substr(0, 20);
  }
  expect_untouched();
}

TEST_F(HostileHttp, BadLengthsAreRefused) {
  for (const char* length : {"-5", "abc", "1x", "18446744073709551616"})
    EXPECT_THAT(
        ask(port(), fmt::format("PUT /gossip HTTP/1.1\r\nContent-Length: {}\r\n\r\n17", length)).status,
        AnyOf(400, 413))
        << length;
  expect_untouched();
}

TEST_F(HostileHttp, AHugeLengthIsRefusedBeforeItsBodyComes) {
  EXPECT_EQ(ask(port(), "PUT /gossip HTTP/1.1\r\nContent-Length: 9000000000000000000\r\n\r\n").status, 413);
}

TEST_F(HostileHttp, AnEndlessChunkedBodyIsCutOff) {
  Connection connection(port());
  connection.send("PUT /gossip HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 100; ++i) connection.send("10\r\n0000000000000017\r\n");
  EXPECT_EQ(connection.receive().status, 413);
  expect_untouched();
}

TEST_F(HostileHttp, EndlessHeadersAreCutOff) {
  Connection connection(port());
  connection.send("PUT /gossip HTTP/1.1\r\n" + std::string(30'000, 'x'));
  EXPECT_THAT(connection.read_to_end(), AnyOf(IsEmpty(), HasSubstr(" 400 ")));
}

TEST_F(HostileHttp, ASlowRequestBlocksNobody) {
  const std::string text = put("17");
  Connection slow(port());
  slow.send(text.substr(0, text.size() / 2));
  EXPECT_EQ(ask(port(), request("GET", "/healthz")).status, 200);
  slow.send(text.substr(text.size() / 2));
  EXPECT_EQ(slow.receive().status, 200);
}

TEST_F(HostileHttp, ARequestMayComeByteByByte) {
  Connection connection(port());
  for (const char byte : put("17")) connection.send({&byte, 1});
  EXPECT_EQ(connection.receive().status, 200);
}

TEST_F(HostileHttp, PipelinedRequestsAreAnsweredInTheirOrder) {
  Connection connection(port());
  connection.send(put("17") + put("17") + put("nothing") + request("GET", "/versions"));
  EXPECT_EQ(connection.receive().body, "");
  EXPECT_THAT(connection.receive().body, HasSubstr("already saw 17"));
  EXPECT_EQ(connection.receive().status, 400);
  EXPECT_THAT(connection.receive().body, HasSubstr("[17]"));
}

TEST_F(HostileHttp, HangingUpHalfwayChangesNothing) {
  for (int i = 0; i < 20; ++i) {
    Connection connection(port());
    connection.send(put("17").substr(0, 20));
  }
  Connection short_of_body(port());
  short_of_body.send("PUT /gossip HTTP/1.1\r\nContent-Length: 5\r\n\r\n17");
  short_of_body.half_close();
  EXPECT_THAT(short_of_body.read_to_end(), IsEmpty());
  expect_untouched();
}

TEST_F(HostileHttp, IdleConnectionsBlockNobody) {
  std::vector<Connection> idle;
  for (int i = 0; i < 100; ++i) idle.emplace_back(port());
  EXPECT_EQ(ask(port(), request("GET", "/healthz")).status, 200);
}

TEST_F(HostileHttp, MadeUpTicketsAreRefused) {
  for (const char* ticket : {"0-0000000000000000", "0", "31-", "32-0000000000000000", "-1-0", "x",
                             "99999999999999999999-0", "0-0000000000000000-0000000000000000"}) {
    const auto response = ask(port(), put("17", fmt::format("Hearsay-Ticket: {}\r\n", ticket)));
    EXPECT_EQ(response.status, 409) << ticket;
  }
  expect_untouched();
  const measure::Outcome outcome = cluster_.stop();
  EXPECT_EQ(outcome.messages.delivered, 0U);
  EXPECT_THAT(outcome.versions, IsEmpty());
}

}  // namespace
}  // namespace hearsay::live

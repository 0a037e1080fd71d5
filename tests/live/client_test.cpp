// The client alone, against a server that misbehaves.

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/time.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "live/client.hpp"
#include "live/listener.hpp"
#include "live/node_server.hpp"

namespace hearsay::live {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr timeval kClientHangs = {30, 0};

struct Request {
  std::string ticket;
  std::string body;
};

// The client sends head and body of its small requests in one piece.
Request parse(const std::string& text) {
  const std::string name = "Hearsay-Ticket: ";
  const std::size_t ticket = text.find(name) + name.size();
  return {text.substr(ticket, text.find('\r', ticket) - ticket), text.substr(text.find("\r\n\r\n") + 4)};
}

/// Asks `answer` about each request: with true it replies, with false it closes the connection without a
/// word.
class Server {
 public:
  Server(event_base* base, std::function<bool(const Request&)> answer)
      : base_(base), answer_(std::move(answer)) {
    listener_.listen();
    accepting_.reset(evconnlistener_new(base, &Server::on_connection, this, 0, 0, listener_.descriptor()));
  }

  std::uint16_t port() const { return listener_.port(); }

  std::vector<std::string> seen;  ///< the bodies of all requests, in their order
  int connections = 0;

 private:
  using Peer = std::unique_ptr<bufferevent, decltype(&bufferevent_free)>;

  static void on_connection(evconnlistener*, evutil_socket_t socket, sockaddr*, int, void* self) {
    auto& server = *static_cast<Server*>(self);
    ++server.connections;
    server.peers_.emplace_back(bufferevent_socket_new(server.base_, socket, BEV_OPT_CLOSE_ON_FREE),
                               &bufferevent_free);
    bufferevent* peer = server.peers_.back().get();
    bufferevent_setcb(peer, &Server::on_readable, nullptr, nullptr, self);
    bufferevent_enable(peer, EV_READ | EV_WRITE);
  }

  static void on_readable(bufferevent* peer, void* self) {
    auto& server = *static_cast<Server*>(self);
    evbuffer* input = bufferevent_get_input(peer);
    std::string text(evbuffer_get_length(input), '\0');
    evbuffer_remove(input, text.data(), text.size());
    const Request request = parse(text);
    server.seen.push_back(request.body);
    if (server.answer_(request))
      evbuffer_add_printf(bufferevent_get_output(peer), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    else
      std::erase_if(server.peers_, [peer](const Peer& each) { return each.get() == peer; });
  }

  event_base* base_;
  std::function<bool(const Request&)> answer_;
  Listener listener_{0};
  std::unique_ptr<evconnlistener, decltype(&evconnlistener_free)> accepting_{nullptr, &evconnlistener_free};
  std::vector<Peer> peers_;
};

class ClientTest : public ::testing::Test {
 protected:
  /// Sends a version to node 0 and waits until its transfer is over; returns whether it was lost.
  bool send(Client& client, Version version, Marks marks = 0) {
    client.send({.slot = 0, .to = 0, .version = version, .marks = marks});
    std::vector<Parcel> lost;
    const std::size_t seen = server_.seen.size();
    event_base_loopexit(loop_.base(), &kClientHangs);
    for (bool over = false; !over;) {
      client.pump(lost);
      over = client.outstanding() == 0 && (!lost.empty() || server_.seen.size() > seen);
      if (!over) event_base_loop(loop_.base(), EVLOOP_ONCE);
      if (event_base_got_exit(loop_.base()) != 0) throw std::runtime_error("the transfer does not end");
    }
    return !lost.empty();
  }

  Loop loop_;
  std::function<bool(const Request&)> answer_ = [](const Request&) { return true; };
  Server server_{loop_.base(), [this](const Request& request) { return answer_(request); }};
  Client client_{loop_, {server_.port()}};
};

TEST_F(ClientTest, KeepsItsConnectionAlive) {
  answer_ = [this](const Request& request) { return client_.take(request.ticket) != nullptr; };
  for (Version version = 1; version <= 20; ++version) EXPECT_FALSE(send(client_, version));
  EXPECT_THAT(server_.seen, SizeIs(20));
  EXPECT_EQ(server_.connections, 1);
}

/// libcurl by itself sends a PUT again when a connection that it used before closes without a reply.
TEST_F(ClientTest, AMessageWhoseConnectionDiesWithoutAReplyIsLostOnceAndSentOnce) {
  answer_ = [this](const Request& request) {
    return request.body != "2" && client_.take(request.ticket) != nullptr;
  };
  EXPECT_FALSE(send(client_, 1));
  EXPECT_TRUE(send(client_, 2));
  EXPECT_FALSE(send(client_, 3));
  EXPECT_THAT(server_.seen, ElementsAre("1", "2", "3"));
}

TEST_F(ClientTest, AMessageThatWasTakenInIsNotLostWithItsReply) {
  answer_ = [this](const Request& request) {
    return client_.take(request.ticket) != nullptr && request.body != "2";
  };
  for (Version version = 1; version <= 3; ++version) EXPECT_FALSE(send(client_, version));
  EXPECT_THAT(server_.seen, ElementsAre("1", "2", "3"));
}

TEST_F(ClientTest, AReplyAloneDoesNotDeliver) {
  EXPECT_TRUE(send(client_, 1));
  EXPECT_THAT(server_.seen, ElementsAre("1"));
}

TEST_F(ClientTest, ATicketIsTakenOnceAndNoLongerOnceItsTransferFailed) {
  std::string late;
  answer_ = [&](const Request& request) {
    if (request.body == "2") {
      late = request.ticket;
      return false;
    }
    EXPECT_TRUE(client_.take(request.ticket));
    EXPECT_FALSE(client_.take(request.ticket));
    return true;
  };
  EXPECT_FALSE(send(client_, 1));
  EXPECT_TRUE(send(client_, 2));
  EXPECT_FALSE(client_.take(late));
  EXPECT_TRUE(Client::issued(late));
  EXPECT_FALSE(Client::issued("0-0123456789abcdef-1"));
}

TEST_F(ClientTest, WhatIsGarbledGoesOutAsNoVersion) {
  answer_ = [this](const Request& request) { return client_.take(request.ticket) != nullptr; };
  EXPECT_FALSE(send(client_, 15, kGarbled));
  ASSERT_THAT(server_.seen, SizeIs(1));
  EXPECT_EQ(server_.seen[0].size(), 2U);
  EXPECT_EQ(parse_version(server_.seen[0]), std::nullopt);
}

TEST_F(ClientTest, WhatNobodyListensForIsLost) {
  const Listener silent(0);
  Client client(loop_, {silent.port()});
  EXPECT_TRUE(send(client, 1));
  EXPECT_THAT(server_.seen, IsEmpty());
}

TEST_F(ClientTest, GoesWithWhatIsStillOnItsWay) {
  Client client(loop_, {server_.port()});
  for (Version version = 1; version <= 100; ++version) client.send({.slot = 0, .to = 0, .version = version});
  std::vector<Parcel> lost;
  client.pump(lost);
  EXPECT_EQ(client.outstanding(), 100U);
}

}  // namespace
}  // namespace hearsay::live

// The ceiling: the most that libcurl and evhttp can do together in one event loop. Curl multi clients and one
// evhttp server a node exchange what gossip exchanges, without gossip.

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_struct.h>
#include <event2/listener.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "tools/bench/curl_client.hpp"
#include "tools/bench/exchange.hpp"
#include "tools/bench/handles.hpp"

namespace hearsay::bench {
namespace {

Loop make_loop() {
  const LoopSettings config(event_config_new());
  event_config_set_flag(config.get(), EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST);
  event_config_set_flag(config.get(), EVENT_BASE_FLAG_NOLOCK);
  return Loop(event_base_new_with_config(config.get()));
}

/// One HTTP server a node.
class Nodes {
 public:
  Nodes(event_base* loop, unsigned count) : nodes_(count) {
    for (unsigned id = 0; id < count; ++id) open(loop, id);
  }

  std::vector<std::uint16_t> ports() const {
    std::vector<std::uint16_t> all;
    for (const Node& node : nodes_) all.push_back(node.port);
    return all;
  }

 private:
  struct Node {
    unsigned id;
    std::uint16_t port;
    Server server;
  };

  void open(event_base* loop, unsigned id) {
    const Listener listener = open_listener();
    Node& node = nodes_[id];
    node = {id, listener.port, Server(evhttp_new(loop))};
    evhttp_set_gencb(node.server.get(), on_request, &node);
    evhttp_bind_listener(node.server.get(), evconnlistener_new(loop, nullptr, nullptr, LEV_OPT_CLOSE_ON_FREE,
                                                               0, listener.descriptor));
  }

  static void on_request(evhttp_request* request, void* argument) {
    const Node& node = *static_cast<Node*>(argument);
    std::array<char, 16> body;
    const ev_ssize_t size =
        evbuffer_copyout(evhttp_request_get_input_buffer(request), body.data(), body.size());
    if (evhttp_request_get_command(request) != EVHTTP_REQ_PUT || size != ev_ssize_t{kVersionSize})
      return evhttp_send_error(request, HTTP_BADREQUEST, nullptr);
    std::array<char, kAnswerSize> answer;
    const std::string_view text =
        write_answer(node.id, node.port, {body.data(), kVersionSize}, answer.data());
    evbuffer_add(evhttp_request_get_output_buffer(request), text.data(), text.size());
    evkeyvalq* headers = evhttp_request_get_output_headers(request);
    evhttp_add_header(headers, "Content-Type", "text/plain");
    evhttp_add_header(headers, "Date", http_date().c_str());
    bufferevent* stream = evhttp_connection_get_bufferevent(evhttp_request_get_connection(request));
    evhttp_send_reply(request, HTTP_OK, "OK", nullptr);
    // Writes in this turn of the loop, so that the socket need not be watched for it.
    event_active(&stream->ev_write, EV_WRITE, 1);
  }

  std::vector<Node> nodes_;
};

}  // namespace

Sample run_ceiling(unsigned nodes, std::uint64_t messages) {
  std::signal(SIGPIPE, SIG_IGN);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const Loop loop = make_loop();
  const Nodes servers(loop.get(), nodes);
  Traffic traffic(nodes, messages, cpu_seconds());
  CurlClient client(loop.get(), servers.ports(), traffic);
  client.start();
  event_base_dispatch(loop.get());
  if (!client.failure().empty()) throw std::runtime_error(client.failure());
  return traffic.sample();
}

}  // namespace hearsay::bench

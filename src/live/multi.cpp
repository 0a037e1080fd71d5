#include "live/multi.hpp"

#include <event2/event.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <new>

namespace hearsay::live {

Multi::Multi(Loop& loop, long connections)
    : loop_(loop), multi_(curl_multi_init()), timer_(evtimer_new(loop.base(), &Multi::on_timeout, this)) {
  if (multi_ == nullptr || timer_ == nullptr) throw std::bad_alloc();
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Multi::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Multi::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, connections);
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, long{CURLPIPE_NOTHING});
}

Multi::~Multi() { curl_multi_cleanup(multi_); }

void Multi::add(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &Multi::on_open);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &Multi::on_close);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
  curl_multi_add_handle(multi_, easy);
}

void Multi::remove(CURL* easy) { curl_multi_remove_handle(multi_, easy); }

void Multi::kick() {
  if (!kick_due_) return;
  kick_due_ = false;
  int running = 0;
  curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
}

CURL* Multi::next_over(CURLcode& result) {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    result = message->data.result;
    return message->easy_handle;
  }
  return nullptr;
}

int Multi::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
  auto& multi = *static_cast<Multi*>(self);
  multi.loop_.guard([&] { multi.watch(socket, what); });
  return 0;
}

void Multi::watch(curl_socket_t socket, int what) {
  const auto [found, is_new] = watches_.try_emplace(socket);
  Watch& watch = found->second;
  if (is_new) watch = make_watch(socket);
  watch.wants_read = what == CURL_POLL_IN || what == CURL_POLL_INOUT;
  if (watch.wants_read && !watch.reading) {
    event_add(watch.read.get(), nullptr);
    watch.reading = true;
  }
  watch.wants_write = what == CURL_POLL_OUT || what == CURL_POLL_INOUT;
  if (watch.wants_write) event_add(watch.write.get(), nullptr);
}

Multi::Watch Multi::make_watch(curl_socket_t socket) {
  Watch watch;
  watch.read.reset(event_new(loop_.base(), socket, EV_READ | EV_PERSIST, &Multi::on_readable, this));
  watch.write.reset(event_new(loop_.base(), socket, EV_WRITE, &Multi::on_writable, this));
  if (watch.read == nullptr || watch.write == nullptr) throw std::bad_alloc();
  return watch;
}

void Multi::on_readable(int socket, short, void* self) {
  auto& multi = *static_cast<Multi*>(self);
  multi.loop_.guard([&] { multi.read(socket); });
}

void Multi::read(curl_socket_t socket) {
  Watch& watch = watches_.at(socket);
  if (!watch.wants_read) {
    // The other side closed an idle connection; libcurl will see that when it wants to use it again.
    event_del(watch.read.get());
    watch.reading = false;
    return;
  }
  int running = 0;
  curl_multi_socket_action(multi_, socket, CURL_CSELECT_IN, &running);
}

void Multi::on_writable(int socket, short, void* self) {
  auto& multi = *static_cast<Multi*>(self);
  multi.loop_.guard([&] { multi.write(socket); });
}

void Multi::write(curl_socket_t socket) {
  int running = 0;
  curl_multi_socket_action(multi_, socket, CURL_CSELECT_OUT, &running);
  const auto found = watches_.find(socket);
  if (found != watches_.end() && found->second.wants_write) event_add(found->second.write.get(), nullptr);
}

// Closed by reset, a connection leaves nothing in TIME_WAIT that would use up the free ports run after run.
int Multi::on_open(void*, curl_socket_t socket, curlsocktype) {
  const linger at_once = {1, 0};
  setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  return CURL_SOCKOPT_OK;
}

int Multi::on_timer(CURLM*, long timeout_ms, void* self) {
  auto* multi = static_cast<Multi*>(self);
  event* timer = multi->timer_.get();
  multi->kick_due_ = timeout_ms == 0;
  if (timeout_ms <= 0) return event_del(timer);
  const timeval timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000};
  return event_add(timer, &timeout);
}

void Multi::on_timeout(int, short, void* self) { static_cast<Multi*>(self)->kick_due_ = true; }

int Multi::on_close(void* self, curl_socket_t socket) {
  static_cast<Multi*>(self)->watches_.erase(socket);
  return close(socket);
}

}  // namespace hearsay::live

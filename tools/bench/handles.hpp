#pragma once

// Owners of the handles of libevent and libcurl.

#include <curl/curl.h>
#include <event2/event.h>
#include <event2/http.h>

#include <memory>

namespace hearsay::bench {

template <auto free>
struct Free {
  template <typename Handle>
  void operator()(Handle* handle) const {
    free(handle);
  }
};

using Loop = std::unique_ptr<event_base, Free<event_base_free>>;
using LoopSettings = std::unique_ptr<event_config, Free<event_config_free>>;
using Server = std::unique_ptr<evhttp, Free<evhttp_free>>;
using Multi = std::unique_ptr<CURLM, Free<curl_multi_cleanup>>;
using Easy = std::unique_ptr<CURL, Free<curl_easy_cleanup>>;
using Url = std::unique_ptr<CURLU, Free<curl_url_cleanup>>;

}  // namespace hearsay::bench

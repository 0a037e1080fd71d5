#pragma once

// HTTP as the control interface sees it, whoever carries it.

#include <string>

namespace hearsay::control {

struct Request {
  std::string method = {};
  std::string path = {};  ///< percent-decoded, without query
  std::string host = {};  ///< the header, as are the next two; empty: there is none
  std::string origin = {};
  std::string authorization = {};
  std::string body = {};
};

struct Response {
  int status = 200;
  std::string body;        ///< JSON, one line; an answer to HEAD has it too, for its length
  std::string allow = {};  ///< of a 405: the methods that are allowed
};

}  // namespace hearsay::control

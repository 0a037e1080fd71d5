#pragma once

// The gossip client of all nodes and of the initiator: carries versions as PUT /gossip, over connections that
// are kept alive.

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "live/multi.hpp"

namespace hearsay::live {

/// The header that names the transfer which carries a message of ours.
inline constexpr const char* kTicketHeader = "Hearsay-Ticket";

/// A message to be carried.
struct Parcel {
  Slot slot = 0;
  NodeId to = 0;
  Version version = 0;
  Tick due = 0;     ///< when it would reach its receiver if carrying it took no time
  Marks marks = 0;  ///< what is to happen to it on its way

  bool cut() const { return (marks & kCut) != 0; }
};

/// One thread, that of the event loop.
///
/// A transfer carries its parcel under a ticket, which the receiver's handler shows (`take`): that, and not
/// the response, tells that a message was delivered. A ticket is good for one message at a time and is given
/// up when its transfer fails, so that a request which is served late is known to be no message any more.
class Client {
 public:
  /// `ports[i]` is that of node i. `loop` must outlive the client.
  Client(Loop& loop, const std::vector<std::uint16_t>& ports);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Carries a parcel. A garbled one goes out as what is no version. The connection of one that is cut is cut
  /// when a part of the request was sent; nothing more is heard of it.
  void send(const Parcel& parcel);

  /// A node does not attend to what reaches it, or does so again: what waits there takes no room from others.
  void attention_changed(NodeId node, bool attends);

  /// `lost` gets what waits for its turn to be sent to the node.
  void give_up(NodeId node, std::vector<Parcel>& lost);

  /// The receiver took in the message of this ticket. Null when the ticket names no message on its way, or
  /// one that was taken in already. Good until the next call of `pump`.
  const Parcel* take(std::string_view ticket);

  /// Whether the ticket is one that this program ever gave to a message.
  static bool issued(std::string_view ticket);

  /// Starts parcels that wait, as far as there is room, and ends transfers that are over: `lost` gets those
  /// that nobody took in. Returns whether there is more to do at once.
  bool pump(std::vector<Parcel>& lost);

  /// How many parcels wait or are on their way, but for those that are cut.
  std::size_t outstanding() const { return waiting_ + on_their_way_; }

  /// How many connections were opened.
  std::uint64_t connections() const { return connections_; }

 private:
  struct Transfer;
  // Each node gets one message after the other: a second transfer at once would open a second connection.
  struct Peer {
    std::deque<Parcel> waiting;
    bool busy = false;
    bool attends = true;
    bool stuck() const { return busy && !attends; }
  };
  struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
  };

  Multi& multi_of(NodeId node) { return *multis_[node % multis_.size()]; }
  void start();
  void add_transfer();
  Transfer* free_transfer();
  bool finish(std::vector<Parcel>& lost);
  void end(Transfer& transfer, std::vector<Parcel>& lost);

  std::vector<std::unique_ptr<Multi>> multis_;
  std::vector<std::unique_ptr<CURLU, FreeUrl>> urls_;
  std::vector<std::unique_ptr<Transfer>> transfers_;
  std::vector<Transfer*> free_;
  std::vector<Peer> peers_;
  std::deque<NodeId> ready_;  // peers that are not busy and for whom something waits
  std::size_t stuck_ = 0;     // transfers to peers that do not attend to them
  std::size_t waiting_ = 0;
  std::size_t on_their_way_ = 0;  // not counting those that were taken in
  std::uint64_t connections_ = 0;
};

}  // namespace hearsay::live

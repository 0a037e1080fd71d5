#pragma once

// The runs of many scenarios, each under many seeds, on several threads.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <vector>

#include "measure/outcome.hpp"
#include "runs/runs.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::runs {

/// Watches over the runs of many cells.
class CellWatch {
 public:
  virtual ~CellWatch() = default;

  /// Asked often, from all threads, whether all is to end.
  virtual bool interrupted() = 0;

  /// So many runs and cells are done. Calls never overlap.
  virtual void done(std::uint64_t runs, std::size_t cells) = 0;
};

/// Told what the runs of a cell show, merged; from any thread, at any time.
using Keep = std::function<void(std::size_t cell, measure::Outcome outcome)>;

/// Runs every one of `cells` under `repeat` seeds, seed, seed + 1, …, at most `jobs` runs at once, whichever
/// cells they are of, so that no processor waits for the last run of a cell. The runs of a cell are merged in
/// the order of their seeds, so what it shows does not depend on `jobs`. `run` and `keep` must bear to be
/// called from so many threads. All numbers are at least 1.
///
/// Cells are begun in their order. It ends early when it is interrupted or a run or `keep` throws: what is
/// not finished is then forgotten, and the exception of the first such cell is returned.
///
/// It holds the outcomes of few runs more than there are threads for each cell at work, beside the merged
/// one.
std::exception_ptr run_cells(const std::vector<const scenario::Scenario*>& cells, std::uint32_t repeat,
                             std::uint32_t jobs, const Run& run, const Keep& keep, CellWatch& watch);

}  // namespace hearsay::runs

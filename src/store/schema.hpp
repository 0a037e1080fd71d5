#pragma once

// The tables of a store; docs/store.md explains them.

#include "store/sqlite.hpp"

namespace hearsay::store {

/// Whether there is nothing in the file yet, as in one that was just made.
bool is_empty(Database& database);

/// Makes the tables in an empty file; within a transaction.
void create_schema(Database& database);

/// Throws InputError unless the file has just these tables, is whole, and each row is as the tables demand.
void check_schema(Database& database);

}  // namespace hearsay::store

// Leases and events of processes that share a database.

export const leases = [
  // `until` is empty where nobody has it; `done_at` where whoever had it last did not end it with its work done.
  'CREATE TABLE leases (name TEXT PRIMARY KEY, fence INTEGER NOT NULL, until TEXT, done_at TEXT) WITHOUT ROWID',
  'CREATE TABLE events (event TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID',
  'CREATE INDEX events_by_time ON events (at)',
] as const

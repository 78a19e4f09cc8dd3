// Which papers other sources are asked about, and when.

export const enrichments = [
  `CREATE TABLE enrichments (
    source TEXT NOT NULL, paper INTEGER NOT NULL, next_at TEXT NOT NULL,
    PRIMARY KEY (source, paper)) WITHOUT ROWID`,
  'CREATE INDEX enrichments_by_time ON enrichments (source, next_at DESC, paper DESC)',
  // Papers up to the number `enrolled` are taken in.
  'CREATE TABLE enrichment_sources (source TEXT PRIMARY KEY, enrolled INTEGER NOT NULL, state TEXT) WITHOUT ROWID',
] as const

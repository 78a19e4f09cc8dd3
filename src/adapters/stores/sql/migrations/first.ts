// The schema as it was first: papers, authors, subscriptions, schedules, the ledger, reading lists and feeds.

export const first = [
  'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',

  // A counter's row is locked by whoever raises it until the end of the transaction: its order is commit order.
  'CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID',
  "INSERT INTO counters VALUES ('paper', 0), ('change', 0)",

  // `categories` holds every form a category answers to, between bars; `score` is the one shown; the body comes last.
  `CREATE TABLE papers (
    number INTEGER PRIMARY KEY,
    change INTEGER NOT NULL,
    first_seen TEXT NOT NULL,
    published TEXT NOT NULL,
    categories TEXT NOT NULL,
    given_score REAL,
    score REAL,
    computed_score TEXT,
    body TEXT NOT NULL
  )`,
  'CREATE UNIQUE INDEX papers_by_change ON papers (change)',
  'CREATE INDEX papers_by_first_seen ON papers (first_seen, number)',
  // Categories may be too many for an index of PostgreSQL.
  {
    sqlite: 'CREATE INDEX papers_by_date ON papers (published DESC, number DESC, categories)',
    postgres: 'CREATE INDEX papers_by_date ON papers (published DESC, number DESC)',
  },
  {
    sqlite: `CREATE INDEX papers_by_score ON papers (score DESC, published DESC, number DESC, categories)
      WHERE score IS NOT NULL`,
    postgres: 'CREATE INDEX papers_by_score ON papers (score DESC, published DESC, number DESC) WHERE score IS NOT NULL',
  },
  'CREATE TABLE paper_ids (id TEXT PRIMARY KEY, paper INTEGER NOT NULL) WITHOUT ROWID',
  // Records that were merged before, by their content: merging one again changes nothing.
  'CREATE TABLE sightings (record TEXT PRIMARY KEY, paper INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE TABLE joined (number INTEGER PRIMARY KEY, into_paper INTEGER NOT NULL, change INTEGER NOT NULL)',
  'CREATE INDEX joined_by_change ON joined (change)',
  'CREATE INDEX joined_by_paper ON joined (into_paper)',
  'CREATE TABLE unmatched (paper INTEGER PRIMARY KEY, first_seen TEXT NOT NULL)',
  'CREATE INDEX unmatched_by_first_seen ON unmatched (first_seen, paper)',

  // A name is found by its beginning, its family name's or, in author_middles, that of any other word.
  `CREATE TABLE authors (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, family TEXT NOT NULL, papers INTEGER NOT NULL
  ) WITHOUT ROWID`,
  'CREATE INDEX authors_by_family ON authors (family)',
  'CREATE INDEX authors_by_papers ON authors (papers DESC, key) WHERE papers > 2',
  'CREATE TABLE author_middles (ending TEXT NOT NULL, author TEXT NOT NULL, PRIMARY KEY (ending, author)) WITHOUT ROWID',
  'CREATE TABLE paper_authors (author TEXT NOT NULL, paper INTEGER NOT NULL, PRIMARY KEY (author, paper)) WITHOUT ROWID',

  `CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL,
    target_key TEXT NOT NULL,
    target TEXT NOT NULL,
    cadence TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_match_at TEXT,
    UNIQUE (platform, workspace, channel, target_key)
  ) WITHOUT ROWID`,
  `CREATE TABLE matches (
    subscription TEXT NOT NULL,
    paper INTEGER NOT NULL,
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL,
    reason TEXT NOT NULL,
    matched_at TEXT NOT NULL,
    PRIMARY KEY (subscription, paper)
  ) WITHOUT ROWID`,
  'CREATE INDEX matches_by_destination ON matches (platform, workspace, channel, paper)',
  'CREATE INDEX matches_by_paper ON matches (paper)',

  `CREATE TABLE schedules (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL,
    frequency TEXT NOT NULL,
    day INTEGER NOT NULL,
    time TEXT NOT NULL,
    zone TEXT NOT NULL,
    template TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    paused_until TEXT,
    resumed_at TEXT,
    UNIQUE (platform, workspace, channel)
  ) WITHOUT ROWID`,
  `CREATE TABLE slots (
    schedule TEXT NOT NULL,
    at TEXT NOT NULL,
    window_from TEXT NOT NULL,
    window_to TEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (schedule, at)
  ) WITHOUT ROWID`,

  // A message is kept once, however many deliveries carry it.
  'CREATE TABLE messages (hash TEXT PRIMARY KEY, blocks TEXT NOT NULL) WITHOUT ROWID',
  `CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dedupe_key TEXT NOT NULL UNIQUE,
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    part INTEGER NOT NULL,
    parent TEXT,
    message TEXT NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    fence INTEGER NOT NULL DEFAULT 0,
    lease_until TEXT,
    first_try_at TEXT,
    not_before TEXT NOT NULL,
    created_at TEXT NOT NULL,
    settled_at TEXT,
    ref TEXT,
    error TEXT
  )`,
  'CREATE INDEX deliveries_by_turn ON deliveries (state, platform, workspace, not_before, id)',
  'CREATE INDEX deliveries_by_parent ON deliveries (parent) WHERE parent IS NOT NULL',
  `CREATE TABLE claims (
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL,
    paper INTEGER NOT NULL,
    event TEXT NOT NULL,
    delivery INTEGER NOT NULL,
    PRIMARY KEY (platform, workspace, channel, paper, event)
  ) WITHOUT ROWID`,
  'CREATE INDEX claims_by_paper ON claims (paper)',

  `CREATE TABLE reading_lists (
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL,
    paper INTEGER NOT NULL,
    saved_by TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (platform, workspace, channel, paper)
  ) WITHOUT ROWID`,
  'CREATE INDEX reading_lists_by_paper ON reading_lists (paper)',

  'CREATE TABLE feeds (feed TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID',
] as const

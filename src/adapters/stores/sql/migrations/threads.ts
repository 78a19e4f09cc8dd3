// Threads with things of their own; settings, holds, edits, votes, verdicts and readings.

export const threads = [
  // Threads have things of their own: they are part of what makes a row one of a kind.
  `CREATE TABLE threaded_subscriptions (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
    target_key TEXT NOT NULL,
    target TEXT NOT NULL,
    cadence TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_match_at TEXT,
    UNIQUE (platform, workspace, channel, thread, target_key)
  ) WITHOUT ROWID`,
  `INSERT INTO threaded_subscriptions SELECT id, platform, workspace, channel, '', target_key, target, cadence, owner_id,
    owner_name, created_at, last_match_at FROM subscriptions`,
  'DROP TABLE subscriptions',
  'ALTER TABLE threaded_subscriptions RENAME TO subscriptions',

  "ALTER TABLE matches ADD COLUMN thread TEXT NOT NULL DEFAULT ''",
  // A window counts a match when its paper was seen: for the first time, or with the change that made it match.
  "ALTER TABLE matches ADD COLUMN seen_at TEXT NOT NULL DEFAULT ''",
  `UPDATE matches SET seen_at = coalesce(
    (SELECT first_seen FROM papers WHERE papers.number = matches.paper), matched_at)`,
  'DROP INDEX matches_by_destination',
  'CREATE INDEX matches_by_destination ON matches (platform, workspace, channel, thread, paper)',
  'CREATE INDEX matches_by_time ON matches (platform, workspace, channel, thread, seen_at)',

  `CREATE TABLE threaded_schedules (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
    frequency TEXT NOT NULL,
    day INTEGER NOT NULL,
    time TEXT NOT NULL,
    zone TEXT NOT NULL,
    template TEXT NOT NULL,
    when_empty TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (platform, workspace, channel, thread)
  ) WITHOUT ROWID`,
  `INSERT INTO threaded_schedules SELECT id, platform, workspace, channel, '', frequency, day, time, zone, template, 'skip',
    owner_id, owner_name, created_at FROM schedules`,
  'DROP TABLE schedules',
  'ALTER TABLE threaded_schedules RENAME TO schedules',

  "ALTER TABLE deliveries ADD COLUMN thread TEXT NOT NULL DEFAULT ''",
  'ALTER TABLE deliveries ADD COLUMN template TEXT',
  'CREATE INDEX deliveries_by_place ON deliveries (platform, workspace, channel, state)',
  `CREATE TABLE threaded_claims (
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
    paper INTEGER NOT NULL,
    event TEXT NOT NULL,
    delivery INTEGER NOT NULL,
    PRIMARY KEY (platform, workspace, channel, thread, paper, event)
  ) WITHOUT ROWID`,
  "INSERT INTO threaded_claims SELECT platform, workspace, channel, '', paper, event, delivery FROM claims",
  'DROP TABLE claims',
  'ALTER TABLE threaded_claims RENAME TO claims',
  'CREATE INDEX claims_by_paper ON claims (paper)',
  // A message that is to say something else: the newest blocks count, however often they are set. No revision comes twice.
  `CREATE TABLE edits (
    revision INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery INTEGER NOT NULL UNIQUE,
    message TEXT NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    not_before TEXT NOT NULL
  )`,
  'CREATE INDEX edits_by_turn ON edits (not_before)',

  'ALTER TABLE unmatched ADD COLUMN change TEXT',
  `CREATE TABLE channels (
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (platform, workspace, channel)
  ) WITHOUT ROWID`,
  `CREATE TABLE closed_places (
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (platform, workspace, channel)
  ) WITHOUT ROWID`,
  `CREATE TABLE held (
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
    paper INTEGER NOT NULL,
    why TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (platform, workspace, channel, thread, paper)
  ) WITHOUT ROWID`,
  'CREATE INDEX held_by_paper ON held (paper)',
  `CREATE TABLE verdicts (
    subscription TEXT NOT NULL,
    paper INTEGER NOT NULL,
    is_them INTEGER NOT NULL,
    by_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (subscription, paper)
  ) WITHOUT ROWID`,
  'CREATE INDEX verdicts_by_paper ON verdicts (paper)',
  `CREATE TABLE votes (
    platform TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL,
    paper INTEGER NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (platform, workspace, channel, paper, person)
  ) WITHOUT ROWID`,
  'CREATE INDEX votes_by_paper ON votes (paper)',
  `CREATE TABLE readings (
    feed TEXT NOT NULL,
    batch TEXT NOT NULL,
    at TEXT NOT NULL,
    offered INTEGER NOT NULL,
    added INTEGER NOT NULL,
    merged INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    PRIMARY KEY (feed, batch)
  ) WITHOUT ROWID`,
  'CREATE INDEX readings_by_time ON readings (feed, at)',
] as const

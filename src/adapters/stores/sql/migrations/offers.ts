// What followed feeds offered: each paper once a feed, with what its entry says, so that one with another id is known again.

export const offers = [
  // `news` is empty where nothing is to be told any more, else how: "alert" or "flood".
  `CREATE TABLE offers (
    feed TEXT NOT NULL,
    paper INTEGER NOT NULL,
    content TEXT NOT NULL,
    at TEXT NOT NULL,
    news TEXT NOT NULL,
    PRIMARY KEY (feed, paper)
  ) WITHOUT ROWID`,
  'CREATE INDEX offers_by_content ON offers (feed, content)',
  'CREATE INDEX offers_by_paper ON offers (paper)',
] as const

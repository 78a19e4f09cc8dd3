// Texts under short keys.

export const phrases = [
  'CREATE TABLE phrases (key TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL, used_at TEXT NOT NULL) WITHOUT ROWID',
] as const

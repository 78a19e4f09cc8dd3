// Who installed the bot.

export const installations = [
  `CREATE TABLE installations (
    platform TEXT NOT NULL, workspace TEXT NOT NULL, name TEXT NOT NULL, token TEXT NOT NULL, bot_user TEXT NOT NULL,
    scopes TEXT NOT NULL, installed_by TEXT, installed_at TEXT NOT NULL,
    PRIMARY KEY (platform, workspace)) WITHOUT ROWID`,
] as const

// Texts under short keys.
import sql from 'sql-template-tag'
import type { PhraseStore } from '#core/ports/phrase-store.ts'
import type { Database } from './database.ts'

export function createPhraseStore(database: Database): PhraseStore {
  return {
    async keep(phrases, now) {
      if (phrases.size === 0) return
      await database.atomically(async (inner) => {
        for (const [key, text] of phrases) {
          await inner.run(sql`
            INSERT INTO phrases (key, text, used_at) VALUES (${key}, ${text}, ${now})
            ON CONFLICT (key) DO UPDATE SET used_at = excluded.used_at`)
        }
      })
    },
    async get(key) {
      const [row] = await database.rows<{ text: string }>(sql`SELECT text FROM phrases WHERE key = ${key}`)
      return row?.text
    },
  }
}

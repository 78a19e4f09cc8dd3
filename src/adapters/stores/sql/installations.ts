// What each workspace granted.
import sql from 'sql-template-tag'
import type { Installation, InstallationStore } from '#core/ports/installation-store.ts'
import type { Destination } from '#core/subscription.ts'
import type { Database } from './database.ts'

interface InstallationRow {
  readonly platform: Destination['platform']
  readonly workspace: string
  readonly name: string
  readonly token: string
  readonly bot_user: string
  readonly scopes: string
  readonly installed_by: string | null
  readonly installed_at: string
}

export function createInstallationStore(database: Database): InstallationStore {
  return {
    async put({ platform, workspace, name, token, botUser, scopes, by = null, at }) {
      await database.run(sql`
        INSERT INTO installations (platform, workspace, name, token, bot_user, scopes, installed_by, installed_at)
        VALUES (${platform}, ${workspace}, ${name}, ${token}, ${botUser}, ${JSON.stringify(scopes)}, ${by}, ${at})
        ON CONFLICT (platform, workspace) DO UPDATE SET name = excluded.name, token = excluded.token,
          bot_user = excluded.bot_user, scopes = excluded.scopes, installed_by = excluded.installed_by,
          installed_at = excluded.installed_at`)
    },
    async get({ platform, workspace }) {
      const [row] = await database.rows<InstallationRow>(
        sql`SELECT * FROM installations WHERE platform = ${platform} AND workspace = ${workspace}`,
      )
      return row && toInstallation(row)
    },
    async all(platform) {
      const rows = await database.rows<InstallationRow>(
        sql`SELECT * FROM installations WHERE platform = ${platform} ORDER BY workspace`,
      )
      return rows.map(toInstallation)
    },
    async remove({ platform, workspace, token }) {
      const removed = await database.run(
        sql`DELETE FROM installations WHERE platform = ${platform} AND workspace = ${workspace} AND token = ${token}`,
      )
      return removed > 0
    },
  }
}

function toInstallation(row: InstallationRow): Installation {
  const { platform, workspace, name, token, bot_user: botUser, scopes, installed_by: by, installed_at: at } = row
  return { platform, workspace, name, token, botUser, scopes: JSON.parse(scopes), ...(by !== null && { by }), at }
}

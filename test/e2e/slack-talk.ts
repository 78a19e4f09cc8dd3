// What people do on Slack, and what a channel shows then.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { slackAndBot } from './slack-fake.ts'

export interface Message {
  readonly ts: string
  readonly channel: string
  readonly thread_ts?: string
  readonly metadata?: { readonly event_payload: { readonly key: string } }
}

export function talk(running: ReturnType<typeof slackAndBot>) {
  return {
    /** Types a command; the answer, which includes something. */
    async say(text: string, channel: string, includes: string): Promise<string> {
      const since = (await running.slack.ctl('log', {})).records.at(-1)?.seq ?? 0
      await running.slack.ctl('command', { command: '/papers', text, channel })
      const answered = await running.slack.ctl('wait', { kind: 'response_url', includes, since, timeout_ms: 15_000 })
      expect(answered.ok, `${text}: ${includes}`).toBe(true)
      return JSON.stringify(answered.records)
    },
    /** Papers of today by Ada Byron, unless they say otherwise. */
    async imports(...papers: readonly object[]): Promise<void> {
      const date = Temporal.Now.plainDateISO().toString()
      const lines = papers.map((paper) => JSON.stringify({ authors: ['Ada Byron'], categories: ['cs.LG'], date, ...paper }))
      writeFileSync(join(running.bot.folder, 'new.ndjson'), lines.join('\n'))
      expect((await running.bot.run(['import', 'new.ndjson'])).code).toBe(0)
    },
    /** Those of a channel, or of all, that include something. */
    async messages(channel: string | undefined, includes: string): Promise<Message[]> {
      const all = (await running.slack.ctl('messages', { channel })).messages as Message[]
      return all.filter((message) => JSON.stringify(message).includes(includes))
    },
    /** How many deliveries the ledger holds in each state. */
    async counts(): Promise<Record<string, number>> {
      return JSON.parse((await running.bot.run(['deliveries', '--json'])).stdout).counts
    },
  }
}

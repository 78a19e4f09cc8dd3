// Alerts and digests on Slack while everything goes wrong that can: each fault has channels of its own, so that all wait for the
// same settle time. At the end every message is there once, and nothing waits.
import { expect, test } from 'vitest'
import { type SlackAndBotOptions, slackAndBot } from './slack-fake.ts'
import { talk } from './slack-talk.ts'

/** A fault of the fake's, for one post to a channel. */
const FAULTS = [
  { kind: '429', retry_after: 2 },
  { kind: 'http', status: 429 },
  { kind: 'error', error: 'ratelimited' },
  { kind: '500' },
  { kind: '500', phase: 'after' },
  { kind: '503' },
  { kind: 'reset' },
  { kind: 'reset', phase: 'after' },
  { kind: 'hang' },
  { kind: 'hang', phase: 'after' },
  { kind: 'garbage' },
  { kind: 'garbage', phase: 'after' },
  { kind: 'truncated' },
  { kind: 'truncated', phase: 'after' },
  { kind: 'error', error: 'internal_error' },
  { kind: 'error', error: 'invalid_blocks' },
] as const

/** What a channel may become, and what mends it. */
const CLOSED = [
  { error: 'not_in_channel', becomes: { is_member: false }, mended: { is_member: true } },
  { error: 'is_archived', becomes: { is_archived: true }, mended: { is_archived: false } },
  { error: 'channel_not_found', becomes: { is_private: true, is_member: false }, mended: { is_member: true } },
] as const

/** Milliseconds: longer than a settle time after the last of several passes. */
const LONGEST = 240_000
const ALERTED = 'C0ALERT'
const DIGESTED = 'C0DIGEST'
const places = Array.from({ length: FAULTS.length + CLOSED.length }, (_, at) => at)
const titles = Array.from({ length: 15 }, (_, at) => `Lanterns ${String(at + 1).padStart(2, '0')}`)

export function faults(options: SlackAndBotOptions) {
  const running = slackAndBot({ ...options, flags: ['--enforce-rate', '--promote', 'post_rate,tier_rate'] })
  const conversation = talk(running)
  const { say, imports, messages } = conversation
  const ctl = (command: string, fields: object = {}) => running.slack.ctl(command, fields)
  const within = { timeout: LONGEST - 20_000, interval: 2000 }

  async function arm(prefix: string, fault: (at: number) => object) {
    for (const [at, kind] of FAULTS.entries()) {
      await ctl('fault', { ...kind, method: 'chat.postMessage', channel: `${prefix}${at}`, times: 1, ...fault(at) })
    }
    for (const [at, { becomes }] of CLOSED.entries()) {
      await ctl('channel', { id: `${prefix}${FAULTS.length + at}`, ...becomes })
    }
  }
  async function mend(prefix: string) {
    for (const [at, { error, mended }] of CLOSED.entries()) {
      const id = `${prefix}${FAULTS.length + at}`
      const refused = { method: 'chat.postMessage', channel: id, includes: error, timeout_ms: 90_000 }
      expect((await ctl('wait', refused)).ok, `${prefix}: ${error}`).toBe(true)
      await ctl('channel', { id, ...mended })
      await say('resume', id, 'resume')
    }
  }
  /** How often each place shows a text. */
  async function shown(prefix: string, text: string) {
    return Promise.all(places.map(async (at) => (await messages(`${prefix}${at}`, text)).length))
  }

  test('topics are followed in many channels', async () => {
    for (const at of places) {
      for (const prefix of [ALERTED, DIGESTED])
        await ctl('channel', { id: `${prefix}${at}`, name: `${prefix}${at}`, is_member: true })
      await say('follow topic moths --cadence now --confirm yes', `${ALERTED}${at}`, 'moths')
      await say('follow topic lanterns --cadence digest --confirm yes', `${DIGESTED}${at}`, 'lanterns')
    }
    await imports(...titles.map((title, at) => ({ id: `2611.4${String(at).padStart(4, '0')}`, title })))
  })

  test('alerts go out while their posts fail', async () => {
    await arm(ALERTED, () => ({}))
    await ctl('fault', { kind: '429', retry_after: 3, method: 'conversations.history', times: 1 })
    await ctl('fault', { kind: '429', retry_after: 3, method: 'chat.update', times: 1 })
    await ctl('fault', { kind: '500', phase: 'after', method: 'chat.update', skip: 1, times: 1 })
    await imports({ id: '2611.50001', title: 'On Moths', abstract: 'They circle.' })
    await mend(ALERTED)
    await imports({ id: '2611.50001v2', title: 'On Moths, Revised', abstract: 'They still circle.' })
  })

  test('digests of two parts go out while their posts fail, every other one in the thread', async () => {
    const soon = Temporal.Now.zonedDateTimeISO('UTC').add({ seconds: 75 })
    const time = soon.toPlainTime().toString({ smallestUnit: 'minute' })
    for (const at of places) await say(`digest daily --time ${time} --zone UTC`, `${DIGESTED}${at}`, 'digest')
    await arm(DIGESTED, (at) => ({ skip: at % 2 }))
    await mend(DIGESTED)
  })

  test(
    'each alert arrives once, and is brought up to date',
    async () => {
      await expect.poll(() => shown(ALERTED, 'On Moths'), within).toEqual(places.map(() => 1))
      await expect.poll(() => shown(ALERTED, 'Revised'), within).toEqual(places.map(() => 1))
    },
    LONGEST,
  )

  test(
    'each part of a digest arrives once, the second in the thread of the first',
    async () => {
      await expect.poll(() => shown(DIGESTED, 'Lanterns 15'), within).toEqual(places.map(() => 1))
      await expect.poll(() => shown(DIGESTED, 'Lanterns 01'), within).toEqual(places.map(() => 1))
      for (const title of titles) expect(await shown(DIGESTED, title), title).toEqual(places.map(() => 1))
      for (const at of places) {
        const parts = (await messages(`${DIGESTED}${at}`, 'Lanterns ')).map(({ ts, thread_ts }) => thread_ts ?? ts)
        expect([parts.length, new Set(parts).size], `channel ${at}`).toEqual([2, 1])
      }
    },
    LONGEST,
  )

  test('each message carries the key by which it is found again', async () => {
    const posted = (await messages(undefined, 'paperboy_delivery')).map(({ metadata }) => metadata?.event_payload.key)
    expect(new Set(posted).size).toBe(posted.length)
    expect(posted.length).toBeGreaterThanOrEqual(3 * places.length)
  })

  test(
    'nothing waits any more, nothing came twice, and none of Slack’s rules was broken',
    async () => {
      await expect
        .poll(() => conversation.counts(), within)
        .toMatchObject({ pending: 0, sending: 0, uncertain: 0, dead: 0, cancelled: 0 })
      expect((await ctl('duplicates')).duplicates).toEqual([])
      expect((await ctl('violations')).violations).toEqual([])
      expect((await ctl('faults')).faults.filter(({ fired }: { fired?: number }) => !fired)).toEqual([])
    },
    LONGEST,
  )

  return { running, ...conversation, ctl, within }
}

// Following on Slack, from outside: the proof that a channel can be written to, alerts, edits, a pause, a thread, a channel
// that the bot is put out of; nothing lost, nothing twice, no rule of Slack's broken.
import { describe, expect, test } from 'vitest'
import { hasFakes } from './fake.ts'
import { CHANNEL, slackAndBot } from './slack-fake.ts'
import { talk } from './slack-talk.ts'

const OUTSIDE = 'C0NOTINT0LAB'
const GENERAL = 'C0GENT0LAB'

describe.skipIf(!hasFakes)('following on Slack', () => {
  const running = slackAndBot()

  const { say, imports, messages } = talk(running)

  test('a first follow proves with a post that the channel can be written to', async () => {
    await say('follow topic moths --cadence now --confirm yes', CHANNEL, 'moths')
    const posted = await running.slack.ctl('wait', { method: 'chat.postMessage', channel: CHANNEL, timeout_ms: 15_000 })
    expect(posted.ok).toBe(true)
  })

  test('a follow where the bot is not in says so at once, and how to mend it', async () => {
    const said = await say('follow topic moths --cadence now --confirm yes', OUTSIDE, '/invite')
    expect(said).toContain('moths')
  })

  test('a new paper is one message, and a new version edits it', async () => {
    await imports({ id: '2611.00001', title: 'On Moths', abstract: 'They circle.' })
    await running.slack.ctl('wait', { method: 'chat.postMessage', includes: 'On Moths', timeout_ms: 15_000 })
    await imports({ id: '2611.00001v2', title: 'On Moths, Revised', abstract: 'They still circle.' })
    expect((await running.slack.ctl('wait', { method: 'chat.update', includes: 'Revised', timeout_ms: 15_000 })).ok).toBe(true)
    await running.slack.ctl('idle', { quiet_ms: 2500 })
    expect(await messages(CHANNEL, 'On Moths')).toHaveLength(1)
    expect(await messages(CHANNEL, 'version 2')).toHaveLength(1)
  })

  test('a pause holds alerts, and its end brings them in one message', async () => {
    await say('pause', CHANNEL, 'pause')
    await imports(...Array.from({ length: 8 }, (_, at) => ({ id: `2611.1000${at}`, title: `Moths at rest ${at}` })))
    await running.slack.ctl('idle', { quiet_ms: 3000 })
    expect(await messages(CHANNEL, 'Moths at rest')).toEqual([])
    await say('resume', CHANNEL, 'resume')
    await running.slack.ctl('wait', { method: 'chat.postMessage', includes: 'Moths at rest', timeout_ms: 15_000 })
    await running.slack.ctl('idle', { quiet_ms: 2500 })
    expect(await messages(CHANNEL, 'Moths at rest')).toHaveLength(1)
  })

  test('alerts in a thread hang on one message of the day', async () => {
    await say('follow topic moths --cadence now --confirm yes', GENERAL, 'moths')
    await say('alerts style:thread', GENERAL, 'thread')
    await imports({ id: '2611.20001', title: 'Lamps and moths' }, { id: '2611.20002', title: 'Candles and moths' })
    await running.slack.ctl('wait', { method: 'chat.postMessage', channel: GENERAL, includes: 'Candles', timeout_ms: 15_000 })
    await running.slack.ctl('idle', { quiet_ms: 2500 })
    const [parent] = await messages(GENERAL, 'New papers ·')
    const replies = [...(await messages(GENERAL, 'Lamps and moths')), ...(await messages(GENERAL, 'Candles and moths'))]
    expect(replies.map(({ thread_ts }) => thread_ts)).toEqual([parent?.ts, parent?.ts])
  })

  test('a channel that the bot is put out of is left alone, and brings what it missed once it is back', async () => {
    await running.slack.ctl('fault', {
      kind: 'error',
      error: 'not_in_channel',
      method: 'chat.postMessage',
      channel: CHANNEL,
      times: 1,
    })
    await imports({ id: '2611.30001', title: 'The last of the moths' })
    await running.slack.ctl('wait', {
      method: 'chat.postMessage',
      channel: CHANNEL,
      includes: 'not_in_channel',
      timeout_ms: 5000,
    })
    await running.slack.ctl('idle', { quiet_ms: 3000 })
    expect(await messages(CHANNEL, 'The last of the moths')).toEqual([])
    await say('resume', CHANNEL, 'resume')
    expect(
      (
        await running.slack.ctl('wait', {
          method: 'chat.postMessage',
          ok: true,
          includes: 'The last of the moths',
          timeout_ms: 15_000,
        })
      ).ok,
    ).toBe(true)
    await running.slack.ctl('idle', { quiet_ms: 2500 })
    expect(await messages(CHANNEL, 'The last of the moths')).toHaveLength(1)
  })

  test('what is followed for a person comes to their direct messages, which is proved at once', async () => {
    const said = await say('follow topic candlelight --cadence now --for me --confirm yes', CHANNEL, 'in your direct messages')
    expect(said).toContain('ephemeral')
    const posted = await running.slack.ctl('wait', { method: 'chat.postMessage', includes: 'candlelight', timeout_ms: 15_000 })
    expect(JSON.stringify(posted.records)).toMatch(/"channel":"D/)
  })

  test('nothing was posted twice, and none of Slack’s rules was broken', async () => {
    expect((await running.slack.ctl('duplicates', {})).duplicates ?? []).toEqual([])
    expect((await running.slack.ctl('violations', {})).violations).toEqual([])
  })
})

// Every fault of Slack's over Socket Mode, then what can happen to the process itself and to its token.
import { describe, expect, test } from 'vitest'
import { hasFakes } from './fake.ts'
import { CHANNEL } from './slack-fake.ts'
import { faults } from './slack-faults.ts'

const GENERAL = 'C0GENT0LAB'

describe.skipIf(!hasFakes)('Slack over Socket Mode, while posts fail', () => {
  const { running, say, imports, messages, counts, ctl, within } = faults({ delivery: 'socket', soon: true })

  test('alerts go out while Slack opens no socket, and commands are answered once it does', async () => {
    await ctl('socket', { do: 'refuse' })
    await ctl('socket', { do: 'drop' })
    await imports({ id: '2611.60000', title: 'Moths Unheard' })
    expect((await ctl('wait', { method: 'apps.connections.open', ok: false, timeout_ms: 30_000 })).ok).toBe(true)
    await expect.poll(() => messages('C0ALERT0', 'Moths Unheard'), within).toHaveLength(1)
    const since = (await ctl('log')).records.at(-1).seq
    await ctl('socket', { do: 'allow' })
    expect((await ctl('wait', { kind: 'socket', event: 'open', since, timeout_ms: 60_000 })).ok).toBe(true)
    await say('following', CHANNEL, 'ollow')
  })

  test('where Slack asks for another socket, that one answers', async () => {
    const since = (await ctl('log')).records.at(-1).seq
    await ctl('socket', { do: 'disconnect' })
    expect((await ctl('wait', { kind: 'socket', event: 'open', since, timeout_ms: 30_000 })).ok).toBe(true)
    await say('trending', CHANNEL, 'rend')
  })

  test('what a kill cuts short arrives once, whether or not Slack had taken it', async () => {
    for (const channel of [CHANNEL, GENERAL]) await say('follow topic comets --cadence now --confirm yes', channel, 'comets')
    await ctl('fault', { kind: 'hang', method: 'chat.postMessage', channel: CHANNEL, phase: 'after', times: 1 })
    await ctl('fault', { kind: 'hang', method: 'chat.postMessage', channel: GENERAL, times: 1 })
    const since = (await ctl('log')).records.at(-1).seq
    await imports({ id: '2611.60001', title: 'Of Comets' })
    const hung = { method: 'chat.postMessage', includes: 'Of Comets', since, count: 2, timeout_ms: 15_000 }
    expect((await ctl('wait', hung)).ok).toBe(true)
    await running.bot.restart('SIGKILL')
    await expect.poll(() => counts(), within).toMatchObject({ pending: 0, sending: 0, uncertain: 0, dead: 0 })
    for (const channel of [CHANNEL, GENERAL]) expect(await messages(channel, 'Of Comets')).toHaveLength(1)
  })

  test('once the token is revoked nothing is asked any more, and everything comes once it is taken again', async () => {
    const revoked = { kind: 'error', error: 'token_revoked', method: 'chat.postMessage', times: 100 }
    await ctl('fault', revoked)
    const since = (await ctl('log')).records.at(-1).seq
    await imports({ id: '2611.60002', title: 'Comets Again' })
    await ctl('wait', { method: 'chat.postMessage', includes: 'token_revoked', since, timeout_ms: 15_000 })
    await ctl('idle', { quiet_ms: 5000 })
    const { records } = await ctl('log', { since })
    const posts = records.filter(({ method }: { method?: string }) => method === 'chat.postMessage')
    // One each, for the two were under way side by side.
    expect(posts.length).toBeLessThanOrEqual(2)
    await ctl('clear_faults')
    await running.bot.restart('SIGTERM')
    await expect.poll(() => counts(), within).toMatchObject({ pending: 0, sending: 0, uncertain: 0, dead: 0 })
    for (const channel of [CHANNEL, GENERAL]) expect(await messages(channel, 'Comets Again')).toHaveLength(1)
    expect((await ctl('duplicates')).duplicates).toEqual([])
    expect((await ctl('violations')).violations).toEqual([])
  })
})

// SIGTERM while Slack hangs: the bot is out within ten seconds whatever it waits for, and what it was posting is there once.
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { hasFakes } from './fake.ts'
import { CHANNEL, slackAndBot } from './slack-fake.ts'
import { talk } from './slack-talk.ts'

const within = { timeout: 120_000, interval: 1000 }

describe.skipIf(!hasFakes)('SIGTERM while a post hangs', () => {
  const running = slackAndBot({ soon: true })
  const { say, imports, messages, counts } = talk(running)

  test.each(['before', 'after'])(
    '%s it took effect: out within ten seconds, not ready meanwhile, and posted once',
    async (phase) => {
      const title = `Moths ${phase} dawn`
      await say(`follow topic ${phase} --cadence now --confirm yes`, CHANNEL, phase)
      const { records } = await running.slack.ctl('log', {})
      const fault = { method: 'chat.postMessage', kind: 'hang', times: 1, ...(phase === 'after' && { phase }) }
      await running.slack.ctl('fault', fault)
      await imports({ id: phase === 'after' ? '2611.00001' : '2611.00002', title, abstract: 'About moths.' })
      const asked = { method: 'chat.postMessage', since: records.at(-1)?.seq ?? 0, timeout_ms: 60_000 }
      expect((await running.slack.ctl('wait', asked)).ok).toBe(true)
      const began = performance.now()
      const ended = once(running.bot.process, 'exit')
      const restarted = running.bot.restart('SIGTERM')
      const readiness = () => fetch(`${running.bot.health}/readyz`).then((answer) => answer.text())
      await expect.poll(readiness, { interval: 20 }).toBe('not ready: It is stopping.')
      expect(await ended).toEqual([0, null])
      expect(performance.now() - began).toBeLessThan(10_000)
      await restarted
      await expect.poll(async () => (await messages(CHANNEL, title)).length, within).toBe(1)
      await expect.poll(counts, within).toMatchObject({ pending: 0, sending: 0, uncertain: 0, dead: 0 })
      expect(await messages(CHANNEL, title)).toHaveLength(1)
    },
  )
})

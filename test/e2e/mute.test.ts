import { describe, expect, test } from 'vitest'
import { slackAndBot } from './slack-fake.ts'
describe('mute', () => {
  const running = slackAndBot({ delivery: 'socket' })
  test.each(['mute', 'refuse'])('%s', async (what) => {
    const since = (await running.slack.ctl('log', {})).records.at(-1)?.seq ?? 0
    const t = performance.now()
    await running.slack.ctl('socket', { do: what })
    if (what === 'refuse') { await running.slack.ctl('socket', { do: 'drop' }); await new Promise(r => setTimeout(r, 4000)); await running.slack.ctl('socket', { do: 'allow' }) }
    const r = await running.slack.ctl('wait', { kind: 'socket', event: 'open', since, timeout_ms: 90000 })
    console.log(what, r.ok, (performance.now() - t) / 1000, running.bot.said.filter((x: any) => String(x.msg).includes('socket')).map((x) => JSON.stringify(x).slice(0, 300)))
  }, 120000)
})

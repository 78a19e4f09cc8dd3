import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hider, secretsIn } from '#cli/secrets.ts'

test('what is secret in settings: tokens, keys, and passwords in addresses; nothing else, and nothing that any text may hold', () => {
  const settings = {
    SLACK_SIGNING_SECRET: 'abcdef123456',
    DISCORD_TOKEN: 'short',
    DATABASE_URL: 'postgres://ada:pass%2Fword@db.example/papers',
    HOST: '127.0.0.1',
    HOME_KEY: 'elsewhere',
  }
  expect(secretsIn(settings).sort()).toEqual(['abcdef123456', 'pass%2Fword'])
})

test.each([
  ['refused pass/word and pass%2Fword', 'refused … and …'],
  ['{"said":"a \\"quoted\\" one"}', '{"said":"…"}'],
  ['xoxb-1-2-aB3 and xapp-1-x', '… and …'],
  ['http://ada:hunter2@feeds.example/x', 'http://…@feeds.example/x'],
  ['postgres://ada:hun@ter2@db.example/x', 'postgres://…@db.example/x'],
  ['https://medium.com/@ada', 'https://medium.com/@ada'],
  ['https://x.example/?access_token=hunter2&page=2', 'https://x.example/?access_token=…&page=2'],
  ['https://hooks.slack.com/commands/T1/2/hunter2 failed', 'https://hooks.slack.com/commands/T1/… failed'],
  ['https://hooks.slack.com/app/T1/2/hunter2 failed', 'https://hooks.slack.com/app/T1/… failed'],
  ['/app/src/main.ts', '/app/src/main.ts'],
  ['refused code=hunter2&client_id=1.2', 'refused code=…&client_id=1.2'],
  ['{"code":"source"} with code ECONNREFUSED', '{"code":"source"} with code ECONNREFUSED'],
  ['PATCH /webhooks/100/hunter2/messages/@original', 'PATCH /webhooks/100/…'],
])('%s is written as %s', (text, written) => {
  expect(hider(['pass%2Fword', 'a "quoted" one'])(text)).toBe(written)
})

test('no text holds a secret afterwards, however it stands in it, and none takes long', () => {
  const secret = fc.string({ minLength: 6, maxLength: 40, unit: 'grapheme-ascii' }).filter((text) => !text.includes('…'))
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
      const hide = hider([value])
      expect(hide(before + value + after)).not.toContain(value)
      expect(hide(JSON.stringify({ [before]: `${value} ${after}` }))).not.toContain(JSON.stringify(value).slice(1, -1))
    }),
  )
  const began = performance.now()
  for (const part of ['//a', '?token', '&x-', 'xoxb-', '/webhooks/1', '@//']) hider(['secret'])(part.repeat(20_000))
  expect(performance.now() - began).toBeLessThan(1000)
})

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aBotOnSlack, FORM_TYPE, JSON_TYPE, seconds, signature } from './a-bot.ts'
import { command, events, interactions } from './payloads.ts'

let bot: Awaited<ReturnType<typeof aBotOnSlack>>
beforeAll(async () => {
  bot = await aBotOnSlack()
})
afterAll(() => bot[Symbol.asyncDispose]())

function form(fields: Record<string, string>): string {
  return String(new URLSearchParams(fields))
}

function interaction(payload: object): string {
  return form({ payload: JSON.stringify(payload) })
}

/** Two requests are never the same, or the second were a replay. */
let nth = 0

function aCommand(changed: Record<string, string> = {}) {
  return form({ ...command(bot.answerUrl), trigger_id: `t${nth++}`, ...changed })
}

describe('requests of every kind', () => {
  test('a command is acknowledged, and so is one whose content type says a charset', async () => {
    expect(await bot.send(aCommand(), FORM_TYPE)).toEqual({ status: 200, said: '' })
    expect(await bot.send(aCommand(), `${FORM_TYPE}; charset=utf-8`)).toEqual({ status: 200, said: '' })
  })

  test('events of all types are taken, those of tomorrow too', async () => {
    for (const event of Object.values(events)) {
      const body = JSON.stringify({ ...event, event_id: `Ev${nth++}` })
      expect({ event, ...(await bot.send(body)) }).toEqual({ event, status: 200, said: '' })
    }
  })

  test('what people press, type, choose and send is answered', async () => {
    const { shortcut, message, closed, ...answered } = interactions(bot.answerUrl)
    for (const payload of Object.values(answered)) {
      expect({ payload, ...(await bot.send(interaction({ ...payload, trigger_id: `t${nth++}` }), FORM_TYPE)) }).toMatchObject({
        payload,
        status: 200,
      })
    }
    // Nobody may listen to these yet, and Slack is told so.
    for (const payload of [shortcut, message, closed]) {
      expect([200, 404]).toContain((await bot.send(interaction({ ...payload, trigger_id: `t${nth++}` }), FORM_TYPE)).status)
    }
  })

  test('the address is proven by its challenge, where the request is signed', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c0ffee' })
    expect(await bot.send(body)).toEqual({ status: 200, said: 'c0ffee' })
    expect((await bot.send(body, JSON_TYPE, { 'x-slack-signature': 'v0=' })).status).toBe(401)
  })

  test('Slack may look whether the address answers, by either method, signed or not', async () => {
    expect(await bot.fetch('/slack/events?ssl_check=1&token=gone')).toBe(200)
    expect((await bot.send('token=gone&ssl_check=1', FORM_TYPE, { 'x-slack-signature': '' })).status).toBe(200)
    expect(await bot.fetch('/slack/events')).toBe(404)
  })
})

describe('requests that are not what they seem', () => {
  test('unsigned, stale and future ones are refused', async () => {
    expect((await bot.send('{}', JSON_TYPE, { 'x-slack-signature': '' })).status).toBe(401)
    for (const later of [-301, 301, 600, 315_360_000]) {
      expect((await bot.send('{}', JSON_TYPE, signature('{}', seconds(later)))).status).toBe(401)
    }
    expect((await bot.send('{}', JSON_TYPE, signature('{}', 'Infinity'))).status).toBe(401)
  })

  test('a replay is acknowledged and does nothing', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'once' })
    const signed = signature(body, seconds(-1))
    expect((await bot.send(body, JSON_TYPE, signed)).said).toBe('once')
    expect(await bot.send(body, JSON_TYPE, signed)).toEqual({ status: 200, said: '' })
  })

  test('an event that failed is handled when Slack sends it again at once', async () => {
    await using broken = await aBotOnSlack({ fails: 1 })
    const body = JSON.stringify({ ...events.message, event_id: 'EvFailed' })
    const signed = signature(body, seconds(-1))
    expect((await broken.send(body, JSON_TYPE, signed)).status).toBe(500)
    expect((await broken.send(body, JSON_TYPE, signed)).status).toBe(200)
    expect(broken.looked()).toBe(2)
  })

  test('an event that comes again under its id is acknowledged', async () => {
    const again = { ...events.home, event_id: 'EvAgain' }
    expect((await bot.send(JSON.stringify(again))).status).toBe(200)
    expect((await bot.send(JSON.stringify({ ...again, event_time: 2 }))).status).toBe(200)
  })

  test.each(['null', '[]', '7', '"text"', '', '{', '{}', '{"a":1}', '{"event":null}', '{"event":[]}', '{"event":{}}'])(
    'signed %s is refused',
    async (body) => {
      expect((await bot.send(body)).status).toBe(400)
    },
  )

  test('what lacks its workspace, person, channel or text is refused', async () => {
    for (const field of ['team_id', 'user_id', 'channel_id', 'text', 'response_url']) {
      const { [field]: _, ...left } = command(bot.answerUrl)
      expect({ field, ...(await bot.send(form(left), FORM_TYPE)) }).toMatchObject({ field, status: 400 })
    }
    for (const { user: _, ...left } of Object.values(interactions(bot.answerUrl))) {
      expect((await bot.send(interaction(left), FORM_TYPE)).status).toBe(400)
    }
  })

  test('names that objects have of themselves are no workspaces', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect((await bot.send(aCommand({ team_id: name }), FORM_TYPE)).status).toBe(400)
      expect((await bot.send(JSON.stringify({ ...events.message, team_id: name, authorizations: [] }))).status).toBe(400)
    }
  })

  test('events without what their type tells of, and presses of nothing, are refused', async () => {
    for (const lacking of [
      { type: 'link_shared', links: 'a' },
      { type: 'tokens_revoked' },
      { type: 'app_home_opened', channel: [] },
    ]) {
      expect((await bot.send(JSON.stringify({ ...events.message, event: lacking }))).status).toBe(400)
    }
    const { button } = interactions(bot.answerUrl)
    for (const type of ['overflow', 'toLocaleString', '']) {
      const actions = button.actions.map((action) => ({ ...action, type }))
      expect((await bot.send(interaction({ ...button, actions }), FORM_TYPE)).status).toBe(400)
    }
  })

  test('of two payloads in a form one counts, and kinds that nobody knows are refused', async () => {
    const first = encodeURIComponent(JSON.stringify(interactions(bot.answerUrl).link))
    expect((await bot.send(`payload=${first}&payload=null`, FORM_TYPE)).status).toBe(400)
    expect((await bot.send(`payload=null&payload=${first}`, FORM_TYPE)).status).toBe(200)
    expect((await bot.send(interaction({ type: 'of_tomorrow', user: { id: 'U0ADA' } }), FORM_TYPE)).status).toBe(400)
    expect((await bot.send('<xml/>', 'text/xml')).status).toBe(400)
  })

  test('bytes that are no text are refused', async () => {
    expect((await bot.send(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d))).status).toBe(401)
  })

  test('other methods and paths are not there', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) {
      expect(await bot.fetch('/slack/events', { method })).toBe(404)
    }
    for (const path of ['/', '/slack', '/slack/events/', '/slack/events/../events2', '//slack/events']) {
      expect(await bot.fetch(path, { method: 'POST' })).toBe(404)
    }
  })
})

describe('requests that go on and on', () => {
  test('JSON nested ever deeper is read, and refused', async () => {
    const began = process.threadCpuUsage()
    expect((await bot.send(`${'['.repeat(400_000)}${']'.repeat(400_000)}`)).status).toBe(400)
    const deep = `{"type":"event_callback","team_id":"T0LAB","event":{"type":"message","x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}}`
    expect((await bot.send(deep)).status).toBe(200)
    expect(process.threadCpuUsage(began).user / 1000).toBeLessThan(200)
  })

  test('a body that is longer than Slack’s is not read to its end, and the connection is closed', async () => {
    const said = await bot.raw('POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 5000000\r\n\r\n')
    expect(said).toMatch(/^HTTP\/1\.1 413 /)
    expect(said.toLowerCase()).toContain('connection: close')
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const chunked = await bot.raw(
      'POST /slack/events HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n',
      chunk.repeat(16),
    )
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('what is no HTTP, or says two things at once, ends its connection alone', async () => {
    const head = 'POST /slack/events HTTP/1.1\r\nhost: x\r\n'
    const unfit = [
      'GARBAGE\r\n\r\n',
      '\u0000\u0001\u0002',
      `${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
      `${head}content-length: -1\r\n\r\n`,
      `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
      `${head}x: ${'y'.repeat(100_000)}\r\n\r\n`,
      `${head}transfer-encoding: chunked\r\n\r\nZZZ\r\n`,
    ]
    for (const bytes of unfit) expect(await bot.raw(bytes)).toMatch(/^(?:HTTP\/1\.1 4\d\d |$)/)
    const doubled = await bot.raw(
      `${head}connection: close\r\nx-slack-signature: v0=a\r\nx-slack-signature: v0=b\r\ncontent-length: 2\r\n\r\n{}`,
    )
    expect(doubled).toMatch(/^HTTP\/1\.1 401 /)
    const pipelined = await bot.raw(`${head}content-length: 2\r\n\r\n{}`, 'GARBAGE\r\n\r\n')
    expect(pipelined).toMatch(/HTTP\/1\.1 40[01] /)
    expect((await bot.send(aCommand(), FORM_TYPE)).status).toBe(200)
  })
})

const kinds = ['event', 'interaction', 'command', 'json', 'form'] as const
const strange = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(null, [], {}, [null], '', '__proto__', 0, -1, '\u0000', 'x'.repeat(20_000), { id: null }, '<!channel>'),
)

/** Any text at all, or what Slack sends with a field anywhere in it exchanged or taken out. */
function bodies() {
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      which: fc.nat(),
      at: fc.nat(),
      value: fc.option(strange),
      text: fc.string(),
      json: fc.json(),
    })
    .map(({ kind, which, at, value, text, json }) => {
      const of = (payloads: object) => changedAt(Object.values(payloads)[which % Object.keys(payloads).length], at, value)
      if (kind === 'event') return { body: JSON.stringify(of(events)), type: JSON_TYPE }
      if (kind === 'interaction') return { body: interaction(of(interactions('not an address'))), type: FORM_TYPE }
      if (kind === 'command') return { body: form(changedAt(command('not an address'), at, text)), type: FORM_TYPE }
      return kind === 'json' ? { body: json, type: JSON_TYPE } : { body: text, type: FORM_TYPE }
    })
}

/** A copy with one of its fields, however deep, exchanged for a value, or without it where that is null. */
// biome-ignore lint/suspicious/noExplicitAny: any field of anything
function changedAt(payload: any, at: number, value: unknown): any {
  const copy = structuredClone(payload)
  const places: [object, string][] = []
  const walk = (part: unknown) => {
    if (typeof part !== 'object' || part === null) return
    for (const key of Object.keys(part)) {
      places.push([part, key])
      walk(Reflect.get(part, key))
    }
  }
  walk(copy)
  const [part, key] = places[at % places.length]!
  if (value === null) Reflect.deleteProperty(part, key)
  else Reflect.set(part, key, value)
  return copy
}

test('whatever is signed is answered, with 200, 400 or 404, breaks nothing and holds nobody up', {
  timeout: 120_000,
}, async () => {
  const before = bot.errors.length
  await fc.assert(
    fc.asyncProperty(bodies(), async ({ body, type }) => {
      // The thread's own time, the tester's share included, so that a busy machine accuses nobody.
      const began = process.threadCpuUsage()
      const { status } = await bot.send(body, type)
      const { user, system } = process.threadCpuUsage(began)
      expect([200, 400, 404]).toContain(status)
      expect((user + system) / 1000).toBeLessThan(100)
    }),
    { numRuns: 500 },
  )
  expect(bot.errors.slice(before).map((error) => (error as Error).stack)).toEqual([])
})

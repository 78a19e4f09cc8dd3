import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import fc from 'fast-check'
import { buildConnector } from 'undici'
import { describe, expect, test } from 'vitest'
import { allowedBy, isPublic } from '#adapters/http/address.ts'
import { createHttpClient } from '#adapters/http/client.ts'
import { createGuard, type GuardOptions } from '#adapters/http/guard.ts'
import { SourceError } from '#core/errors.ts'
import { aServer } from './server.ts'

const PUBLIC = '93.184.215.14'
/** What a header can carry; what remains is the same address in other letters. */
const HEADER_SAFE = /^[!-~]+$/
/** Names of which the resolver says that they are this machine. */
const NAMES = [
  'http://localhost/',
  'http://LOCALHOST./',
  'http://127.0.0.1.nip.io/',
  'http://xn--lcalhost-o0a.example/',
  'http://intranet/',
]

/** A guarded client of which no connection leaves: `opened` lists what it would have connected to. */
function aGuardedClient(options: GuardOptions = {}) {
  const opened: string[] = []
  const guard = createGuard({
    resolve: async () => [{ address: PUBLIC, family: 4 }],
    connector: (addresses) => (_, callback) => {
      opened.push(...addresses.map(({ address }) => address))
      callback(new Error('no connection leaves'), null)
    },
    ...options,
  })
  return { http: createHttpClient({ guard }), opened }
}

async function failureOf(answer: Promise<unknown>): Promise<string> {
  const error = await answer.catch((error: unknown) => error)
  expect(error).toBeInstanceOf(SourceError)
  return (error as SourceError).message
}

const resolvesTo = (...addresses: readonly string[]) => ({
  resolve: async (): Promise<LookupAddress[]> => addresses.map((address) => ({ address, family: isIP(address) })),
})

/** Addresses that lie inside of a network, whatever they look like. */
const INSIDE = [
  // Loopback in every notation.
  'http://127.0.0.1/',
  'http://127.1/',
  'http://127.0.1/',
  'http://127.255.255.254/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://0177.0.0.0x1/',
  'http://127.0.0.1./',
  'http://①②⑦.⓪.⓪.①/',
  'http://127。0。0。1/',
  'http://%31%32%37.0.0.1/',
  'http://127.0.0.1:80/',
  'https://127.0.0.1:443/',
  'http:127.0.0.1',
  'http:/127.0.0.1/',
  'http:\\\\127.0.0.1\\',
  'http:///127.0.0.1/',
  'http://127.0.0.1\\@example.org/',
  'http://127.0.0.1#@example.org/',
  'http://127.0.0.1?@example.org/',
  ' http://127.0.0.1/',
  'http://127.\t0.0.1/',
  'ht\ntp://127.0.0.1/',
  'http://127.0.0\u00ad.1/',
  'http://１２７．０．０．１/',
  'http://0x7f。1/',
  'http://0X7F.0X0.0X0.0X1/',
  'http://00000177.0.0.1/',
  'http://127.0.0x0.01/',
  'http://0/',
  'http://0.0.0.0/',
  'http://0.1.2.3/',
  'http://[::]/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::0001]/',
  // IPv4 within IPv6.
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[0:0:0:0:0:ffff:7f00:0001]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[::127.0.0.1]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b::169.254.169.254]/',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2002:a9fe:a9fe::1]/',
  'http://[2001:0:7f00:1::1]/',
  // Private networks.
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://012.0.0.1/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://192.168.1/',
  'http://3232235777/',
  'http://100.64.0.1/',
  'http://100.127.255.255/',
  'http://[fc00::1]/',
  'http://[fd12:3456:789a::1]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  // Clouds.
  'http://169.254.169.254/latest/meta-data/',
  'http://0xa9fea9fe/',
  'http://2852039166/',
  'http://0251.0376.0251.0376/',
  'http://169.254.170.2/',
  'http://100.100.100.200/',
  'http://192.0.0.192/',
  'http://168.63.129.16/',
  'http://0xa83f8110/',
  'http://[::ffff:168.63.129.16]/',
  'http://161.26.0.10/',
  'http://166.9.1.1/',
  'http://[fd00:ec2::254]/',
  'http://[fd20:ce::254]/',
  // Reserved, documentation, multicast, and what is not given out.
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://198.51.100.1/',
  'http://203.0.113.1/',
  'http://192.88.99.1/',
  'http://224.0.0.1/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[ff02::1]/',
  'http://[100::1]/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
  'http://[2001:2::1]/',
  'http://[2001:10::1]/',
  'http://[2001:20::1]/',
  'http://[5f00::1]/',
  'http://[4000::1]/',
  'http://[e000::1]/',
]

describe('an address that people give', () => {
  test.for(INSIDE)('such as %s is refused before any connection', async (url) => {
    const { http, opened } = aGuardedClient()
    expect(await failureOf(http.get(url))).toContain('is not a public address')
    expect(opened).toEqual([])
  })

  test.for([
    ['localhost', ['127.0.0.1']],
    ['localhost.', ['::1', '127.0.0.1']],
    ['LOCALHOST', ['127.0.0.1']],
    ['metadata.google.internal', ['169.254.169.254']],
    ['127.0.0.1.nip.io', ['127.0.0.1']],
    ['mapped.example', ['::ffff:10.0.0.1']],
    ['translated.example', ['64:ff9b::a00:1']],
    ['intranet', ['10.1.2.3']],
    ['xn--lcalhost-o0a.example', ['127.0.0.1']],
    ['ⓛⓞⓒⓐⓛⓗⓞⓢⓣ', ['127.0.0.1']],
    ['metadata.azure.example', ['168.63.129.16']],
    ['zeros.example', ['0.0.0.0']],
    ['sixtofour.example', ['2002:a00:1::']],
    ['both.example', [PUBLIC, '10.1.2.3']],
    ['sixes.example', ['2606:4700::1111', 'fe80::1']],
    ['nothing.example', []],
  ] as const)('such as the name %s is refused for what it resolves to', async ([host, addresses]) => {
    const { http, opened } = aGuardedClient(resolvesTo(...addresses))
    expect(await failureOf(http.get(`http://${host}/`))).toContain('is not a public address')
    expect(opened).toEqual([])
  })

  test.for([
    ['http://example.org:8080/', 'not at 8080'],
    ['http://example.org:22/', 'cannot be reached'],
    ['https://example.org:8443/', 'not at 8443'],
    ['http://93.184.215.14:6379/', 'not at 6379'],
    ['http://user:secret@example.org/', 'carries a name or a password'],
    ['http://user@example.org/', 'carries a name or a password'],
    ['http://example.org@127.0.0.1/', 'carries a name or a password'],
    ['ftp://example.org/', 'no http address'],
    ['file:///etc/passwd', 'no http address'],
    ['gopher://example.org:70/_', 'no http address'],
    ['data:text/xml,<rss/>', 'no http address'],
  ] as const)('such as %s is refused for what it is', async ([url, message]) => {
    const { http, opened } = aGuardedClient()
    expect(await failureOf(http.get(url))).toContain(message)
    expect(opened).toEqual([])
  })

  test.for([
    ['http://example.org/feed', [PUBLIC]],
    ['https://example.org/feed', [PUBLIC]],
    ['https://example.org:443/feed', [PUBLIC]],
    ['http://93.184.215.14/', [PUBLIC]],
    ['http://[2606:4700::1111]/', ['2606:4700::1111']],
  ] as const)('such as %s is connected to', async ([url, addresses]) => {
    const { http, opened } = aGuardedClient()
    expect(await failureOf(http.get(url))).toContain('cannot be reached')
    expect(opened).toEqual(addresses)
  })

  test('is resolved once, and that very address is connected to', async () => {
    const answers = [[{ address: PUBLIC, family: 4 }], [{ address: '127.0.0.1', family: 4 }]]
    let asked = 0
    const { http, opened } = aGuardedClient({ resolve: async () => answers[asked++] ?? [] })
    await failureOf(http.get('http://rebinding.example/'))
    expect({ asked, opened }).toEqual({ asked: 1, opened: [PUBLIC] })
    expect(await failureOf(http.get('http://rebinding.example/'))).toContain('is not a public address')
    expect(opened).toEqual([PUBLIC])
  })

  test('whose name cannot be resolved cannot be reached', async () => {
    const { http } = aGuardedClient({ resolve: () => Promise.reject(new Error('ENOTFOUND')) })
    expect(await failureOf(http.get('http://nowhere.example/'))).toBe('nowhere.example cannot be reached.')
  })
})

describe('a redirect', () => {
  test('of a public page to any address inside is refused, and nothing but the page is ever connected to', async () => {
    let location = ''
    await using server = await aServer((_, response) => response.writeHead(302, { location }).end())
    const opened: string[] = []
    const guard = createGuard({
      resolve: async (host) => [{ address: host === 'public.example' ? PUBLIC : '127.0.0.1', family: 4 }],
      // Whatever is connected to, the page answers.
      connector: (addresses) => (options, callback) => {
        opened.push(...addresses.map(({ address }) => address))
        const { hostname, port } = new URL(server.url)
        buildConnector({})({ ...options, hostname, port }, callback)
      },
    })
    const http = createHttpClient({ guard })
    const through: string[] = []
    const places = [
      ...INSIDE.filter((url) => HEADER_SAFE.test(url)),
      ...NAMES,
      '//127.0.0.1/',
      '//localhost',
      'http://public.example:22/',
    ]
    for (location of places) {
      const answer = await http.get('http://public.example/').catch((error: unknown) => error)
      if (!(answer instanceof SourceError)) through.push(location)
    }
    expect(through).toEqual([])
    expect(new Set(opened)).toEqual(new Set([PUBLIC]))
    expect(places.length).toBeGreaterThanOrEqual(85)
  })

  test('to a public page is looked up again, so that its name cannot turn inside meanwhile', async () => {
    await using server = await aServer((_, response) => response.writeHead(302, { location: '/again' }).end())
    const answers = [PUBLIC, PUBLIC, '10.0.0.1']
    const opened: string[] = []
    const guard = createGuard({
      resolve: async () => [{ address: answers.shift() ?? '127.0.0.1', family: 4 }],
      connector: (addresses) => (options, callback) => {
        opened.push(...addresses.map(({ address }) => address))
        const { hostname, port } = new URL(server.url)
        buildConnector({})({ ...options, hostname, port }, callback)
      },
    })
    expect(await failureOf(createHttpClient({ guard }).get('http://rebinding.example/'))).toContain('is not a public address')
    expect(opened).toEqual([PUBLIC, PUBLIC])
  })

  test.for([
    'http://127.0.0.1:{port}/secret',
    'http://localhost:{port}/secret',
    'http://[::ffff:127.0.0.1]:{port}/secret',
    '//2130706433:{port}/secret',
    'http://169.254.169.254/latest/meta-data/',
    'http://user:secret@allowed.example:{port}/secret',
    'file:///etc/passwd',
  ])('from an allowed host to %s is not followed', async (location) => {
    await using server = await aServer((_, response) => {
      response.writeHead(302, { location: location.replace('{port}', new URL(server.url).port) }).end()
    })
    const guard = createGuard({ allow: ['allowed.example'], resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    const http = createHttpClient({ guard })
    await failureOf(http.get(`http://allowed.example:${new URL(server.url).port}/`))
    expect(server.requests.map(({ url }) => url)).toEqual(['/'])
  })
})

describe('what the operator allows', () => {
  test.for([
    ['127.0.0.1', '127.0.0.1'],
    ['127.0.0.0/8', '127.0.0.1'],
    ['127.0.0.0/8', 'feeds.lab.example'],
    ['feeds.lab.example', 'feeds.lab.example'],
    ['Feeds.Lab.Example.', 'feeds.lab.example'],
    ['feeds.lab.example', 'feeds.lab.example.'],
  ] as const)('%s opens %s, at any port', async ([entry, host]) => {
    await using server = await aServer((request, response) => response.end(`${request.headers.host}`))
    const guard = createGuard({ allow: [entry], resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    const { port } = new URL(server.url)
    const { bytes } = await createHttpClient({ guard }).get(`http://${host}:${port}/`)
    expect(Buffer.from(bytes).toString()).toBe(`${host}:${port}`)
  })

  test.for([
    ['lab.example', 'feeds.lab.example'],
    ['feeds.lab.example', 'feeds.lab.example.evil.example'],
    ['10.0.0.0/8', 'feeds.lab.example'],
    ['127.0.0.2', '127.0.0.1'],
    ['::1', '127.0.0.1'],
  ] as const)('%s does not open %s', async ([entry, host]) => {
    const { http, opened } = aGuardedClient({ allow: [entry], ...resolvesTo('127.0.0.1') })
    expect(await failureOf(http.get(`http://${host}/`))).toContain('is not a public address')
    expect(opened).toEqual([])
  })

  test('is compared as an address, in whatever notation', () => {
    const isAllowed = allowedBy(['10.0.0.0/8', 'fd00::/8', '[2001:db8::1]'])
    expect(isAllowed('a', '10.9.8.7')).toBe(true)
    expect(isAllowed('a', '::ffff:10.9.8.7')).toBe(true)
    expect(isAllowed('a', 'fd12::1')).toBe(true)
    expect(isAllowed('a', '2001:0db8:0::1')).toBe(true)
    expect(isAllowed('a', '11.0.0.1')).toBe(false)
    expect(isAllowed('a', 'nonsense')).toBe(false)
  })
})

test('no IPv4 address is public within IPv6, in whatever way it is wrapped, unless it is public itself', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(isPublic(`::ffff:${address}`)).toBe(isPublic(address))
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
      const words = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
      for (const wrapped of [`::${words}`, `::ffff:0:${words}`, `64:ff9b::${words}`, `2002:${words}::1`, `2001::${words}`]) {
        expect(isPublic(wrapped)).toBe(false)
      }
    }),
  )
})

test('an IPv6 address outside 2000::/3 is never public, and no text ever throws', () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.string(), (address, text) => {
      const url = URL.parse(`http://[${address}]/`)
      const first = Number.parseInt(url?.hostname.slice(1).split(':')[0] || '0', 16)
      if (first < 0x2000 || first > 0x3fff) expect(isPublic(address) && !address.includes('.')).toBe(false)
      expect(typeof isPublic(text)).toBe('boolean')
      expect(typeof allowedBy([text])(text, text)).toBe('boolean')
    }),
  )
})

describe('a client that trusts its addresses', () => {
  test('follows them to another host only where that is public', async () => {
    await using inside = await aServer((_, response) => response.end('a secret'))
    await using source = await aServer((request, response) => {
      const location = request.url === '/here' ? '/there' : request.url === '/in' ? inside.url : undefined
      if (location === undefined) response.end('there')
      else response.writeHead(302, { location }).end()
    })
    const trusting = (allow: readonly string[]) => createHttpClient({ elsewhere: async () => createGuard({ allow }) })
    const http = trusting([])
    expect(Buffer.from((await http.get(`${source.url}/here`)).bytes).toString()).toBe('there')
    expect(await failureOf(http.get(`${source.url}/in`))).toContain('not a public address')
    expect(inside.requests).toEqual([])
    const { bytes } = await trusting(['127.0.0.1']).get(`${source.url}/in`)
    expect(Buffer.from(bytes).toString()).toBe('a secret')
  })
})

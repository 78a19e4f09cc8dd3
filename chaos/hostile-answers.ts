// What servers answer that nobody means well with, each with what has to come of it. One host of the stand-in gives one of them.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'

export interface HostileAnswer {
  readonly name: string
  /** An error in words, papers, or either of them. */
  readonly ends: 'refused' | 'read' | 'either'
  /** Read twice, it has to say the same. */
  readonly isSteady?: boolean
  /** Asked as somebody who looks at a page asks; otherwise as a followed feed is. */
  readonly isLook?: boolean
  answer(request: IncomingMessage, response: ServerResponse): void
}

const MEGABYTE = 1_000_000
/** Far more than is ever read. */
const BOMB = Buffer.alloc(60 * MEGABYTE)
const SOUND = '<item><title>Sound</title><guid>sound</guid></item>'
const LAUGHS = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')

function packed(): Buffer {
  return gzipSync(BOMB, { level: 1 })
}

function rss(...inside: readonly string[]): string {
  return `<rss version="2.0"><channel><title>T</title>${inside.join('')}</channel></rss>`
}

/** Filled up to so many characters. */
function filled(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length))
}

function text(
  name: string,
  ends: HostileAnswer['ends'],
  body: () => string | Uint8Array,
  headers: Record<string, string> = {},
): HostileAnswer {
  return { name, ends, answer: (_, response) => response.writeHead(200, headers).end(body()) }
}

function page(name: string, html: () => string, ends: HostileAnswer['ends'] = 'refused'): HostileAnswer {
  return { ...text(name, ends, html, { 'content-type': 'text/html' }), isLook: true }
}

/** The bytes of the answer as they go over the wire; then nothing more. */
function raw(name: string, ends: HostileAnswer['ends'], bytes: string, isOver = true): HostileAnswer {
  return {
    name,
    ends,
    answer({ socket }) {
      socket.write(bytes, 'latin1')
      if (isOver) socket.end()
    },
  }
}

/** More and more, as fast as it is taken. */
function endless(name: string, start: string, more: string, headers: Record<string, string> = {}): HostileAnswer {
  return {
    name,
    ends: 'refused',
    answer(_, response) {
      const write = () => {
        while (!response.destroyed && response.write(more));
      }
      response.on('drain', write)
      response.writeHead(200, headers).write(start)
      write()
    },
  }
}

/** A letter now and then. */
function slow(name: string, write: (response: ServerResponse, turn: number) => void): HostileAnswer {
  return {
    name,
    ends: 'refused',
    answer(_, response) {
      let turn = 0
      const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : write(response, turn++)), 50)
      response.on('close', () => clearInterval(timer))
    },
  }
}

function redirect(location: string, status = 302): HostileAnswer {
  const head = `HTTP/1.1 ${status} Found\r\nLocation: ${location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`
  return raw(`a redirect (${status}) to ${JSON.stringify(location.slice(0, 60))}`, 'refused', head)
}

function status(code: number, headers: Record<string, string>, ends: HostileAnswer['ends'] = 'refused'): HostileAnswer {
  return {
    name: `status ${code} with ${JSON.stringify(headers).slice(0, 80)}`,
    ends,
    answer: (_, response) => response.writeHead(code, headers).end('<html>Rate exceeded.</html>'),
  }
}

const INSIDE = [
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::ffff:7f00:1]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://168.63.129.16/',
  'http://inside.example/',
  '//inside.example:443/',
  'http://public.hostile.example:22/',
  'http://a:b@public.hostile.example/',
]
const NO_ADDRESSES = [
  'http://[',
  'http://%',
  'http://',
  'http:///',
  '//',
  'file:///etc/passwd',
  'javascript:1',
  'data:,<rss/>',
  `h${'t'.repeat(9000)}p://`,
]
const RETRY_AFTER = [
  '1e308',
  '-1',
  '0',
  '99999999999999999999',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  'soon',
  'NaN',
  ' ',
  '9'.repeat(5000),
]

/** In an order of its own: the place is the number of the host. */
export const hostileAnswers: readonly HostileAnswer[] = [
  // Without end, and slow.
  endless('a body without end', '<rss version="2.0"><channel>', filled(SOUND, 60_000)),
  endless('a page without end', '<!doctype html><html><head>', filled('<link rel="alternate" ', 60_000)),
  endless('zeros without end', '', '\0'.repeat(60_000)),
  slow('a body of a letter now and then', (response) => response.write('<')),
  slow('a header now and then', (response, turn) =>
    response.socket?.write(turn === 0 ? 'HTTP/1.1 200 OK\r\n' : `x-${turn}: y\r\n`),
  ),
  slow('hints now and then', (response) => response.writeProcessing()),
  { name: 'silence', ends: 'refused', answer: () => undefined },
  raw('a head and silence', 'refused', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n', false),
  // What is packed.
  text('a gzip bomb', 'refused', () => packed(), { 'content-encoding': 'gzip' }),
  text('a bomb of brotli', 'refused', () => brotliCompressSync(BOMB, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }), {
    'content-encoding': 'br',
  }),
  text('a bomb of deflate', 'refused', () => deflateSync(BOMB, { level: 1 }), { 'content-encoding': 'deflate' }),
  text('a bomb in a bomb', 'refused', () => gzipSync(packed()), {
    'content-encoding': 'gzip, gzip',
  }),
  text('gzip that breaks off', 'refused', () => gzipSync(rss(SOUND)).subarray(0, 40), { 'content-encoding': 'gzip' }),
  text('gzip that is none', 'refused', () => rss(SOUND), { 'content-encoding': 'gzip' }),
  text('nine times packed', 'refused', () => rss(SOUND), { 'content-encoding': Array(9).fill('gzip').join(', ') }),
  text('an encoding of its own', 'either', () => rss(SOUND), { 'content-encoding': 'x-hostile' }),
  // Redirects.
  {
    name: 'redirects that never end',
    ends: 'refused',
    answer: (request, response) => response.writeHead(302, { location: `${request.url}x` }).end(),
  },
  {
    name: 'a redirect with a body without end',
    ends: 'refused',
    answer(_, response) {
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(60_000)));
      }
      response.on('drain', write)
      response.writeHead(302, { location: '/' })
      write()
    },
  },
  ...[...INSIDE, ...NO_ADDRESSES].map((location) => redirect(location)),
  ...[301, 303, 307, 308].map((code) => redirect('http://127.0.0.1/', code)),
  redirect('http://\xff\xfe/'),
  redirect('http://public.hostile.example/\r\nLocation: http://127.0.0.1/'),
  // Statuses.
  ...RETRY_AFTER.flatMap((after) => [status(429, { 'retry-after': after }), status(503, { 'retry-after': after })]),
  ...[400, 401, 402, 403, 404, 405, 410, 418, 451, 500, 502, 504, 599].map((code) => status(code, { etag: '"bad"' })),
  status(200, {}),
  { name: 'nothing at all', ends: 'refused', answer: (_, response) => response.writeHead(204).end() },
  { name: 'the same, which nobody asked for', ends: 'either', answer: (_, response) => response.writeHead(304).end() },
  // No HTTP.
  raw('no HTTP', 'refused', 'hello'),
  raw('a status that is none', 'refused', 'HTTP/1.1 999999 X\r\n\r\n'),
  raw('TLS', 'refused', '\x16\x03\x01\x00\xa5\x01\x00\x00'),
  raw('chunks of a wrong size', 'refused', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx'),
  raw('negative chunks', 'refused', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nx'),
  raw('a length that is not kept', 'refused', `HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n${rss(SOUND)}`),
  raw('two lengths', 'refused', `HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n<rss/>`),
  raw('a length beyond all numbers', 'refused', `HTTP/1.1 200 OK\r\nContent-Length: ${'9'.repeat(40)}\r\n\r\n<rss/>`),
  raw('headers without end', 'refused', `HTTP/1.1 200 OK\r\n${filled('x-a: b\r\n', MEGABYTE)}`),
  raw('a header without end', 'refused', `HTTP/1.1 200 OK\r\nx-a: ${'b'.repeat(MEGABYTE)}`),
  raw('zeros in a header', 'refused', 'HTTP/1.1 200 OK\r\nx-a: \0\r\n\r\n'),
  raw('another protocol', 'refused', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: hostile\r\nConnection: Upgrade\r\n\r\n'),
  { name: 'a reset', ends: 'refused', answer: ({ socket }) => void socket.resetAndDestroy() },
  // No feed, or half of one.
  text('a page', 'refused', () => '<!doctype html><html><body>Log in</body></html>'),
  text('nothing', 'refused', () => ''),
  text('zeros', 'refused', () => Buffer.alloc(4 * MEGABYTE)),
  text('JSON', 'refused', () => '['.repeat(4 * MEGABYTE)),
  text('a feed that breaks off', 'refused', () => rss(SOUND, SOUND).slice(0, -40)),
  text('a document type that never ends', 'refused', () => `<!DOCTYPE rss [${'<!ENTITY a "'.repeat(300_000)}`),
  text('a comment that never ends', 'refused', () => `<!--${rss(SOUND)}`),
  text('declarations without end', 'refused', () => '<?x?>'.repeat(900_000)),
  // What resolves, grows or nests.
  text(
    'an entity bomb',
    'either',
    () => `<!DOCTYPE r [<!ENTITY l0 "l">${LAUGHS}]>${rss(SOUND, '<item><title>&l9;</title></item>')}`,
  ),
  text('an entity of 10 kB, 100,000 times', 'either', () => {
    return `<!DOCTYPE r [<!ENTITY a "${'a'.repeat(10_000)}">]>${rss(SOUND, `<item><title>${'&a;'.repeat(100_000)}</title></item>`)}`
  }),
  ...['file:///etc/passwd', 'http://inside.example/xxe', 'http://127.0.0.1/xxe'].map((place) =>
    text(
      `an external entity at ${place}`,
      'either',
      () => `<!DOCTYPE r [<!ENTITY x SYSTEM "${place}">]>${rss(SOUND, '<item><title>&x;</title></item>')}`,
    ),
  ),
  text(
    'an external document type',
    'either',
    () => `<!DOCTYPE rss SYSTEM "http://inside.example/dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]>${rss(SOUND)}`,
  ),
  text('an inclusion', 'read', () =>
    rss(SOUND, '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
  ),
  text('a style sheet', 'read', () => `<?xml-stylesheet href="http://127.0.0.1/x.xsl"?>${rss(SOUND)}`),
  text('5 MB of nested tags', 'refused', () => `<rss><channel>${filled('<a>', 4.9 * MEGABYTE)}`),
  text('5 MB of nested entries', 'refused', () => `<rss><channel>${filled('<item>', 4.9 * MEGABYTE)}`),
  text('5 MB of nested tags in a text', 'either', () =>
    rss(SOUND, `<item><title>N</title><description>${filled('&lt;a>', 4.8 * MEGABYTE)}</description></item>`),
  ),
  text('5 MB of tags that only end', 'either', () => rss(SOUND, filled('</a>', 4.8 * MEGABYTE))),
  text('5 MB of brackets', 'either', () => rss(SOUND, `<item><title>N</title>${'<'.repeat(4.8 * MEGABYTE)}</item>`)),
  text('5 MB of ampersands', 'either', () =>
    rss(SOUND, `<item><title>N</title><description>${'&'.repeat(4.8 * MEGABYTE)}</description></item>`),
  ),
  text('an attribute of 5 MB', 'either', () => rss(SOUND, `<item a="${'b'.repeat(4.8 * MEGABYTE)}"><title>N</title></item>`)),
  text('300,000 attributes', 'either', () =>
    rss(SOUND, `<item ${Array.from({ length: 300_000 }, (_, at) => `a${at}=""`).join(' ')}><title>N</title></item>`),
  ),
  text(
    '300,000 name spaces',
    'either',
    () => `<rss ${Array.from({ length: 200_000 }, (_, at) => `xmlns:n${at}="u${at}"`).join(' ')}>${rss(SOUND)}</rss>`,
  ),
  text('names of objects', 'read', () =>
    rss(SOUND, '<item><title>P</title><__proto__><title>x</title></__proto__><constructor>y</constructor><toString/></item>'),
  ),
  // What keeps rss-parser busy.
  text('the snippet expression', 'either', () =>
    rss(SOUND, `<item><title>S</title><description>${filled('x&lt;p ', 201_000)}</description></item>`),
  ),
  text(
    'the snippet expression in Atom',
    'either',
    () =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>S</title><id>s</id><content type="html">${filled('x&lt;h ', 400_000)}</content></entry></feed>`,
  ),
  text('a title of 4 MB', 'either', () => rss(SOUND, `<item><title>${'T'.repeat(4 * MEGABYTE)}</title></item>`)),
  text('a title of tags', 'either', () => rss(SOUND, `<item><title>${filled('&lt;b&gt;', 4 * MEGABYTE)}T</title></item>`)),
  text('an author of 1 MB', 'read', () =>
    rss(SOUND, `<item><title>A</title><author>${filled('A, B and ', MEGABYTE)}</author></item>`),
  ),
  text('100,000 authors', 'either', () =>
    rss(SOUND, `<item><title>A</title>${filled('<dc:creator>A B</dc:creator>', 2.7 * MEGABYTE)}</item>`),
  ),
  text('100,000 dates', 'either', () =>
    rss(SOUND, `<item><title>A</title>${filled('<pubDate>Tue, 99 Xyz 9999</pubDate>', 3 * MEGABYTE)}</item>`),
  ),
  text('a date of 1 MB', 'read', () => rss(SOUND, `<item><title>A</title><pubDate>${'1'.repeat(MEGABYTE)}</pubDate></item>`)),
  text('a link of 1 MB', 'read', () =>
    rss(SOUND, `<item><title>A</title><link>https://a.example/${'a'.repeat(MEGABYTE)}</link></item>`),
  ),
  text('a thousand bases in each other', 'either', () =>
    rss(SOUND, `<item xml:base="//a//b//c/${'../'.repeat(3000)}"><title>A</title><link>a</link></item>`),
  ),
  // What floods, and what changes its ids from one time to the next.
  {
    ...text('ids that change', 'read', () =>
      rss(`<item><title>A</title><description>a</description><guid>${randomUUID()}</guid></item>`),
    ),
    isSteady: true,
  },
  {
    ...text('links that change', 'read', () =>
      rss(`<item><title>A</title><pubDate>2026-09-01</pubDate><link>/?${randomUUID()}</link></item>`),
    ),
    isSteady: true,
  },
  text('100,000 entries', 'either', () => rss(filled(SOUND, 4.9 * MEGABYTE))),
  text('1,000,000 empty entries', 'either', () => rss(filled('<item/>', 4.9 * MEGABYTE))),
  // Wrong letters.
  text('a header of an unknown encoding', 'read', () => rss(SOUND), { 'content-type': 'text/xml; charset=x-hostile' }),
  text('a header of UTF-7', 'read', () => rss(SOUND), { 'content-type': 'text/xml; charset=utf-7' }),
  text('a header of UTF-16', 'read', () => rss(SOUND), { 'content-type': 'text/xml; charset=utf-16' }),
  text('a charset without end', 'read', () => rss(SOUND), { 'content-type': `text/xml; charset=${'x'.repeat(8000)}` }),
  text('UTF-16 that says UTF-8', 'read', () =>
    Buffer.from(`\ufeff<?xml version="1.0" encoding="utf-8"?>${rss(SOUND)}`, 'utf16le'),
  ),
  text('halves of letters', 'either', () => Buffer.from(rss(SOUND, '<item><title>\xf0\x9f\x98</title></item>'), 'latin1')),
  text('every byte there is', 'either', () =>
    Buffer.from(rss(SOUND, `<item><title>${String.fromCharCode(...Array(256).keys())}</title></item>`), 'latin1'),
  ),
  text('4 MB of what is no UTF-8', 'either', () =>
    Buffer.concat([Buffer.from('<rss><channel>'), Buffer.alloc(4 * MEGABYTE, 0xff)]),
  ),
  // Pages, for whoever looks for their feed.
  page(
    'a page whose feed lies inside',
    () => '<html><link rel="alternate" type="application/rss+xml" href="http://127.0.0.1/feed"></html>',
  ),
  page(
    'a page whose feed is a file',
    () => '<html><link rel="alternate" type="application/rss+xml" href="file:///etc/passwd"></html>',
  ),
  page('a page whose feed is itself', () => '<html><link rel="alternate" type="application/rss+xml" href=""></html>'),
  page(
    'a page of feeds',
    () => `<html>${filled('<link rel="alternate" type="application/rss+xml" href="/x">', 4 * MEGABYTE)}</html>`,
  ),
  page('a page of half tags', () => `<html>${filled('<link rel="alternate" type=', 4 * MEGABYTE)}</html>`),
]

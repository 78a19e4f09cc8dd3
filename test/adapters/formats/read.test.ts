import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPapers, UnknownFormat } from '#adapters/formats/read.ts'

const folder = join(import.meta.dirname, 'golden')
const documents = readdirSync(folder).filter((name) => !name.endsWith('.json'))

async function read(chunks: Iterable<Uint8Array>) {
  const batches = await Array.fromAsync(readPapers(chunks))
  return {
    records: batches.flatMap((batch) => batch.records),
    skips: batches.flatMap((batch) => batch.skips),
    envelope: batches.at(-1)?.envelope,
  }
}

const textOf = (text: string) => read([Buffer.from(text)])

function* inChunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const entry = (id: string, title: string) => `<item><title>${title}</title><guid>oai:arXiv.org:${id}v1</guid></item>`
/** As many words as there are numbers. */
const letters = (number: number) => [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
const channel = (items: string) => `<rss version="2.0"><channel><title>t</title>${items}</channel></rss>`

test.for(documents)('reads %s the same however its bytes are cut into pieces', async (name) => {
  const bytes = readFileSync(join(folder, name))
  const whole = await read([bytes])
  for (const size of [1, 7, 1000]) expect(await read(inChunks(bytes, size))).toEqual(whole)
})

test('reads an answer of 5 MB in one piece whole, and lets others have their turn meanwhile', async () => {
  const entries = 40_000
  const bytes = Buffer.from(
    channel(
      Array.from({ length: entries }, (_, at) => `${entry(`2401.${10_000 + at}`, `Paper ${at}`)}\n${' '.repeat(60)}`).join(''),
    ),
  )
  expect(bytes.length).toBeGreaterThan(5_000_000)
  let turns = 0
  let isOver = false
  const turn = () => {
    turns++
    if (!isOver) setImmediate(turn)
  }
  const began = performance.now()
  turn()
  const { records, envelope } = await read([bytes])
  isOver = true
  const took = performance.now() - began
  expect(records).toHaveLength(entries)
  expect(envelope).not.toHaveProperty('cut')
  expect(turns).toBeGreaterThan(took / 50)
})

test('reads a bibliography whose texts grow by each other, and lets them grow no further than an entry may be long', async () => {
  const texts = `@string{a="lol"}\n${'@string{a=a # a}\n'.repeat(100)}`
  const { records } = await textOf(`${texts}@article{a, title={A}, author={B}, abstract=a}`)
  expect(records).toMatchObject([{ title: 'A' }])
  expect(JSON.stringify(records).length).toBeLessThan(600_000)
})

test('reads a long bibliography in one piece in time in proportion', async () => {
  const { records } = await textOf('@article{a, title={A}, author={B}}\n'.repeat(30_000))
  expect(records).toHaveLength(30_000)
})

test.for(documents)('keeps what was whole before %s breaks off, and says that it is cut', async (name) => {
  const bytes = readFileSync(join(folder, name))
  const whole = await read([bytes])
  for (let end = 300; end < bytes.length - 20; end += 97) {
    const { records } = await read([bytes.subarray(0, end)])
    expect(records).toEqual(whole.records.slice(0, records.length))
  }
  if (!name.endsWith('.xml')) return
  const cut = await read([bytes.subarray(0, -200)])
  expect(cut.envelope?.cut).toBe(true)
  expect(cut.skips.at(-1)?.why).toContain('breaks off')
})

test('a paper with the DOI that arXiv gives to another is not that one', async () => {
  const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2401.00001v1</id><title>One</title>
    <doi>10.48550/arXiv.2401.00002</doi></entry></feed>`
  expect((await textOf(feed)).records.map(({ ids }) => ids)).toEqual([['arxiv:2401.00001']])
})

describe('a broken part of a document', () => {
  test('is skipped with its line, and the entries around it are read', async () => {
    const broken = `<item>\n<title>Two</b></title></item>`
    const { records, skips } = await textOf(channel(`${entry('2401.00001', 'One')}\n${broken}\n${entry('2401.00003', 'Three')}`))
    expect(records.map((record) => record.title)).toEqual(['One', 'Three'])
    expect(skips).toEqual([{ line: 2, why: 'Its XML is broken.' }])
  })

  test('does not hide that nothing follows a cut', async () => {
    const { records, skips, envelope } = await textOf(
      channel(entry('2401.00001', 'One') + entry('2401.00002', 'Two')).slice(0, 160),
    )
    expect(records.map((record) => record.title)).toEqual(['One'])
    expect(skips).toHaveLength(1)
    expect(envelope?.cut).toBe(true)
  })

  test.for([
    ['an ampersand', entry('2401.00002', 'Q & A'), 'Q & A'],
    ['a sign of comparison', entry('2401.00002', 'a < b'), 'a < b'],
    ['a tag that closes nothing', entry('2401.00002', 'Two</b>'), undefined],
    ['a tag that is misspelt', entry('2401.00002', 'Two').replace('</title>', '</titel>'), undefined],
    ['an unknown entity', entry('2401.00002', '&unknown;'), undefined],
  ] as const)('that is %s costs no other entry', async ([, broken, title]) => {
    const { records, envelope } = await textOf(channel(entry('2401.00001', 'One') + broken + entry('2401.00003', 'Three')))
    expect(records.map((record) => record.title)).toEqual(['One', ...(title === undefined ? [] : [title]), 'Three'])
    expect(envelope?.cut).toBeUndefined()
  })

  test('gives control characters no meaning', async () => {
    const { records } = await textOf(channel(entry('2401.00001', 'A\u000bB\u0001C')))
    expect(records[0]?.title).toBe('A B C')
  })

  test('in NDJSON is one line', async () => {
    const { records, skips } = await textOf('{"title":"One"}\n{"title":\n{"title":"Three"}\n')
    expect(records.map((record) => record.title)).toEqual(['One', 'Three'])
    expect(skips).toEqual([{ line: 2, why: 'The line is not one JSON object.' }])
  })

  test('in NDJSON at the end is a cut', async () => {
    const { records, envelope } = await textOf('{"title":"One"}\n{"title":"Tw')
    expect(records).toHaveLength(1)
    expect(envelope?.cut).toBe(true)
  })
})

describe('hostile XML', () => {
  test('cannot make an entity grow', async () => {
    const levels = Array.from({ length: 20 }, (_, at) => `<!ENTITY l${at + 1} "&l${at};&l${at};&l${at};">`).join('')
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">${levels}]>${channel(entry('2401.00001', '&l20;') + entry('2401.00002', 'After it'))}`
    const { records } = await textOf(bomb)
    expect(records.map((record) => record.title)).toEqual(['After it'])
  })

  test('cannot read a file', async () => {
    const external = `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>${channel(entry('2401.00001', '&x;'))}`
    expect((await textOf(external)).records).toEqual([])
  })

  test('has no letters by the names that all objects have', async () => {
    const { records } = await textOf(channel(entry('2401.00001', '&amp;toString; and &amp;valueOf;')))
    expect(records[0]?.title).toBe('&toString; and &valueOf;')
  })

  test.for([
    ['elements', '<a/>'],
    ['attributes', `<a ${Array.from({ length: 100 }, (_, at) => `a${at}=""`).join(' ')}/>`],
    ['long attributes', `<a b="${'x'.repeat(1000)}"/>`],
  ] as const)('of more %s than a paper has is given up', async ([, more]) => {
    const many = more.repeat(Math.ceil(1_000_000 / more.length))
    const { records, envelope } = await textOf(channel(entry('2401.00001', 'One') + entry('2401.00002', `Two${many}`)))
    expect(records.map(({ title }) => title)).toEqual(['One'])
    expect(envelope?.cut).toBe(true)
  })

  test.for([
    ['tags of HTML that nothing ends', `<description>${'&lt;p '.repeat(80_000)}</description>`],
    ['categories', Array.from({ length: 15_000 }, (_, at) => `<category>cs.${letters(at)}</category>`).join('')],
  ] as const)('of very many %s is read in time in proportion', async ([, more]) => {
    const began = performance.now()
    await textOf(channel(`<item><guid>oai:arXiv.org:2401.00001v1</guid><title>One</title>${more}</item>`))
    expect(performance.now() - began).toBeLessThan(500)
  })

  test('nested without end is cut off', async () => {
    const { records, envelope } = await textOf(channel(entry('2401.00001', 'One') + '<item>'.repeat(100_000)))
    expect(records).toHaveLength(1)
    expect(envelope?.cut).toBe(true)
  })

  test.for([
    ['one text', '<rss><channel><item><title>', 'x'.repeat(100_000)],
    ['one closing tag', '<rss><channel></ti<', 'x'.repeat(100_000)],
    ['one attribute', '<rss><channel><item a="', 'x'.repeat(100_000)],
    ['one line of JSON', '{"title":"', 'x'.repeat(100_000)],
    ['one entry of BibTeX', '@article{x, title={', 'x'.repeat(100_000)],
  ] as const)('of %s without end is given up, and its memory with it', async ([, start, more]) => {
    function* endless() {
      yield Buffer.from(start)
      for (let at = 0; at < 120; at++) yield Buffer.from(more)
    }
    const { records, skips } = await read(endless())
    expect(records).toEqual([])
    expect(skips.length).toBeGreaterThan(0)
  })
})

describe('what is no list of papers', () => {
  test.for([
    ['nothing', '', 'is empty'],
    ['blanks', ' \n\t ', 'is empty'],
    ['a web page', '<!DOCTYPE html>\n<html><body>Rate exceeded.</body></html>', 'is a web page, not a feed'],
    ['a web page in XHTML', '<?xml version="1.0"?><html xmlns="x"></html>', 'is a web page, not a feed'],
    ['other XML', '<?xml version="1.0"?><!-- c --><svg></svg>', 'is XML of a kind Paperboy does not know, <svg>'],
    ['a JSON array', '[{"title":"x"}]', 'is JSON, but not one object a line'],
    ['JSON over several lines', '{\n  "title": "x"\n}', 'is JSON, but not one object a line'],
    ['plain text', 'Rate exceeded.', 'is in no format Paperboy knows'],
    ['bytes', '\u0000\u0001\u0002ELF', 'is not a text file'],
  ] as const)('%s is refused in words', async ([, text, what]) => {
    await expect(textOf(text)).rejects.toThrow(new UnknownFormat(what))
  })

  test('never leads to another error than that', async () => {
    const openings = fc.constantFrom('', '<rss><channel>', '<feed>', '<OAI-PMH>', '<rdf:RDF>', '{"', '@article{')
    const pieces = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          '<item>',
          '</item>',
          '<entry>',
          '<record>',
          '<title>',
          '</title>',
          '&#0;',
          '&x;',
          '<![CDATA[',
          ']]>',
          '\n',
        ),
        fc.constantFrom('@', '{', '}', '"', '#', ' and ', '\\', '$', '(', ')', '</', '<!--', '<?', '%'),
      ),
      { maxLength: 40 },
    )
    await fc.assert(
      fc.asyncProperty(openings, pieces, async (opening, rest) => {
        await textOf(opening + rest.join('')).catch((error: unknown) => {
          expect(error).toBeInstanceOf(UnknownFormat)
        })
      }),
      { numRuns: 1000 },
    )
  })
})

test('is read to its cut where the bytes themselves break off', async () => {
  async function* failing() {
    yield Buffer.from(channel(entry('2401.00001', 'One') + entry('2401.00002', 'Two')).slice(0, 160))
    throw new Error('disk')
  }
  const titles: string[] = []
  await expect(async () => {
    for await (const { records } of readPapers(failing())) titles.push(...records.map((record) => record.title))
  }).rejects.toThrow('disk')
  expect(titles).toEqual(['One'])
})

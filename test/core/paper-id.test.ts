import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arxivId, compareIds, displayId, idUrl, type PaperId, parsePaperId, sourceId, titleId } from '#core/paper-id.ts'

describe('parsePaperId', () => {
  test.each([
    '2303.13506',
    'arXiv:2303.13506',
    'arxiv: 2303.13506',
    '10.48550/arXiv.2303.13506',
    'doi:10.48550/arxiv.2303.13506',
    'https://doi.org/10.48550/arXiv.2303.13506',
    'oai:arXiv.org:2303.13506',
    'https://arxiv.org/abs/2303.13506',
    'http://www.arxiv.org/pdf/2303.13506.pdf',
    'https://arxiv.org/pdf/2303.13506',
    'https://arxiv.org/html/2303.13506',
    'arxiv.org/abs/2303.13506',
    'https://arxiv.org/abs/2303.13506?context=cs.LG#top',
    'https://huggingface.co/papers/2303.13506',
    '<https://arxiv.org/abs/2303.13506>',
    '(arXiv:2303.13506),',
    '“2303.13506”.',
    ' [2303.13506] ',
  ])('reads %s', (text) => {
    expect(parsePaperId(text)).toEqual({ id: 'arxiv:2303.13506' })
  })

  test.each(['2303.13506v3', 'arXiv:2303.13506v3', 'oai:arXiv.org:2303.13506v3', 'https://arxiv.org/pdf/2303.13506v3.pdf'])(
    'keeps the version of %s apart',
    (text) => {
      expect(parsePaperId(text)).toEqual({ id: 'arxiv:2303.13506', version: 3 })
    },
  )

  test.each([
    'hep-th/9901001',
    'arXiv:hep-th/9901001',
    'https://arxiv.org/abs/hep-th/9901001',
    'oai:arXiv.org:hep-th/9901001',
    'HEP-TH/9901001',
  ])('reads the old notation %s', (text) => {
    expect(parsePaperId(text)).toEqual({ id: 'arxiv:hep-th/9901001' })
  })

  test('drops the subject class of old ids', () => {
    expect(parsePaperId('math.GT/0309136v2')).toEqual({ id: 'arxiv:math/0309136', version: 2 })
  })

  test.each([
    ['10.3390/E22121429', 'doi:10.3390/e22121429'],
    ['https://dx.doi.org/10.3390/e22121429', 'doi:10.3390/e22121429'],
    ['DOI: 10.3390/e22121429.', 'doi:10.3390/e22121429'],
    ['https://www.biorxiv.org/content/10.1101/2023.01.02.522458v2.full.pdf', 'doi:10.1101/2023.01.02.522458'],
    ['https://openalex.org/W4360836968', 'openalex:W4360836968'],
    ['W4360836968', 'openalex:W4360836968'],
    ['https://openreview.net/forum?id=9XFSbDPmdW', 'source:feed:https://openreview.net/forum?id=9XFSbDPmdW'],
    ['https://openreview.net/pdf?id=9XFSbDPmdW', 'source:feed:https://openreview.net/forum?id=9XFSbDPmdW'],
    ['openreview.net/forum?noteId=a&id=9XFSbDPmdW#discussion', 'source:feed:https://openreview.net/forum?id=9XFSbDPmdW'],
    ['s2:0123456789abcdef0123456789ABCDEF01234567', 's2:0123456789abcdef0123456789abcdef01234567'],
  ])('reads %s as %s', (text, id) => {
    expect(parsePaperId(text)?.id).toBe(id)
  })

  test.each([
    '',
    'grokking',
    '2399.13506',
    '2303.1350',
    '0703.1234',
    '12.5',
    '10.1/x',
    'hep-th/9913001',
    'nothing/9901001',
    'https://arxiv.org/list/cs.LG/new',
    'https://openreview.net/group?id=ICLR.cc/2025/Conference',
    'https://openreview.net/forum?noteid=9XFSbDPmdW',
    '()',
    '<>',
  ])('takes “%s” for no id', (text) => {
    expect(parsePaperId(text)).toBeUndefined()
  })

  test('never throws, and is quick on long texts', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parsePaperId(text)))
    expect(parsePaperId('('.repeat(1_000_000))).toBeUndefined()
  })
})

describe('any id', () => {
  const month = fc.tuple(fc.integer({ min: 15, max: 40 }), fc.integer({ min: 1, max: 12 }))
  const pad = (number: number, width: number) => String(number).padStart(width, '0')
  const arxiv = fc
    .tuple(month, fc.integer({ min: 1, max: 99999 }))
    .map(([[year, at], serial]) => `${year}${pad(at, 2)}.${pad(serial, 5)}`)
  const doi = fc.stringMatching(/^10\.\d{4,6}\/[a-z0-9]{1,12}$/)
  const id = fc.oneof(arxiv, doi)

  test('survives every notation it is shown in', () => {
    fc.assert(
      fc.property(id, (text) => {
        const parsed = parsePaperId(text)?.id
        expect(parsed).toBeDefined()
        expect(parsePaperId(parsed!)?.id).toBe(parsed)
        expect(parsePaperId(displayId(parsed!))?.id).toBe(parsed)
        expect(parsePaperId(idUrl(parsed!)!)?.id).toBe(parsed)
      }),
    )
  })

  test('keeps a version through every notation of arXiv', () => {
    const notation = fc.constantFrom(
      (text: string) => text,
      (text: string) => `arXiv:${text}`,
      (text: string) => `oai:arXiv.org:${text}`,
      (text: string) => `https://arxiv.org/abs/${text}`,
      (text: string) => `(https://arxiv.org/pdf/${text}.pdf).`,
      (text: string) => `10.48550/arXiv.${text}`,
    )
    fc.assert(
      fc.property(arxiv, fc.integer({ min: 1, max: 99 }), notation, (text, version, write) => {
        expect(parsePaperId(write(`${text}v${version}`))).toEqual({ id: `arxiv:${text}`, version })
      }),
    )
  })
})

test('arxivId takes what arXiv would not give but sources carry', () => {
  expect(arxivId('oai:arXiv.org:0811.36489')?.id).toBe('arxiv:0811.36489')
  expect(arxivId('10.3390/e22121429')).toBeUndefined()
})

test('titleId is the same for one paper however it is typed, and no other', () => {
  const id = titleId('On “Quanta”, Again', 'Eric J. Michaud', 2023)
  expect(id).toMatch(/^title:[0-9a-f]{16}$/)
  expect(titleId('on quanta again', 'Michaud, Eric', 2023)).toBe(id)
  expect(titleId('on quanta again', 'Michaud, Eric', 2024)).not.toBe(id)
})

test('ids order by kind, then by text', () => {
  const ids = [
    'title:0123456789abcdef',
    sourceId('feed', 'x'),
    'doi:10.1234/x',
    'arxiv:2303.13506',
    'arxiv:2205.10343',
  ] as PaperId[]
  expect(ids.sort(compareIds).map(displayId)).toEqual(['2205.10343', '2303.13506', '10.1234/x', 'x', '0123456789abcdef'])
})

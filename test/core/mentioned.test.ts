import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idsIn } from '#core/mentioned.ts'
import { displayId, idUrl } from '#core/paper-id.ts'

describe('a text names', () => {
  test.each([
    ['Have you seen 2303.13506?', ['arxiv:2303.13506']],
    ['*2303.13506*, _2210.01117v2_ and (arXiv:2205.10343).', ['arxiv:2303.13506', 'arxiv:2210.01117', 'arxiv:2205.10343']],
    ['2303.13506,2210.01117;2205.10343', ['arxiv:2303.13506', 'arxiv:2210.01117', 'arxiv:2205.10343']],
    ['arXiv: 2303.13506 [cs.LG]', ['arxiv:2303.13506']],
    ['as in hep-th/9901001', ['arxiv:hep-th/9901001']],
    ['<https://arxiv.org/abs/2303.13506|The Quantization Model>', ['arxiv:2303.13506']],
    ['[The Quantization Model](https://arxiv.org/pdf/2303.13506v2)!', ['arxiv:2303.13506']],
    ['https://arxiv.org/abs/2303.13506,https://huggingface.co/papers/2210.01117', ['arxiv:2303.13506', 'arxiv:2210.01117']],
    ['source:https://www.alphaxiv.org/abs/2303.13506', ['arxiv:2303.13506']],
    ['doi:10.3390/e22121429, or https://doi.org/10.3390/E22121429', ['doi:10.3390/e22121429']],
    ['“https://www.biorxiv.org/content/10.1101/2020.01.30.927871v1”', ['doi:10.1101/2020.01.30.927871']],
    ['https://openreview.net/forum?id=9XFSbDPmdW', ['source:feed:https://openreview.net/forum?id=9XFSbDPmdW']],
    ['openalex:W4360836968 https://openalex.org/W2741809807', ['openalex:W4360836968', 'openalex:W2741809807']],
    ['2303.13506 https://arxiv.org/abs/2303.13506v3', ['arxiv:2303.13506']],
  ])('%s', (text, ids) => expect(idsIn(text)).toEqual(ids))

  test.each([
    'on 2023.03.15 at 12.30',
    'version 1.2303.13506 of 2303.13506-rc1',
    'it costs $1203.4567',
    'commit 0123456789abcdef0123456789abcdef01234567',
    'part W4360836968',
    'title:0123456789abcdef source:feed:x',
    'https://example.org/2303.13506',
    '10.5/3 of them',
    'nothing at all',
    '',
  ])('no paper: %s', (text) => expect(idsIn(text)).toEqual([]))
})

const id = fc
  .tuple(fc.integer({ min: 15, max: 40 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 99999 }))
  .map(([year, month, serial]) => `${year}${String(month).padStart(2, '0')}.${String(serial).padStart(5, '0')}`)
const written = fc.constantFrom(
  (text: string) => text,
  (text: string) => `(${text}),`,
  (text: string) => `arXiv:${text}v2.`,
  (text: string) => `*${text}*`,
  (text: string) => `<https://arxiv.org/abs/${text}|${text}>`,
  (text: string) => `https://arxiv.org/pdf/${text}.pdf?`,
  (text: string) => `“${text}”…`,
)

test('whatever is written around them, ids come once each, in the order of the text', () => {
  const words = fc.constantFrom('and', 'see', '—', '…', '&', 'cs.LG', '3.14', '"', '(')
  fc.assert(
    fc.property(fc.array(fc.tuple(id, written, words), { maxLength: 20 }), (all) => {
      const text = all.map(([name, write, word]) => `${word} ${write(name)}`).join(' ')
      expect(idsIn(text).map(displayId)).toEqual([...new Set(all.map(([name]) => name))])
    }),
  )
})

test('what is found is found again, by its id and by its page', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(id, fc.string())), (all) => {
      const ids = idsIn(all.join(' '))
      expect(idsIn(ids.join(' '))).toEqual(ids.filter((found) => !found.startsWith('source:')))
      expect(idsIn(ids.map((found) => idUrl(found)).join(' '))).toEqual(ids)
    }),
  )
})

test('no text is too much: at most 50 papers, quickly', () => {
  const many = Array.from({ length: 500 }, (_, at) => `2303.${String(10_000 + at)}`).join(' ')
  expect(idsIn(many)).toHaveLength(50)
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void idsIn(text)))
  for (const piece of ['(', ')', '*', ',', 'https://', 'a.', '10.1234/', '<', '2303.13506,', '-'])
    expect(idsIn(piece.repeat(200_000)).length).toBeLessThan(51)
})

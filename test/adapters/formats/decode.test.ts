import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDecoder, decodeText } from '#adapters/formats/decode.ts'

test('takes a byte order mark at its word', () => {
  expect(decodeText(Buffer.from('\ufeffé', 'utf16le'))).toBe('é')
  expect(decodeText(Buffer.from('\ufeff<é>', 'utf16le').swap16())).toBe('<é>')
  expect(decodeText(Buffer.from([0xef, 0xbb, 0xbf, 0xc3, 0xa9]))).toBe('é')
})

test('keeps to a byte order mark where letters after it are broken', () => {
  const utf8 = Buffer.concat([Buffer.from('\ufeffé'), Buffer.from([0xff]), Buffer.from('à')])
  expect(decodeText(utf8, 'iso-8859-1')).toBe('é\ufffdà')
  expect(decodeText(Buffer.from('\ufeffé\ud800à', 'utf16le'))).toBe('é\ufffdà')
})

test('knows ISO-2022-JP, which is valid UTF-8 to look at, by its escapes and its name', () => {
  const text = '\x1b$B%F%9%H\x1b(B'
  expect(decodeText(Buffer.from(text), 'iso-2022-jp')).toBe('テスト')
  expect(decodeText(Buffer.from(`<?xml version="1.0" encoding="ISO-2022-JP"?><r>${text}</r>`))).toContain('<r>テスト</r>')
  expect(decodeText(Buffer.from('<é/>'), 'iso-2022-jp')).toBe('<é/>')
})

test('knows UTF-16 without a mark by its first bracket', () => {
  expect(decodeText(Buffer.from('<r>é</r>', 'utf16le'))).toBe('<r>é</r>')
})

test('believes valid UTF-8 more than a declaration', () => {
  expect(decodeText(Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><é/>'))).toContain('<é/>')
})

test('follows the declaration where the bytes are not UTF-8', () => {
  expect(decodeText(Buffer.from('<?xml version="1.0" encoding="iso-8859-2"?><\xb3/>', 'latin1'))).toContain('<ł/>')
})

test('believes the header of the answer more than the declaration, and valid UTF-8 more than both', () => {
  const text = '<?xml version="1.0" encoding="iso-8859-1"?><\xb3/>'
  expect(decodeText(Buffer.from(text, 'latin1'), 'ISO-8859-2')).toContain('<ł/>')
  expect(decodeText(Buffer.from(text, 'latin1'), 'nonsense')).toContain('<³/>')
  expect(decodeText(Buffer.from('<é/>'), 'iso-8859-2')).toBe('<é/>')
})

test('reads undeclared bytes as Windows-1252', () => {
  expect(decodeText(Buffer.from('Adser\xe0 \x93x\x94', 'latin1'))).toBe('Adserà “x”')
})

test('keeps the other letters where a single one is broken', () => {
  expect(decodeText(Buffer.concat([Buffer.from('éàü'), Buffer.from([0xff])]))).toBe('éàü\ufffd')
})

test('gives the same text in any pieces', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 5 }), (text, size) => {
      const bytes = Buffer.from(text.toWellFormed().replaceAll('\ufeff', ''))
      const decoder = createDecoder()
      let read = ''
      for (let at = 0; at < bytes.length; at += size) read += decoder.write(bytes.subarray(at, at + size))
      expect(read + decoder.end()).toBe(decodeText(bytes))
    }),
  )
})

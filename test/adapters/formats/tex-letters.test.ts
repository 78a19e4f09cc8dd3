import fc from 'fast-check'
import { expect, test } from 'vitest'
import { texLetters } from '#adapters/formats/tex-letters.ts'

test.for([
  ["Valk\\'o", 'Valkó'],
  ['{\\"O}nnud{\\\'o}ttir', 'Önnudóttir'],
  ["\\'{\\i}", 'í'],
  ['\\v{S}\\c c\\H{o}', 'Šçő'],
  ['{\\ae}{\\dh}i {\\th}\\o re', 'æði þøre'],
  ['{DNA} and {The {GPU}}', 'DNA and The GPU'],
  ['Alice~B. \\& co', 'Alice B. & co'],
  ['\\emph{This} stays, $\\Sigma^{0}$ and $x_{1}$ too', '\\emph{This} stays, $\\Sigma^{0}$ and $x_{1}$ too'],
  ['nothing to do', 'nothing to do'],
])('turns %s into %s', ([tex, text]) => {
  expect(texLetters(tex ?? '')).toBe(text)
})

test('never throws, and leaves mathematics alone', () => {
  fc.assert(
    fc.property(fc.string(), fc.stringMatching(/^[a-z\\{}^_ ]{0,20}$/), (text, math) => {
      const plain = text.replaceAll('$', '').replaceAll('\\', '')
      expect(texLetters(`${plain} $${math}$`)).toContain(`$${math}$`)
    }),
  )
})

import { expect, test } from 'vitest'
import { authorKey } from '#core/author-name.ts'
import { isCommonName } from '#core/common-name.ts'

test.each(['Jun Li', 'Wei Zhang', 'Li, Jun', 'David Smith', 'Minh Nguyen', 'E. Michaud', 'E. J. Michaud', 'Plato', '王伟', ''])(
  'several people may be called %s',
  (name) => expect(isCommonName(name)).toBe(true),
)

test.each([
  'Eric J. Michaud',
  'Max Tegmark',
  'J. Robert Oppenheimer',
  'Percy Liang',
  'Yejin Choi',
  'David A. Smith',
  'ATLAS Collaboration',
])('%s is probably one', (name) => expect(isCommonName(name)).toBe(false))

test.each(['Jun Li', 'Eric J. Michaud', 'Luc Van Gool'])('the key of %s is as common as the name', (name) =>
  expect(isCommonName(authorKey(name))).toBe(isCommonName(name)),
)

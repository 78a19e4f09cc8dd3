import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { inWords, withoutSecrets } from '#cli/doctor-words.ts'
import { secretsIn } from '#cli/secrets.ts'
import type { Check } from '#core/ports/platform.ts'

const FINE: Check = { about: 'disk', state: 'fine', found: 'There is room.' }
const WARNING: Check = { about: 'arXiv', state: 'warning', found: 'It does not answer.', mend: 'Try again.' }
const WRONG: Check = { about: 'store', state: 'wrong', found: 'It is damaged.', mend: 'Put a backup in its place.' }

function written(checks: readonly Check[], isTTY: boolean): string {
  const stream = Object.assign(new PassThrough(), { isTTY, hasColors: () => false, getColorDepth: () => 1 })
  return inWords(checks, stream as unknown as NodeJS.WriteStream)
}

test('in a pipe the states are words, and what mends stands below what it mends', () => {
  expect(written([FINE, WARNING, WRONG], false)).toBe(
    [
      'fine     disk: There is room.',
      'warning  arXiv: It does not answer.',
      '         Try again.',
      'wrong    store: It is damaged.',
      '         Put a backup in its place.',
      '',
      '1 thing has to be mended, and 1 warning is worth a look. Then run paperboy doctor again.',
    ].join('\n'),
  )
})

test('where somebody looks they are marks', () => {
  expect(written([FINE, WARNING, WRONG], true).split('\n').slice(0, 5)).toEqual([
    '✓ disk: There is room.',
    '! arXiv: It does not answer.',
    '  Try again.',
    '✗ store: It is damaged.',
    '  Put a backup in its place.',
  ])
})

test.each([
  [[FINE], 'Everything is in order.'],
  [[FINE, WARNING, WARNING], 'Paperboy works; 2 warnings are worth a look.'],
  [[WRONG, WRONG], '2 things have to be mended. Then run paperboy doctor again.'],
])('ends with a sentence', (checks, sentence) => {
  expect(written(checks, false).split('\n').at(-1)).toBe(sentence)
})

test('secrets are taken out wherever they stand, also those that only look like one, and what a screen would obey', () => {
  const secrets = secretsIn(
    { SLACK_SIGNING_SECRET: 'abcdef123456', HOST: '127.0.0.1', HOME_KEY: 'elsewhere' },
    { SLACK_APP_TOKEN: 'short' },
  )
  expect(secrets).toEqual(['abcdef123456'])
  const found = 'abcdef123456 at 127.0.0.1\nwith xoxb-1-2-aB3, xapp-1-x \u001b[31mred'
  expect(withoutSecrets([{ about: 'x', state: 'fine', found }], secrets)).toEqual([
    { about: 'x', state: 'fine', found: '… at 127.0.0.1 with …, … [31mred' },
  ])
})

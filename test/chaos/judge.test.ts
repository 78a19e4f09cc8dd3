import { expect, test } from 'vitest'
import { judge } from '#chaos/play.ts'
import type { Accepted } from '#chaos/remembering-platform.ts'

const expected = new Set(['C1 Paper 1', 'C1 Paper 2', 'C2 Paper 1'])

function message(key: string, destination: string, ...titles: string[]): Accepted {
  return { key, kind: 'alert', destination, titles }
}

test('finds nothing where each expected paper was told of once, whatever the messages', () => {
  const accepted = [message('a', 'C1', 'Paper 2', 'Paper 1'), message('b', 'C2', 'Paper 1'), message('c', 'C2')]
  expect(judge(accepted, expected)).toEqual({ lost: 0, twice: 0, which: [] })
})

test('counts a paper that was told of nowhere, elsewhere or twice, and a message that was taken twice', () => {
  const accepted = [
    message('a', 'C1', 'Paper 1'),
    message('b', 'C1', 'Paper 1'),
    message('c', 'C2', 'Paper 2'),
    message('d', 'C2', 'Paper 1'),
    message('e', 'C2'),
    message('e', 'C2'),
  ]
  expect(judge(accepted, expected)).toEqual({
    lost: 1,
    twice: 3,
    which: ['lost: C1 Paper 2', 'twice: C1 Paper 1', 'twice: alert e', 'twice: C2 Paper 2'],
  })
})

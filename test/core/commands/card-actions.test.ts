import { expect, test } from 'vitest'
import { paperActions } from '#core/commands/card-actions.ts'
import { aPaper } from '#test/builders.ts'

const paper = aPaper({ authors: ['Ada Byron', 'Max Tegmark', 'Jun Li', 'Isaac Liao'] })

test('a paper of a list offers three buttons, and the rest in a menu', () => {
  const all = paperActions(paper)
  expect(all.filter(({ more }) => !more).map(({ label }) => label)).toEqual(['Details', 'Save', 'Vote'])
  expect(all.filter(({ more }) => more).map(({ label, command }) => `${label}: ${command}`)).toEqual([
    'Related: related 2611.00001',
    'BibTeX: export bibtex 2611.00001',
    'Follow Ada Byron: follow author Ada Byron',
    'Follow Max Tegmark: follow author Max Tegmark',
    'Follow Jun Li: follow author Jun Li',
  ])
})

test('only what is to be copied is shown aside', () => {
  expect(paperActions(paper).flatMap(({ label, aside }) => (aside ? [label] : []))).toEqual(['BibTeX'])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metadataOf, openedFrom, pressedIn, requestFrom } from '#adapters/chat/slack/asks/opened.ts'

const opened = { workspace: 'T0LAB', person: 'U0ALICE', channel: 'C0PAPERS', thread: '1.1' }
const container = { type: 'view', view_id: 'V0' } as never

test('metadata says again where a view was opened, and what it is to run', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 800 })
  fc.assert(
    fc.property(texts, (query) => {
      const request = { path: ['follow', 'topic'], options: { query, for: 'here' } }
      const metadata = metadataOf(opened, request)
      if (metadata === undefined) return
      expect(metadata.length).toBeLessThanOrEqual(3000)
      expect(openedFrom(metadata, 'T0LAB', 'U0ALICE')).toEqual(opened)
      expect(requestFrom(metadata)).toEqual(request)
    }),
  )
})

test('what is longer than Slack keeps is no metadata', () => {
  expect(metadataOf(opened, { line: 'x'.repeat(3000) })).toBeUndefined()
})

test.each([
  ['another person', JSON.stringify(opened), 'T0LAB', 'U0BOB'],
  ['another workspace', JSON.stringify(opened), 'T0ANNEX', 'U0ALICE'],
  ['no workspace', JSON.stringify(opened), undefined, 'U0ALICE'],
  ['nobody', '', 'T0LAB', 'U0ALICE'],
  ['something else', '{"workspace":"T0LAB"}', 'T0LAB', 'U0ALICE'],
  ['null', 'null', 'T0LAB', 'U0ALICE'],
])('a view of %s is not taken', (_, metadata, workspace, person) => {
  expect(openedFrom(metadata, workspace, person)).toBeUndefined()
})

test('a button of a modal is pressed where the modal was opened, one of the Home tab in no channel', () => {
  const body = { team: { id: 'T0LAB' }, user: { id: 'U0ALICE' }, container }
  expect(pressedIn({ ...body, view: { type: 'modal', private_metadata: JSON.stringify(opened) } })).toEqual(opened)
  expect(pressedIn({ ...body, view: { type: 'home', private_metadata: '' } })).toEqual({ workspace: 'T0LAB', person: 'U0ALICE' })
  expect(pressedIn({ ...body, channel: { id: 'C0PAPERS' } })).toMatchObject({ channel: 'C0PAPERS' })
})

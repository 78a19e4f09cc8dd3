import { webApi } from '@slack/bolt'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Desk } from '#adapters/chat/slack/asks/desk.ts'
import { answerIn, metadataOf, openedFrom, pressedIn, requestFrom, whoAsks } from '#adapters/chat/slack/asks/opened.ts'
import { DeliveryError } from '#core/errors.ts'
import type { Asker } from '#core/ports/platform.ts'

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

const home = { workspace: 'T0LAB', person: 'U0ALICE' }
/** People of whom nobody says, for this reason, which channel their direct messages are; and where each question was asked. */
function deskWhere(error: unknown) {
  const places: string[] = []
  const asker = async ({ channel }: { channel: string }) => ({
    destination: { platform: 'slack', workspace: 'T0LAB', channel },
    direct: async () => Promise.reject(error),
  })
  const answer = async (_: unknown, { destination }: Asker) => {
    places.push(destination.channel)
    return { ok: true, command: 'help', reply: { visibility: 'private', blocks: [] } }
  }
  return { places, desk: { handlers: { answer }, people: { asker } } as unknown as Desk }
}

test('what is asked from the Home tab while Slack cannot be reached is not done under another name of the person’s messages', async () => {
  const { places, desk } = deskWhere(new DeliveryError('transient', 'Slack could not be reached.'))
  expect(await answerIn(home, { id: 'U0ALICE' }, { line: 'follow topic moths' }, desk)).toEqual({
    ok: false,
    error: { code: 'delivery', message: 'Slack could not be reached.', hint: 'Try it again in a moment.' },
  })
  expect(places).toEqual([])
})

test('where the app may not ask which channel those are, and where it makes no difference, the person’s id stands for it', async () => {
  const cause = Object.assign(Object.create(webApi.WebAPIPlatformError.prototype), { data: { error: 'missing_scope' } })
  const { places, desk } = deskWhere(new DeliveryError('forbidden', 'The app in Slack lacks the scope im:write.', { cause }))
  await answerIn(home, { id: 'U0ALICE' }, { line: 'help' }, desk)
  await answerIn(opened, { id: 'U0ALICE' }, { line: 'help' }, desk)
  expect(places).toEqual(['U0ALICE', 'C0PAPERS'])
  expect((await whoAsks(home, { id: 'U0ALICE' }, desk.people)).destination.channel).toBe('U0ALICE')
})

test('a button of a modal is pressed where the modal was opened, one of the Home tab in no channel', () => {
  const body = { team: { id: 'T0LAB' }, user: { id: 'U0ALICE' }, container }
  expect(pressedIn({ ...body, view: { type: 'modal', private_metadata: JSON.stringify(opened) } })).toEqual(opened)
  expect(pressedIn({ ...body, view: { type: 'home', private_metadata: '' } })).toEqual({ workspace: 'T0LAB', person: 'U0ALICE' })
  expect(pressedIn({ ...body, channel: { id: 'C0PAPERS' } })).toMatchObject({ channel: 'C0PAPERS' })
})

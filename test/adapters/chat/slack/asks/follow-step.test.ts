import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Desk } from '#adapters/chat/slack/asks/desk.ts'
import { followForm } from '#adapters/chat/slack/asks/follow-form.ts'
import { stepOf } from '#adapters/chat/slack/asks/follow-step.ts'
import { openedFrom, requestFrom } from '#adapters/chat/slack/asks/opened.ts'
import type { Answer } from '#core/commands/dispatch.ts'
import { DeliveryError } from '#core/errors.ts'
import type { CommandAction } from '#core/reply.ts'
import { viewViolationsOf } from '#test/adapters/chat/slack/block-kit.ts'
import { UGLY } from '#test/ugly.ts'

const opened = { workspace: 'T0LAB', person: 'U0ALICE', channel: 'C0PAPERS' }
const sender = { id: 'U0ALICE', name: 'alice' }
const form = { path: ['follow', 'author'], options: { name: 'Ada Byron', for: 'here' } }
const ugly = fc.array(fc.constantFrom(...UGLY, 'Ada', ' '), { minLength: 1, maxLength: 40 }).map((parts) => parts.join(''))

/** A desk behind which the answer is always this one, in a workspace that takes no calls. */
function deskOf(answer: Answer): Desk {
  return {
    handlers: { answer: async () => answer },
    people: { asker: async () => ({ destination: { platform: 'slack', ...opened }, person: sender }) },
    workspaces: {
      client: async () => {
        throw new DeliveryError('revoked', 'The bot is not installed here.')
      },
    },
    work: () => true,
    now: () => Temporal.Instant.from('2026-11-22T09:00:00Z'),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as Desk
}

function asking(...actions: CommandAction[]): Answer {
  const blocks = [
    { kind: 'prose' as const, spans: [{ text: 'Which one?' }] },
    { kind: 'actions' as const, actions },
  ]
  return { ok: true, command: 'follow author', reply: { visibility: 'private', blocks } }
}

function refused(code: string, message = 'No.'): Answer {
  return { ok: false, error: { code, message, hint: 'Yes.' } }
}

describe('an answer that asks on', () => {
  const yes = { label: 'Follow', command: 'follow author Ada Byron --cadence both --confirm yes', primary: true }

  test('has its first choice in the button of the view, the others as buttons', async () => {
    const other = { label: 'Follow, at once', command: 'follow author Ada Byron --cadence now --confirm yes' }
    const papers = { label: 'Show the papers', command: 'author Ada Byron' }
    const { view } = await stepOf({ opened, sender, request: form }, deskOf(asking(yes, other, papers)))
    expect(view.submit?.text).toBe('Follow')
    expect(requestFrom(view.private_metadata ?? '')).toEqual({ line: yes.command })
    expect(view.blocks.at(-1)).toMatchObject({ elements: [{ action_id: 'choose:0' }, { action_id: 'run:aside:1' }] })
  })

  test('has all as buttons where none comes first, or where it is too long to keep', async () => {
    const long = { ...yes, command: `follow topic ${'"'.repeat(1600)}` }
    for (const choice of [{ label: 'With Bob', command: 'follow author Ada Byron --with "Bob"' }, long]) {
      const { view } = await stepOf({ opened, sender, request: form }, deskOf(asking(choice)))
      expect(view.submit).toBeUndefined()
      expect(view.blocks.at(-1)).toMatchObject({ elements: [{ action_id: 'choose:0', value: choice.command }] })
      expect(openedFrom(view.private_metadata ?? '', 'T0LAB', 'U0ALICE')).toEqual(opened)
    }
  })
})

describe('a mistake', () => {
  test('is said under the input that was sent', async () => {
    const { errors } = await stepOf({ opened, sender, request: form, block: 'topic' }, deskOf(refused('wrong-input')))
    expect(errors).toEqual({ topic: 'No. Yes.' })
  })

  test('about what the person may not do is said where another place can be chosen', async () => {
    const desk = deskOf(refused('not-allowed'))
    expect((await stepOf({ opened, sender, request: form, block: 'topic' }, desk)).errors).toEqual({ place: 'No. Yes.' })
    const alone = { ...opened, channel: 'D0ALICE' }
    expect((await stepOf({ opened: alone, sender, request: form, block: 'topic' }, desk)).errors).toBeUndefined()
  })

  test.each([
    ['of something else', 'source', 'topic'],
    ['after the form', 'wrong-input', undefined],
  ])('%s is said in a view', async (_, code, block) => {
    const step = await stepOf({ opened, sender, request: form, ...(block && { block }) }, deskOf(refused(code)))
    expect(step.errors).toBeUndefined()
    expect(JSON.stringify(step.view.blocks)).toContain('No.')
  })

  test('about a full name that no paper carries may be followed all the same, a family name alone may not', async () => {
    const desk = deskOf(refused('not-found'))
    const { view } = await stepOf({ opened, sender, request: form, block: 'author' }, desk)
    expect(requestFrom(view.private_metadata ?? '')).toEqual({ ...form, options: { ...form.options, confirm: 'yes' } })
    const family = { path: form.path, options: { name: 'Byron' } }
    expect((await stepOf({ opened, sender, request: family, block: 'author' }, desk)).errors).toEqual({ author: 'No. Yes.' })
  })
})

test('what the channel cannot be told is said to the person', async () => {
  const blocks = [{ kind: 'prose' as const, spans: [{ text: 'Followed here now.' }] }]
  const answer: Answer = { ok: true, command: 'follow author', reply: { visibility: 'public', blocks } }
  const { view } = await stepOf({ opened, sender, request: form }, deskOf(answer))
  expect(JSON.stringify(view.blocks)).toMatch(/Followed here now.*could not say this in the channel/)
})

test('whatever people, topics and mistakes are called, Slack takes the view', async () => {
  await fc.assert(
    fc.asyncProperty(ugly, ugly, fc.boolean(), async (label, name, primary) => {
      const answers = [
        asking({ label, command: `follow author ${name}`, primary }),
        refused('source', name),
        refused('wrong-input', name),
      ]
      for (const answer of answers) {
        const { view, errors } = await stepOf({ opened, sender, request: form, block: 'author' }, deskOf(answer))
        expect(viewViolationsOf(view)).toEqual([])
        expect(errors?.author?.length ?? 0).toBeLessThanOrEqual(1000)
      }
    }),
    { numRuns: 300 },
  )
})

test.each(['author', 'topic', 'category', 'feed'])('Slack takes the form that asks for a %s', (kind) => {
  expect(viewViolationsOf(followForm({ ...opened, thread: '1.1' }, kind))).toEqual([])
})

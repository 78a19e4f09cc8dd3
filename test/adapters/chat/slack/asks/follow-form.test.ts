import { describe, expect, test } from 'vitest'
import { filledIn, followForm } from '#adapters/chat/slack/asks/follow-form.ts'

const opened = { workspace: 'T0LAB', person: 'U0ALICE', channel: 'C0PAPERS' }

function blocksOf(view: ReturnType<typeof followForm>): unknown[] {
  return view.blocks.map(({ block_id }) => block_id)
}

type Values = Parameters<typeof filledIn>[0]

function chosen(value: string): Values[string] {
  return { any: { type: 'static_select', selected_option: { text: { type: 'plain_text', text: value }, value } } }
}

describe('the form', () => {
  test('asks where papers are to come in a channel, and in its threads', () => {
    expect(blocksOf(followForm(opened))).toEqual(['kind', 'author', 'cadence', 'place'])
    expect(JSON.stringify(followForm(opened))).not.toContain('This thread')
    expect(JSON.stringify(followForm({ ...opened, thread: '1.1' }))).toContain('This thread')
  })

  test('does not ask it in direct messages and on the Home tab', () => {
    expect(blocksOf(followForm({ ...opened, channel: 'D0ALICE' }))).toEqual(['kind', 'author', 'cadence'])
    expect(blocksOf(followForm({ workspace: 'T0LAB', person: 'U0ALICE' }))).toEqual(['kind', 'author', 'cadence'])
  })

  test.each(['topic', 'category', 'feed'])('asks for a %s', (kind) => {
    expect(blocksOf(followForm(opened, kind))[1]).toBe(kind)
  })

  test('asks for an author where the kind is none', () => {
    expect(blocksOf(followForm(opened, 'constructor'))[1]).toBe('author')
  })
})

describe('what was filled in', () => {
  test.each([
    ['author', 'name', chosen('Ada Byron')],
    ['topic', 'query', { any: { type: 'plain_text_input', value: 'Ada Byron' } }],
    ['category', 'category', chosen('Ada Byron')],
    ['feed', 'url', { any: { type: 'plain_text_input', value: 'Ada Byron' } }],
  ] as const)('is a command: %s', (kind, option, value) => {
    const values: Values = { kind: chosen('author'), [kind]: value, cadence: chosen('digest'), place: chosen('me') }
    expect(filledIn(values, opened)).toEqual({
      path: ['follow', kind],
      block: kind,
      options: { [option]: 'Ada Byron', cadence: 'digest', for: 'me' },
    })
  })

  test('leaves open what was left open', () => {
    const values = {
      author: { any: { type: 'external_select', selected_option: null } },
      cadence: { any: { type: 'static_select' } },
    }
    expect(filledIn(values, opened)).toMatchObject({ options: { name: '', for: 'here' } })
    expect(filledIn(values, { workspace: 'T0LAB', person: 'U0ALICE' })).toMatchObject({ options: { name: '', for: 'me' } })
  })

  test('is nothing where it is no form of ours', () => {
    expect(filledIn({ other: chosen('author') }, opened)).toBeUndefined()
  })
})

// Modals on Slack, from outside: following by a form in each kind, its completion, mistakes under their inputs, a form of somebody
// else; BibTeX beside the conversation; no rule of Slack's broken.
import { describe, expect, test } from 'vitest'
import { hasFakes } from './fake.ts'
import { CHANNEL, slackAndBot } from './slack-fake.ts'

const OUTSIDE = 'C0NOTINT0LAB'

interface View {
  readonly id: string
  readonly callback_id: string
  readonly private_metadata: string
  readonly blocks: readonly { readonly block_id: string; readonly element?: { readonly action_id: string } }[]
}

describe.skipIf(!hasFakes)('modals on Slack', () => {
  const running = slackAndBot()
  const ctl = (command: string, fields: object) => running.slack.ctl(command, fields)

  async function views(): Promise<View[]> {
    return (await ctl('views', {})).views
  }
  /** The view that was opened last. */
  async function lastView(): Promise<View> {
    const last = (await views()).at(-1)
    if (!last) throw new Error('No view is open.')
    return last
  }
  async function lastSeq(): Promise<number> {
    return (await ctl('log', {})).records.at(-1)?.seq ?? 0
  }
  async function called(method: string, since: number, includes = '') {
    const { ok, records } = await ctl('wait', { method, since, includes, timeout_ms: 15_000 })
    expect(ok, `${method}: ${includes}`).toBe(true)
    return records
  }
  async function openForm(channel = CHANNEL): Promise<View> {
    const since = await lastSeq()
    await ctl('command', { command: '/papers', text: 'follow', channel })
    await called('views.open', since)
    return lastView()
  }
  async function formOf(kind: string, channel = CHANNEL): Promise<View> {
    const form = await openForm(channel)
    let since = await lastSeq()
    await ctl('action', { view_id: form.id, action_id: 'follow:kind', selected: kind })
    // On a busy machine a view of the test before may be updated meanwhile.
    for (;;) {
      const updates = await called('views.update', since)
      const view = (await views()).find(({ id }) => id === form.id)
      if (view?.blocks.some(({ block_id }) => block_id === kind)) return view
      since = updates.at(-1).seq
    }
  }
  /** What Slack is answered when the form is sent with these texts and choices. */
  async function send(view: View, typed: Readonly<Record<string, string>>, more: object = {}) {
    const values = Object.fromEntries(
      Object.entries(typed).map(([block, text]) => {
        const action = view.blocks.find(({ block_id }) => block_id === block)?.element?.action_id ?? block
        const chosen = { type: 'external_select', selected_option: { text: { type: 'plain_text', text }, value: text } }
        const isTyped = block === 'topic' || block === 'feed'
        return [block, { [action]: isTyped ? { type: 'plain_text_input', value: text } : chosen }]
      }),
    )
    return ctl('view_submission', { view_id: view.id, values, ...more })
  }

  test('/papers follow opens a form at once, and the kind chosen changes what it asks', async () => {
    const form = await openForm()
    expect(form.blocks.map(({ block_id }) => block_id)).toEqual(['kind', 'author', 'cadence', 'place'])
    const topic = await formOf('topic')
    expect(topic.blocks.map(({ block_id }) => block_id)).toEqual(['kind', 'topic', 'cadence', 'place'])
  })

  test('where nothing is followed, a button opens the form', async () => {
    const since = await lastSeq()
    await ctl('command', { command: '/papers', text: 'following', channel: CHANNEL })
    await ctl('wait', { kind: 'response_url', since, timeout_ms: 15_000 })
    const { messages } = await ctl('messages', { channel: CHANNEL })
    await ctl('action', { message_ts: messages.at(-1).ts, channel: CHANNEL, action_id: 'follow:open:0' })
    await called('views.open', since)
    expect((await lastView()).callback_id).toBe('follow')
  })

  test.each(['mention', 'direct message'])('a %s that says follow alone is offered the form', async (way) => {
    const since = await lastSeq()
    const text = way === 'mention' ? '<@U0BOTT0LAB> follow' : 'follow'
    const said = { user: 'U0ALICE', ts: `1795000000.00000${since % 10}`, text }
    const direct = { type: 'message', channel: 'D00ALICE0LAB', channel_type: 'im' }
    await ctl('channel', { id: direct.channel, team: 'T0LAB', is_im: true, is_member: true })
    await ctl('event', { event: way === 'mention' ? { type: 'app_mention', channel: CHANNEL, ...said } : { ...direct, ...said } })
    await called(way === 'mention' ? 'chat.postEphemeral' : 'chat.postMessage', since, 'follow:open')
  })

  test('completion offers authors that are known, and what is typed', async () => {
    const { body } = await ctl('options', { action_id: 'complete:follow author:name', value: 'Eric J' })
    expect(body.options.map(({ value }: { value: string }) => value)).toEqual(['Eric J. Michaud', 'Eric J'])
    const categories = await ctl('options', { action_id: 'complete:follow category:category', value: 'cs.L' })
    expect(categories.body.options.map(({ value }: { value: string }) => value)).toContain('cs.LG')
  })

  test('an author is shown with what to expect, and followed on a second word, of which the channel hears', async () => {
    const form = await openForm()
    const shown = await send(form, { kind: 'author', author: 'Eric J. Michaud', place: 'here' })
    expect(shown.body.response_action).toBe('push')
    expect(JSON.stringify(shown.body.view)).toContain('To expect')
    expect(shown.body.view.submit.text).toBe('Follow')
    const since = await lastSeq()
    const saved = await send(await lastView(), {})
    expect(JSON.stringify(saved.body.view)).toContain('Followed here now')
    await called('chat.postMessage', since, 'Followed here now')
  })

  test('another choice than the first goes on in the same view', async () => {
    const form = await formOf('topic')
    await send(form, { topic: 'moths', place: 'here' })
    const asked = await lastView()
    const since = await lastSeq()
    await ctl('action', { view_id: asked.id, action_id: 'choose:1' })
    await called('views.update', since, 'Followed here now')
  })

  test('a category may come to direct messages, and the channel hears nothing of it', async () => {
    const form = await formOf('category')
    const shown = await send(form, { category: 'stat.ML', cadence: 'digest', place: 'me' })
    expect(JSON.stringify(shown.body.view)).toContain('in your direct messages')
    const since = await lastSeq()
    const saved = await send(await lastView(), {})
    expect(JSON.stringify(saved.body.view)).toContain('Followed in your direct messages now')
    await ctl('idle', { quiet_ms: 500 })
    const posted = (await ctl('log', { since })).records.filter(
      (record: { method?: string; channel?: string }) => record.method === 'chat.postMessage' && record.channel === CHANNEL,
    )
    expect(posted).toEqual([])
  })

  test('from the Home tab the form follows for the person, and the tab is drawn anew', async () => {
    const opened = await lastSeq()
    await ctl('event', { event: { type: 'app_home_opened', user: 'U0ALICE', channel: 'D0ALICE0LAB', tab: 'home' } })
    await called('views.publish', opened)
    const homes = new Map<string, View>((await ctl('views', {})).homes)
    await ctl('action', { view_id: homes.get('T0LABU0ALICE')?.id, action_id: 'follow:open' })
    await called('views.open', opened)
    const form = await lastView()
    expect(form.blocks.map(({ block_id }) => block_id)).toEqual(['kind', 'author', 'cadence'])
    await send(form, { author: 'Max Tegmark' })
    const since = await lastSeq()
    const saved = await send(await lastView(), {})
    expect(JSON.stringify(saved.body.view)).toContain('Max Tegmark')
    await called('views.publish', since, 'Max Tegmark')
  })

  test.each([
    ['topic', '(moths', 'is never closed'],
    ['topic', '   ', 'needs a query'],
    ['category', 'cs.XX', 'is not a category'],
    ['feed', 'not an address', 'is no address of a feed'],
  ])('a mistake is said under its input: %s %s', async (kind, text, said) => {
    const form = await formOf(kind)
    const { body } = await send(form, { [kind]: text, place: 'here' })
    expect(body).toMatchObject({ response_action: 'errors', errors: { [kind]: expect.stringContaining(said) } })
  })

  test('a feed that may not be read is answered in a view', async () => {
    const form = await formOf('feed')
    const { body } = await send(form, { feed: 'http://127.0.0.1:9/feed.xml', place: 'here' })
    expect(body).toMatchObject({ response_action: 'push' })
    expect(JSON.stringify(body.view)).toContain('cannot be reached')
  })

  /** What the form comes to, at once or once the sources were asked. */
  async function outcome(form: View, typed: Readonly<Record<string, string>>) {
    const since = await lastSeq()
    const { body } = await send(form, typed)
    if (!JSON.stringify(body).includes('One moment')) return body.view ?? body
    await called('views.update', since)
    return lastView()
  }

  test('a name that nobody has is said to be one', async () => {
    const said = await outcome(await openForm(), { author: 'Nobodyson', place: 'here' })
    expect(JSON.stringify(said)).toContain('No paper here is by')
  })

  test('whoever is not known yet may be followed all the same', async () => {
    const form = await openForm()
    const asked = await outcome(form, { author: 'Zacharias Quill', place: 'here' })
    expect(asked.submit.text).toBe('Follow all the same')
    const saved = await send(await lastView(), {})
    expect(JSON.stringify(saved.body.view)).toContain('Zacharias Quill')
    expect(JSON.stringify(saved.body.view)).toContain('Followed here now')
  })

  test('where the bot is not in the channel, it is saved, and the person hears so alone', async () => {
    const form = await formOf('topic', OUTSIDE)
    await send(form, { topic: 'lamps', place: 'here' })
    const saved = await send(await lastView(), {})
    expect(JSON.stringify(saved.body.view)).toContain('could not say this in the channel')
  })

  test('what takes longer than Slack waits is shown when it is there', async () => {
    const form = await formOf('topic')
    await send(form, { topic: 'candles', place: 'here' })
    await ctl('fault', { kind: 'slow', delay_ms: 2500, method: 'chat.postMessage', times: 1 })
    const since = await lastSeq()
    const waits = await send(await lastView(), {})
    expect(JSON.stringify(waits.body.view)).toContain('One moment')
    await called('views.update', since, 'Followed here now')
    expect(JSON.stringify(await lastView())).toContain('Followed here now')
  })

  test.each([
    [{ user: 'U0BOB' }, 'opened by somebody else'],
    [{ team: 'T0ANNEX' }, 'not installed in this workspace'],
  ])('a form of somebody else does nothing: %o', async (sender, said) => {
    const form = await formOf('topic')
    const { body } = await send(form, { topic: 'moths', place: 'here' }, sender)
    expect(JSON.stringify(body.view)).toContain(said)
    expect(body.view.submit).toBeUndefined()
  })

  test.each([
    ['the full card', 'paper 2303.13506', { action_id: 'run:aside:2' }],
    [
      'a menu',
      'search Precision Machine Learning',
      {
        action_id: 'run:menu',
        selected: { text: { type: 'plain_text', text: 'BibTeX' }, value: 'aside export bibtex 2303.13506' },
      },
    ],
  ])('BibTeX opens beside the conversation, from %s', async (_, text, pressed) => {
    const since = await lastSeq()
    await ctl('command', { command: '/papers', text, channel: CHANNEL })
    await ctl('wait', { kind: 'response_url', since, timeout_ms: 15_000 })
    const { messages } = await ctl('messages', { channel: CHANNEL })
    await ctl('action', { message_ts: messages.at(-1).ts, channel: CHANNEL, ...pressed })
    await called('views.update', since)
    const entry = JSON.stringify(await lastView())
    expect(entry).toContain('"text":"BibTeX"')
    expect(entry).toContain('rich_text_preformatted')
    expect(entry).toContain('2303.13506')
  })

  test('a reading list is exported beside the conversation too', async () => {
    await ctl('command', { command: '/papers', text: 'save 2303.13506', channel: CHANNEL })
    await ctl('wait', { kind: 'response_url', includes: 'saved', timeout_ms: 15_000 })
    const since = await lastSeq()
    await ctl('command', { command: '/papers', text: 'saved', channel: CHANNEL })
    await ctl('wait', { kind: 'response_url', since, timeout_ms: 15_000 })
    const { messages } = await ctl('messages', { channel: CHANNEL })
    const [id] = /run:aside:\d+/.exec(JSON.stringify(messages.at(-1))) ?? []
    await ctl('action', { message_ts: messages.at(-1).ts, channel: CHANNEL, action_id: id })
    await called('views.update', since)
    expect(JSON.stringify(await lastView())).toContain('rich_text_preformatted')
  })

  test('none of Slack’s rules was broken', async () => {
    expect((await ctl('violations', {})).violations).toEqual([])
  })
})

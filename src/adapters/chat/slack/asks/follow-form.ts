// The form that asks what to follow: how it looks for each kind, and what was put into it.
import type { types, ViewOutput } from '@slack/bolt'
import { isDirect } from '#adapters/chat/slack/people/direct.ts'
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import { label } from '#adapters/chat/slack/render/text.ts'
import { modalView } from '#adapters/chat/slack/render/view.ts'
import { metadataOf, type Opened } from './opened.ts'
import { completing } from './options.ts'

export const FORM = 'follow'
/** The action id of the select that says what kind of thing is to be followed. */
export const KIND = 'follow:kind'
/** The block that asks where new papers are to come. */
export const PLACE = 'place'

/** Longer ones are for the command: all that the form asks is kept in the metadata of a view. */
const LONGEST_TYPED = 800

interface Kind {
  readonly name: string
  readonly path: readonly ['follow', string]
  /** The option of the command that says what to follow; the block that asks for it is called by the kind. */
  readonly option: string
  readonly hint: string
  /** From how many letters on completion offers something; absent where it is just typed. */
  readonly completedFrom?: number
}

const KINDS = {
  author: {
    name: 'Author',
    path: ['follow', 'author'],
    option: 'name',
    hint: 'Begin to type a name. One that is not offered, or an ORCID, stands at the end as you typed it.',
    completedFrom: 2,
  },
  topic: {
    name: 'Topic',
    path: ['follow', 'topic'],
    option: 'query',
    hint: 'Written as for search, for example: "sparse autoencoder" OR grokking -vision',
  },
  category: {
    name: 'Category',
    path: ['follow', 'category'],
    option: 'category',
    hint: 'One of arXiv’s, for example cs.LG, or one that papers here carry.',
    completedFrom: 1,
  },
  feed: {
    name: 'Feed',
    path: ['follow', 'feed'],
    option: 'url',
    hint: 'The address of an RSS or Atom feed, or of a page that names its feed.',
  },
} as const satisfies Readonly<Record<string, Kind>>
type KindName = keyof typeof KINDS

const CADENCES = { both: 'At once and in the digest', now: 'At once', digest: 'In the digest' }
const PLACES = { here: 'This channel', thread: 'This thread', me: 'My direct messages' }

/** What the form says of itself when it is sent. */
export interface Filled {
  readonly path: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
  /** The block that asked what to follow, where a mistake in it is shown. */
  readonly block: string
}

export function followForm(opened: Opened, kind = 'author'): types.ModalView {
  const name = isKind(kind) ? kind : 'author'
  const metadata = metadataOf(opened)
  return modalView({
    title: 'Follow',
    submit: 'Look',
    callback: FORM,
    ...(metadata !== undefined && { metadata }),
    blocks: [
      {
        ...select('kind', 'What to follow', names(KINDS), name),
        dispatch_action: true,
      },
      whatOf(name),
      {
        ...select('cadence', 'How new papers come', CADENCES),
        optional: true,
        hint: label('Left open, they come at once and in the digest; a flood comes in the digest alone.', LIMITS.placeholder),
      },
      ...placesOf(opened),
    ],
  })
}

/** Undefined where it is no form of ours. */
export function filledIn(values: ViewOutput['state']['values'], { channel }: Opened): Filled | undefined {
  const block = Object.keys(KINDS).find((kind) => values[kind] !== undefined)
  if (block === undefined || !isKind(block)) return undefined
  const { path, option } = KINDS[block]
  const cadence = chosenIn(values, 'cadence')
  const place = chosenIn(values, PLACE) ?? (channel === undefined ? 'me' : 'here')
  return {
    path,
    block,
    options: { [option]: chosenIn(values, block) ?? '', ...(cadence !== undefined && { cadence }), for: place },
  }
}

function isKind(text: string): text is KindName {
  return Object.hasOwn(KINDS, text)
}

function chosenIn(values: ViewOutput['state']['values'], block: string): string | undefined {
  const [of] = Object.values(values[block] ?? {})
  return of?.selected_option?.value ?? of?.value ?? undefined
}

function whatOf(kind: KindName): types.InputBlock {
  const { name, path, option, hint, completedFrom }: Kind = KINDS[kind]
  const element: types.InputBlock['element'] =
    completedFrom === undefined
      ? { type: 'plain_text_input', action_id: `follow:${kind}`, max_length: LONGEST_TYPED }
      : {
          type: 'external_select',
          action_id: completing({ path, option }),
          min_query_length: completedFrom,
          placeholder: label('Type to look for it', LIMITS.placeholder),
        }
  return { type: 'input', block_id: kind, label: label(name, LIMITS.placeholder), hint: label(hint, LIMITS.placeholder), element }
}

/** From the Home tab, and in direct messages, there is one place alone. */
export function asksForPlace({ channel }: Opened): boolean {
  return channel !== undefined && !isDirect(channel)
}

function placesOf(opened: Opened): types.InputBlock[] {
  if (!asksForPlace(opened)) return []
  const { here, me } = PLACES
  return [select(PLACE, 'Where new papers come', opened.thread === undefined ? { here, me } : PLACES, 'here')]
}

function select(block: string, says: string, of: Readonly<Record<string, string>>, chosen?: string): types.InputBlock {
  const options = Object.entries(of).map(([value, text]) => ({ value, text: label(text, LIMITS.optionLabel) }))
  const initial = options.find(({ value }) => value === chosen)
  return {
    type: 'input',
    block_id: block,
    label: label(says, LIMITS.placeholder),
    element: { type: 'static_select', action_id: `follow:${block}`, options, ...(initial && { initial_option: initial }) },
  }
}

function names(kinds: Readonly<Record<string, Kind>>): Record<string, string> {
  return Object.fromEntries(Object.entries(kinds).map(([kind, { name }]) => [kind, name]))
}

// A strict reader of Block Kit: what of a message or a view Slack would refuse, and what of others' text would be active in it.
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import { titleSpans } from '#core/card.ts'
import type { Paper } from '#core/paper.ts'
import { texToText } from '#core/text/tex.ts'
import { visible } from '#core/text/visible.ts'

const HIDDEN = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu
const ALLOWED_CONTROLS = new Set(['\n', '\t'])
const RAW_MARKUP = /[<>]|&(?!(?:amp|lt|gt);)/
const ADDRESS = /^https?:\/\/[^\s<>|"`{}\\]+$/i
const CHANNEL = /^[CGD][A-Z0-9]+$/
/** What Slack counts over all blocks, undocumented: bolt-js#2509. */
const BLOCKS_TEXT = 13_000

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

type Json = Record<string, unknown>

interface Seen {
  readonly wrong: string[]
  readonly blockIds: Set<string>
  length: number
}

/** Each violation as a sentence with its place; [] for a message that Slack takes and in which nothing foreign is active. */
export function violationsOf({ text, blocks }: { readonly text: string; readonly blocks: readonly unknown[] }): string[] {
  const seen: Seen = { wrong: [], blockIds: new Set(), length: 0 }
  fallback(text, seen)
  blocksOf(blocks, LIMITS.blocks, seen)
  if (seen.length > BLOCKS_TEXT) seen.wrong.push(`blocks: ${seen.length} characters over all of them`)
  return seen.wrong
}

/** The same for a modal or the Home tab. */
export function viewViolationsOf(view: { readonly blocks: readonly unknown[] } & object): string[] {
  const seen: Seen = { wrong: [], blockIds: new Set(), length: 0 }
  const { title, close, submit, private_metadata: metadata } = view as Json
  if (title !== undefined) textObject(title, 'title', LIMITS.viewTitle, seen)
  for (const [name, button] of Object.entries({ close, submit }))
    if (button !== undefined) textObject(button, name, LIMITS.viewButton, seen)
  if (metadata !== undefined && String(metadata).length > LIMITS.privateMetadata) seen.wrong.push('private_metadata: too long')
  if (Buffer.byteLength(JSON.stringify(view)) > LIMITS.viewBytes) seen.wrong.push('view: too many bytes')
  blocksOf(view.blocks, LIMITS.viewBlocks, seen)
  return seen.wrong
}

/** All texts that are read in the blocks, in order. */
export function textsOf(blocks: unknown): string[] {
  if (Array.isArray(blocks)) return blocks.flatMap(textsOf)
  if (typeof blocks !== 'object' || blocks === null) return []
  if ('text' in blocks && typeof blocks.text === 'string') return [blocks.text]
  return Object.values(blocks).flatMap(textsOf)
}

/** How a title reads in a card's blocks, where that is neither the title nor its beginning, cut after a whole character; undefined otherwise. */
export function misreadTitle(blocks: readonly unknown[], paper: Paper): string | undefined {
  const said = boldRun(blocks)
  const title = titleSpans(paper)
    .map(({ text }) => visible(text))
    .join('')
  if (title === '') return undefined
  const plain = visible(texToText(paper.title))
  const isWhole = said === title && (title === plain || title.includes('http'))
  return isWhole || (said.endsWith('…') && isCutOf(title, said.slice(0, -1))) ? undefined : said
}

/** What a card says in bold before anything else of its text. */
function boldRun(blocks: readonly unknown[]): string {
  const rich = (blocks as Json[]).find(({ type }) => type === 'rich_text')
  let elements = (rich?.elements ?? []) as Json[]
  while (Array.isArray(elements[0]?.elements)) elements = elements[0].elements as Json[]
  const end = elements.findIndex(({ style }) => (style as Json | undefined)?.bold !== true)
  return elements
    .slice(0, end < 0 ? elements.length : end)
    .map(({ text }) => text)
    .join('')
}

function isCutOf(text: string, kept: string): boolean {
  return text.startsWith(kept) && graphemes.segment(text).containing(kept.length)?.index === kept.length
}

function fallback(text: string, { wrong }: Seen): void {
  if (text.trim() === '') wrong.push('text: says nothing')
  if (text.length > LIMITS.fallback) wrong.push(`text: ${text.length} characters`)
  if (RAW_MARKUP.test(text)) wrong.push(`text: not escaped: ${text.slice(0, 80)}`)
  readable(text, 'text', wrong)
}

function blocksOf(blocks: readonly unknown[], most: number, seen: Seen): void {
  if (blocks.length < 1 || blocks.length > most) seen.wrong.push(`blocks: ${blocks.length} of them`)
  for (const [at, block] of blocks.entries()) blockOf(block as Json, `blocks/${at}`, seen)
}

function blockOf(block: Json, place: string, seen: Seen): void {
  const { wrong } = seen
  if (block.block_id !== undefined) {
    const id = String(block.block_id)
    if (id === '' || id.length > LIMITS.blockId) wrong.push(`${place}: a block_id of ${id.length} characters`)
    if (seen.blockIds.has(id)) wrong.push(`${place}: the block_id ${id} twice`)
    seen.blockIds.add(id)
  }
  switch (block.type) {
    case 'divider':
      return
    case 'header':
      if ((block.text as Json).type !== 'plain_text') wrong.push(`${place}: a header of markup`)
      textObject(block.text, place, LIMITS.header, seen)
      return
    case 'section':
      textObject(block.text, place, LIMITS.section, seen)
      return
    case 'context': {
      const texts = counted(block.elements, LIMITS.context, place, wrong)
      for (const [at, text] of texts.entries()) textObject(text, `${place}/${at}`, LIMITS.section, seen)
      return
    }
    case 'actions': {
      const ids = new Set<unknown>()
      for (const [at, element] of counted(block.elements, LIMITS.buttons, place, wrong).entries()) {
        if (ids.has(element.action_id)) wrong.push(`${place}/${at}: the action_id ${element.action_id} twice`)
        ids.add(element.action_id)
        elementOf(element, `${place}/${at}`, seen)
      }
      return
    }
    case 'image':
      address(block.image_url, place, wrong)
      string(block.alt_text, `${place}/alt_text`, LIMITS.alt, seen)
      return
    case 'rich_text':
      for (const [at, element] of counted(block.elements, Number.POSITIVE_INFINITY, place, wrong).entries())
        richText(element, `${place}/${at}`, seen)
      return
    case 'input':
      textObject(block.label, place, LIMITS.alt, seen)
      return
    default:
      wrong.push(`${place}: a block of type ${block.type}`)
  }
}

function elementOf(element: Json, place: string, seen: Seen): void {
  const { wrong } = seen
  const id = String(element.action_id ?? '')
  if (id === '' || id.length > LIMITS.actionId) wrong.push(`${place}: an action_id of ${id.length} characters`)
  if (element.type === 'button') {
    textObject(element.text, place, LIMITS.buttonLabel, seen)
    if (element.value !== undefined) value(element.value, place, LIMITS.buttonValue, wrong)
    if (element.url !== undefined) address(element.url, place, wrong)
    return
  }
  if (element.type !== 'overflow') {
    wrong.push(`${place}: an element of type ${element.type}`)
    return
  }
  const options = counted(element.options, LIMITS.options, place, wrong)
  for (const option of options) {
    textObject(option.text, place, LIMITS.optionLabel, seen)
    value(option.value, place, LIMITS.optionValue, wrong)
  }
  if (new Set(options.map((option) => option.value)).size < options.length) wrong.push(`${place}: two options of one value`)
}

/** Runs of text, links and channels alone: no people, no groups, no broadcasts. */
function richText(element: Json, place: string, seen: Seen): void {
  const { wrong } = seen
  switch (element.type) {
    case 'rich_text_section':
    case 'rich_text_list':
    case 'rich_text_preformatted':
    case 'rich_text_quote':
      for (const [at, inner] of counted(element.elements, Number.POSITIVE_INFINITY, place, wrong).entries())
        richText(inner, `${place}/${at}`, seen)
      return
    case 'text':
      string(element.text, place, BLOCKS_TEXT, seen)
      return
    case 'link':
      address(element.url, place, wrong)
      string(element.text, place, BLOCKS_TEXT, seen)
      return
    case 'channel':
      if (!CHANNEL.test(String(element.channel_id))) wrong.push(`${place}: a channel ${element.channel_id}`)
      return
    default:
      wrong.push(`${place}: rich text of type ${element.type}`)
  }
}

function textObject(of: unknown, place: string, most: number, seen: Seen): void {
  const { type, text, emoji, verbatim } = (of ?? {}) as Json
  if (typeof text !== 'string' || text.trim() === '') seen.wrong.push(`${place}: says nothing`)
  if (type === 'mrkdwn') {
    if (verbatim !== true) seen.wrong.push(`${place}: markup that is not verbatim`)
    if (RAW_MARKUP.test(String(text))) seen.wrong.push(`${place}: not escaped: ${String(text).slice(0, 80)}`)
  } else if (type !== 'plain_text' || emoji !== false) seen.wrong.push(`${place}: text of type ${type}, emoji ${emoji}`)
  string(text, place, most, seen)
}

function string(text: unknown, place: string, most: number, seen: Seen): void {
  if (typeof text !== 'string' || text === '') {
    seen.wrong.push(`${place}: no text`)
    return
  }
  if (text.length > most) seen.wrong.push(`${place}: ${text.length} characters`)
  seen.length += text.length
  readable(text, place, seen.wrong)
}

function value(of: unknown, place: string, most: number, wrong: string[]): void {
  const text = String(of)
  if (text === '' || text.length > most) wrong.push(`${place}: a value of ${text.length} characters`)
  if (!text.isWellFormed()) wrong.push(`${place}: a value with half a character`)
}

function address(of: unknown, place: string, wrong: string[]): void {
  const url = String(of)
  if (!ADDRESS.test(url) || !URL.canParse(url) || url.length > LIMITS.url) wrong.push(`${place}: the address ${url.slice(0, 80)}`)
}

function readable(text: string, place: string, wrong: string[]): void {
  const hidden = (text.match(HIDDEN) ?? []).filter((character) => !ALLOWED_CONTROLS.has(character))
  if (hidden.length > 0) wrong.push(`${place}: hidden ${hidden.map((character) => character.codePointAt(0)?.toString(16))}`)
  if (!text.isWellFormed()) wrong.push(`${place}: half a character`)
}

function counted(of: unknown, most: number, place: string, wrong: string[]): Json[] {
  const all = Array.isArray(of) ? (of as Json[]) : []
  if (all.length < 1 || all.length > most) wrong.push(`${place}: ${all.length} elements`)
  return all
}

// A strict reader of Discord's messages of components: what of one Discord would refuse, and what of others' text would be active in it.
import { LIMITS } from '#adapters/chat/discord/render/limits.ts'
import { titleSpans } from '#core/card.ts'
import type { Paper } from '#core/paper.ts'
import { visible } from '#core/text/visible.ts'
import { type Read, read } from './markdown-reader.ts'

const ADDRESS = /^https?:\/\/[a-z0-9\-._~:/?#@!$&'+,;=%]+$/i
const HIDDEN = /[\p{Cc}\u00ad\u061c\u180e\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu
const ALLOWED_CONTROLS = new Set(['\n', '\t'])
/** All else is a mark that others wrote. */
const OURS = new Set(['bold', 'italic', 'code', 'codeBlock', 'link', 'heading', 'small', 'list'])
/** UTF-8, measured by others: discord-api-docs#8554. */
const BYTES = 10_170

/** The text that was read last, since it is looked at more than once. */
let last: { readonly text: string; readonly read: Read } | undefined

type Json = Record<string, unknown>

/** Each violation as a sentence with its place; [] for a message that Discord takes and in which nothing foreign is active. */
export function violationsOf({
  components,
  files,
}: {
  readonly components: readonly unknown[]
  readonly files: readonly { name: string }[]
}): string[] {
  const wrong: string[] = []
  const ids = new Set<unknown>()
  const shown: string[] = []
  let [count, length, bytes] = [0, 0, 0]

  function words(text: unknown, place: string, most: number): void {
    if (typeof text !== 'string' || text.trim() === '') wrong.push(`${place}: nothing to read`)
    else if (text.length > most) wrong.push(`${place}: ${text.length} characters`)
    else if ((text.match(HIDDEN) ?? []).some((one) => !ALLOWED_CONTROLS.has(one)) || !text.isWellFormed())
      wrong.push(`${place}: hidden characters`)
  }

  function id(of: unknown, place: string): void {
    if (typeof of !== 'string' || of.length < 1 || of.length > LIMITS.customId)
      wrong.push(`${place}: an id of ${String(of).length}`)
    if (ids.has(of)) wrong.push(`${place}: the id ${of} again`)
    ids.add(of)
  }

  function row(inner: readonly Json[], place: string): void {
    const kinds = new Set(inner.map(({ type }) => type))
    if (inner.length < 1 || inner.length > (kinds.has(3) ? 1 : LIMITS.buttons)) wrong.push(`${place}: ${inner.length} in a row`)
    for (const [at, one] of inner.entries()) {
      count++
      if (one.type === 3) menu(one, `${place}/${at}`)
      else if (one.type === 2) button(one, `${place}/${at}`)
      else wrong.push(`${place}/${at}: type ${one.type}`)
    }
  }

  function button(one: Json, place: string): void {
    words(one.label, `${place}/label`, LIMITS.buttonLabel)
    if (one.style !== 5) id(one.custom_id, place)
    else if (!ADDRESS.test(String(one.url)) || String(one.url).length > LIMITS.url) wrong.push(`${place}: url ${one.url}`)
  }

  function menu(one: Json, place: string): void {
    id(one.custom_id, place)
    const options = one.options as Json[]
    if (options.length < 1 || options.length > LIMITS.selectOptions) wrong.push(`${place}: ${options.length} options`)
    for (const option of options) {
      words(option.label, `${place}/label`, LIMITS.optionLabel)
      id(option.value, `${place}/value`)
      if (option.description !== undefined) words(option.description, `${place}/description`, LIMITS.optionDescription)
    }
  }

  function text(content: string, place: string): void {
    length += content.length
    bytes += Buffer.byteLength(content) + LIMITS.bytesOfText
    words(content, place, LIMITS.text)
    const { tokens, runs } = readOnce(content)
    for (const token of tokens) if (!OURS.has(token)) wrong.push(`${place}: ${token} is active`)
    for (const { link } of runs) if (link !== undefined && !ADDRESS.test(link)) wrong.push(`${place}: links to ${link}`)
  }

  for (const [at, one] of (components as Json[]).entries()) {
    count++
    if (one.type === 10) text(String(one.content), `${at}`)
    else if (one.type === 1) row(one.components as Json[], `${at}`)
    else if (one.type === 13) shown.push((one.file as { url: string }).url)
    else if (one.type !== 14 && one.type !== 12) wrong.push(`${at}: type ${one.type}`)
  }
  if (count < 1 || count > LIMITS.components) wrong.push(`${count} components`)
  if (length > LIMITS.text) wrong.push(`${length} characters`)
  if (bytes > BYTES) wrong.push(`${bytes} bytes`)
  if (shown.join() !== files.map(({ name }) => `attachment://${name}`).join()) wrong.push(`files ${shown}`)
  if (new Set(shown).size < shown.length) wrong.push('two files of one name')
  return wrong
}

/** What a message's texts read as, one after the other. */
export function readingOf(components: readonly unknown[]): string {
  return (components as Json[])
    .filter(({ type }) => type === 10)
    .map(({ content }) =>
      readOnce(String(content))
        .runs.map(({ text }) => text)
        .join(''),
    )
    .join('\n')
}

/** How a title reads in a message's texts, where that is neither the title on a line nor its beginning; undefined otherwise. */
export function misreadTitle(components: readonly unknown[], paper: Paper): string | undefined {
  const title = visible(
    titleSpans(paper)
      .map(({ text }) => text.replaceAll('\n', ' '))
      .join(''),
  ).trim()
  const lines = readingOf(components)
    .split('\n')
    .map((line) => line.trim())
  const isThere = lines.some((line) => line.startsWith(title) || isBeginning(line, title))
  return isThere ? undefined : lines.slice(0, 2).join('\n')
}

function isBeginning(line: string, title: string): boolean {
  const [kept = ''] = line.split('…', 1)
  return line.includes('…') && kept !== '' && title.startsWith(kept)
}

function readOnce(text: string): Read {
  if (last?.text !== text) last = { text, read: read(text) }
  return last.read
}

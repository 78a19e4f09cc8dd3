// A delivery in words: as a row of a table, and as the object that `deliveries --json` prints.
import type { Delivery, DeliveryState } from '#core/delivery.ts'
import type { Block } from '#core/reply.ts'
import { texToText } from '#core/text/tex.ts'
import { visible } from '#core/text/visible.ts'

const HEADS = ['id', 'state', 'tries', 'age', 'next try', 'where', 'what'] as const
const LONGEST_TITLE = 60
const LINE_BREAKS = /\s+/g
/** A place that is closed until someone mends it opens later than anybody waits. */
const YEARS_AWAY = { hours: 24 * 365 }

/** A table with a line a delivery, and below it what went wrong. */
export function deliveryTable(deliveries: readonly Delivery[], now: Temporal.Instant): string {
  const rows = deliveries.map((delivery) => rowOf(delivery, now))
  const widths = HEADS.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd()
  const indent = ' '.repeat((widths[0] ?? 0) + 2)
  const lines = deliveries.map((delivery, at) => {
    const why = delivery.error === undefined ? '' : `\n${indent}${oneLine(delivery.error)}`
    return `${line(rows[at] ?? [])}${why}`
  })
  return [line(HEADS), ...lines].join('\n')
}

/** Times are instants in UTC; `nextTryAt` is null where there will be none. */
export function deliveryJson(delivery: Delivery) {
  const { id, dedupeKey, state, destination, kind, subject, part, attempt, createdAt } = delivery
  return {
    id,
    key: dedupeKey,
    state,
    ...destination,
    thread: destination.thread ?? null,
    kind,
    subject,
    part,
    what: whatOf(delivery),
    attempts: attempt,
    createdAt,
    firstTryAt: delivery.firstTryAt ?? null,
    nextTryAt: waits(state) ? delivery.notBefore : null,
    settledAt: delivery.settledAt ?? null,
    ref: delivery.ref ?? null,
    error: delivery.error ?? null,
  }
}

/** `3 dead, 1 uncertain`; states without any are left out. */
export function countsInWords(counts: Readonly<Record<DeliveryState, number>>): string {
  const some = Object.entries(counts).filter(([, many]) => many > 0)
  return some.length === 0 ? 'none' : some.map(([state, many]) => `${many} ${state}`).join(', ')
}

/** `in 5 min`, `now`, `once open`, `-` where there will be none. */
export function nextTry({ state, notBefore }: Delivery, now: Temporal.Instant): string {
  if (!waits(state)) return '-'
  const due = Temporal.Instant.from(notBefore)
  if (Temporal.Instant.compare(due, now) <= 0) return 'now'
  return Temporal.Instant.compare(due, now.add(YEARS_AWAY)) > 0 ? 'once open' : `in ${roughly(now, due)}`
}

function rowOf(delivery: Delivery, now: Temporal.Instant): string[] {
  const { id, state, attempt, createdAt } = delivery
  const age = roughly(Temporal.Instant.from(createdAt), now)
  return [String(id), state, String(attempt), age, nextTry(delivery, now), whereOf(delivery), whatOf(delivery)]
}

function whereOf({ destination: { platform, workspace, channel, thread } }: Delivery): string {
  return visible(`${platform} ${workspace}/${channel}${thread === undefined ? '' : `/${thread}`}`)
}

/** `alert: “On Moths” and 2 more`, `digest of 2026-11-16T08:00:00Z, part 2: “On Moths”`, `notice: the first words`. */
function whatOf({ kind, subject, part, blocks }: Delivery): string {
  const name = kind === 'digest' ? `digest of ${subject}` : kind
  const heading = part === 0 ? name : `${name}, part ${part + 1}`
  const cards = blocks.flatMap((block) => (block.kind === 'card' ? [block.paper.title] : []))
  const [first] = cards
  if (first === undefined) return `${heading}: ${short(blocks.map(textOf).find((text) => text !== '') ?? subject)}`
  const more = cards.length === 1 ? '' : ` and ${cards.length - 1} more`
  return `${heading}: “${short(texToText(first))}”${more}`
}

function textOf(block: Block): string {
  return 'spans' in block ? block.spans.map(({ text }) => text).join('') : ''
}

function short(text: string): string {
  const line = oneLine(text)
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE - 1).trimEnd()}…`
}

function oneLine(text: string): string {
  return visible(text).replace(LINE_BREAKS, ' ').trim()
}

function waits(state: DeliveryState): boolean {
  return state === 'pending' || state === 'uncertain'
}

/** `40 s`, `5 min`, `3 h`, `12 d`. */
function roughly(from: Temporal.Instant, to: Temporal.Instant): string {
  const seconds = Math.max(0, Math.round(to.since(from).total('seconds')))
  if (seconds < 90) return `${seconds} s`
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} d`
}

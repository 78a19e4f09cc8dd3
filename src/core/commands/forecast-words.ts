// A forecast in words: "about 14 papers a week, at most 6 a day; “agent” causes 71 %".
import type { Forecast } from '#core/forecast.ts'
import { printQuery } from '#core/query/print.ts'
import type { Action, Block } from '#core/reply.ts'
import { counted, lowerFirst, prose } from './blocks.ts'

/** A cause is named from this share on. */
const NAMED_SHARE = 0.5
/** Papers a week. */
const FLOOD = 150
/** What a page of search shows. */
const LATEST = 5

function forecastInWords({ recent, known, perWeek, busiestDay, cause }: Forecast): string {
  // That none fits at all is said beside it.
  const all = known === 0 ? '' : `; ${counted(known, 'paper')} of all known ${known === 1 ? 'fits' : 'fit'}`
  if (perWeek === null) return `No paper of the last 28 days is known here, so nothing can be foretold${all}.`
  if (recent === 0) return `None in the last 28 days${all}.`
  const rate = perWeek < 0.75 ? 'Less than one paper a week' : `About ${counted(Math.round(perWeek), 'paper')} a week`
  const causes =
    cause && cause.share >= NAMED_SHARE
      ? `; “${printQuery({ expression: cause.expression, sort: 'relevance' }).replaceAll('"', '')}” causes ${Math.round(cause.share * 100)} %`
      : ''
  return `${rate}, at most ${busiestDay} a day${causes}.`
}

/** The forecast as blocks, with advice where it would be a flood (`narrower`: how to have less) or nothing at all (`unfit`). */
export function forecastBlocks(forecast: Forecast, narrower: Block, unfit = 'No paper known here fits.'): Block[] {
  const words = prose('To expect: ', lowerFirst(forecastInWords(forecast)))
  if (isFlood(forecast)) return [words, narrower]
  return forecast.known === 0 ? [words, prose(unfit)] : [words]
}

/** More than anyone reads as it comes. */
export function isFlood({ perWeek }: Pick<Forecast, 'perWeek'>): boolean {
  return (perWeek ?? 0) > FLOOD
}

/** The button that shows the latest papers of a query; none where no paper fits. */
export function showLatest(query: string, { known }: Pick<Forecast, 'known'>): Action | undefined {
  if (known === 0) return undefined
  const label = known === 1 ? 'Show the one paper' : known < LATEST ? `Show the ${known} papers` : 'Show the last five'
  return { label, command: `search ${query} sort:recent` }
}

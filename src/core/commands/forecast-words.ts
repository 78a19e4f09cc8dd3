// A forecast in words: "about 14 papers a week, at most 6 a day; “agent” causes 71 %".
import type { Forecast } from '#core/forecast.ts'
import { printQuery } from '#core/query/print.ts'
import type { Block } from '#core/reply.ts'
import { counted, lowerFirst, prose } from './blocks.ts'

/** A cause is named from this share on. */
const NAMED_SHARE = 0.5
const FLOOD = 150

function forecastInWords({ recent, known, perWeek, busiestDay, cause }: Forecast): string {
  if (perWeek === null) {
    return `No paper of the last 28 days is known here, so nothing can be foretold; ${counted(known, 'paper')} of all known ${known === 1 ? 'fits' : 'fit'}.`
  }
  if (recent === 0) return `None in the last 28 days; ${counted(known, 'paper')} of all known ${known === 1 ? 'fits' : 'fit'}.`
  const rate = perWeek < 0.75 ? 'Less than one paper a week' : `About ${counted(Math.round(perWeek), 'paper')} a week`
  const causes =
    cause && cause.share >= NAMED_SHARE
      ? `; “${printQuery({ expression: cause.expression, sort: 'relevance' }).replaceAll('"', '')}” causes ${Math.round(cause.share * 100)} %`
      : ''
  return `${rate}, at most ${busiestDay} a day${causes}.`
}

/** The forecast as blocks, with advice where it would be a flood or nothing at all. */
export function forecastBlocks(forecast: Forecast): Block[] {
  const words = prose('To expect: ', lowerFirst(forecastInWords(forecast)))
  if ((forecast.perWeek ?? 0) > FLOOD)
    return [words, prose('That is a lot: add words, or “-word” for what is not wanted, or choose the digest alone.')]
  return forecast.known === 0 ? [words, prose('No paper known here fits: check the words before you follow them.')] : [words]
}

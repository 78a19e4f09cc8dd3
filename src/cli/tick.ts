// `paperboy tick`: one pass of watching, digests and deliveries; what goes to the terminal is printed. Once all is posted, a
// few papers are enriched.
import { terminalPlatform } from '#adapters/chat/terminal/platform.ts'
import { type EnrichBounds, enrich } from '#digests/enrich.ts'
import { doubtAfterPowerLoss } from '#digests/power-loss.ts'
import { type TickReport, tick } from '#digests/tick.ts'
import { openApp } from './app.ts'
import { formatOf, print, printJson, write } from './out.ts'
import { openPlatforms } from './platforms.ts'
import { enrichDependencies, tickDependencies } from './tick-dependencies.ts'

/** So little that a cron job ends soon. */
const ENRICHED: EnrichBounds = { batches: 20, papers: 20, longest: { seconds: 20 } }
/** Longer than any single request may take, so that a source which hangs is found out and left alone. */
const ENRICHED_WITHIN_MS = 30_000

/** The exit code is 0, also where a feed or a delivery failed: the report says so, and the next pass tries again. */
export async function tickCall({ json, at }: { json?: true; at?: Temporal.Instant }): Promise<number> {
  await using app = await openApp({ ...(at ? { at } : {}), alone: true, posts: true })
  const now = () => app.clock.now()
  const stream = json ? process.stderr : process.stdout
  const terminal = terminalPlatform(
    (text) => write(stream, text),
    () => formatOf(stream, now()),
  )
  const chats = await openPlatforms(app.config, { store: app.store, now, log: app.log })
  // Nothing can be looked up in a terminal.
  const life = chats.length > 0 ? await app.life() : undefined
  if (life !== undefined) await doubtAfterPowerLoss(app.store, life, now(), app.log)
  const platforms = [terminal, ...chats]
  const report = await tick(await tickDependencies(app, platforms), now())
  if (json) printJson(report)
  else printReport(report)
  await enrich(await enrichDependencies(app, AbortSignal.timeout(ENRICHED_WITHIN_MS)), ENRICHED)
  return 0
}

function printReport(report: TickReport): void {
  for (const feed of report.feeds) {
    print(
      `${feed.feed}: ${feed.state}; ${feed.offered} offered, ${feed.new} new, ${feed.merged} merged, ${feed.skipped} known before, ${feed.failed} unreadable.`,
    )
  }
  const { sent, pending, uncertain, dead } = report.deliveries
  print(`${report.matched} matched; ${sent} sent, ${pending} pending, ${uncertain} uncertain, ${dead} dead.`)
}

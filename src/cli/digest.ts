// `paperboy digest`: what a channel's next digest would say; nothing is posted.
import { terminalDestination } from '#adapters/chat/terminal/platform.ts'
import { renderBlocks } from '#adapters/chat/terminal/render.ts'
import { UserInputError } from '#core/errors.ts'
import type { Destination } from '#core/subscription.ts'
import { type App, openApp } from './app.ts'
import { formatOf, print } from './out.ts'

/** The template of channels without a schedule. */
const DEFAULT_TEMPLATE = 'digest'

/** Prints the digest; a channel that follows nothing and has no schedule is a UserInputError that names those that do. */
export async function digestCall({ channel, at }: { channel: string; at?: Temporal.Instant }): Promise<number> {
  await using app = await openApp(at ? { at } : {})
  const destination = await findChannel(app, channel)
  const now = app.clock.now()
  const schedule = await app.store.schedules.ofDestination(destination)
  const model = await app.digests.preview(destination, now)
  print(renderBlocks(await app.templates.digest(schedule?.template ?? DEFAULT_TEMPLATE, model), formatOf(process.stdout, now)))
  return 0
}

async function findChannel(app: App, channel: string): Promise<Destination> {
  const subscribed = (await app.store.subscriptions.all()).map((subscription) => subscription.destination)
  const scheduled = (await app.store.schedules.all()).map((schedule) => schedule.destination)
  const known = [terminalDestination, ...subscribed, ...scheduled]
  const found = known.find((destination) => destination.channel === channel)
  if (found) return found
  const channels = [...new Set(known.map((destination) => destination.channel))]
  throw new UserInputError(`No channel “${channel}” follows anything or has a digest.`, {
    hint: `There is: ${channels.join(', ')}.`,
  })
}

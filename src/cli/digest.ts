// `paperboy digest`: what a channel's next digest would say, from its template or one to try out; nothing is posted.
import { terminalDestination } from '#adapters/chat/terminal/platform.ts'
import { renderBlocks } from '#adapters/chat/terminal/render.ts'
import { ConfigError, UserInputError } from '#core/errors.ts'
import type { Destination } from '#core/subscription.ts'
import { type App, openApp } from './app.ts'
import { formatOf, print } from './out.ts'
import { templateFrom } from './template-from.ts'

/** The template of channels without a schedule. */
const DEFAULT_TEMPLATE = 'digest'

export interface DigestOptions {
  readonly channel: string
  /** A template's name, or a file. */
  readonly template?: string
  readonly at?: Temporal.Instant
}

/**
 * Prints the digest. A channel that follows nothing and has no schedule is a UserInputError that names those that do; so is a
 * `template` that is not there or is wrong, since it is what was typed that has to be mended.
 */
export async function digestCall({ channel, template, at }: DigestOptions): Promise<number> {
  await using app = await openApp({ ...(at ? { at } : {}), alone: true })
  const destination = await findChannel(app, channel)
  const now = app.clock.now()
  const { name, templates } =
    template === undefined
      ? { name: (await app.store.schedules.ofDestination(destination))?.template ?? DEFAULT_TEMPLATE, templates: app.templates }
      : await templateFrom(template, app)
  const model = await app.digests.preview(destination, now)
  const blocks = await templates.digest(name, model).catch((error: unknown) => {
    if (template === undefined || !(error instanceof ConfigError)) throw error
    throw new UserInputError(error.message, { cause: error, ...(error.hint === undefined ? {} : { hint: error.hint }) })
  })
  print(renderBlocks(blocks, formatOf(process.stdout, now)))
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

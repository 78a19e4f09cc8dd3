// The terminal as a destination: a delivery is posted when it is printed.
import { DeliveryError } from '#core/errors.ts'
import type { Platform } from '#core/ports/platform.ts'
import type { Destination } from '#core/subscription.ts'
import { renderBlocks, type TerminalFormat } from './render.ts'

/** Where what is followed through `ask` and `chat` is delivered. */
export const terminalDestination: Destination = { platform: 'terminal', workspace: 'local', channel: 'terminal' }

/**
 * A Platform that prints. `write` resolves once the text is written, and rejects where it cannot be.
 * A terminal keeps no history, so whether an earlier post arrived is unknown.
 */
export function terminalPlatform(write: (text: string) => Promise<void>, format: () => TerminalFormat): Platform {
  return {
    name: 'terminal',
    async post(delivery) {
      try {
        await write(`${renderBlocks(delivery.blocks, format())}\n\n`)
      } catch (cause) {
        throw new DeliveryError('transient', 'The terminal cannot be written to.', { cause })
      }
      return delivery.dedupeKey
    },
    async lookUp() {
      return 'unknown'
    },
    async edit() {
      throw new DeliveryError('rejected', 'What is printed stays as it is.')
    },
    permalink: () => undefined,
  }
}

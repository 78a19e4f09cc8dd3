// permissions: who may change what a channel gets.
// The order: without admins, or where a person is alone, it is said that this makes no difference; nothing given shows it; only
// admins set it, whatever it is.
import { z } from 'zod'
import { settingsOf } from '#core/place-settings.ts'
import type { Block, Reply } from '#core/reply.ts'
import { adminsInWords, type Rights, requireAdmin, whoChanges } from '#core/rights.ts'
import type { Destination } from '#core/subscription.ts'
import { actions, note, prose, subject } from './blocks.ts'
import { defineCommand } from './command.ts'
import { givesAnything } from './input.ts'

type Who = ReturnType<typeof whoChanges>

export const permissions = defineCommand({
  path: ['permissions'],
  summary: 'Show or set who may change what this channel gets',
  examples: ['permissions', 'permissions admins', 'permissions everyone'],
  options: z.object({
    who: z
      .enum(['everyone', 'admins'])
      .optional()
      .meta({ description: 'everyone in the channel, or admins alone; on Discord that is who has Manage Channels' }),
  }),
  positional: ['who'],
  changesChannel: givesAnything,
  async run({ who }, { store, destination, person, rights }): Promise<Reply> {
    const asker = await rights?.()
    if (!asker || asker.alone) return { visibility: 'private', blocks: [prose(asker ? ALONE : NO_ADMINS)] }
    const before = whoChanges(await settingsOf(store, destination), destination)
    if (who !== undefined) requireAdmin(asker, destination)
    if (who === undefined || who === before) return { visibility: 'private', blocks: shown(before, asker, destination) }
    await store.channels.set(destination, { changes: who })
    return {
      visibility: 'public',
      blocks: [
        prose(
          subject(person),
          ` changed who may change what this channel gets: ${inWords(who, destination)} now. Before: ${inWords(before, destination)}.`,
        ),
        note(whatIn(destination)),
        ...actions(other(who)),
      ],
    }
  },
})

const ALONE = 'These are your direct messages: nobody but you changes what comes here.'
const NO_ADMINS = 'There are no admins here: everybody who can ask may change everything.'
const WHAT =
  'That is what is followed, its digest, pauses, quiet hours and how alerts come. To ask, vote and save, and to have papers in direct messages, stays open to all'

function shown(who: Who, { admin, guest, untold }: Rights, channel: Destination): Block[] {
  return [
    prose(`What this channel gets may be changed by ${inWords(who, channel)}.`),
    note(whatIn(channel)),
    ...(untold === undefined ? [] : [note(untold)]),
    ...(admin && !guest ? actions(other(who)) : []),
  ]
}

function other(who: Who) {
  return who === 'everyone'
    ? { label: 'Admins only', command: 'permissions admins' }
    : { label: 'Everyone', command: 'permissions everyone' }
}

function inWords(who: Who, channel: Destination): string {
  return who === 'everyone' ? 'everyone in it' : adminsInWords(channel)
}

/** Discord has no guests from other organisations. */
function whatIn({ platform }: Destination): string {
  return platform === 'discord' ? `${WHAT}.` : `${WHAT}; guests from other organisations change nothing.`
}

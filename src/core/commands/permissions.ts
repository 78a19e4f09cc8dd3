// permissions: who may change what a channel gets.
// The order: without admins, or where a person is alone, it is said that this makes no difference; nothing given shows it; only
// admins set it, whatever it is.
import { z } from 'zod'
import { settingsOf } from '#core/place-settings.ts'
import type { Block, Reply } from '#core/reply.ts'
import { type Rights, requireAdmin } from '#core/rights.ts'
import type { ChannelSettings } from '#core/settings.ts'
import { actions, note, prose, subject } from './blocks.ts'
import { defineCommand } from './command.ts'
import { givesAnything } from './input.ts'

type Who = ChannelSettings['changes']

export const permissions = defineCommand({
  path: ['permissions'],
  summary: 'Show or set who may change what this channel gets',
  examples: ['permissions', 'permissions admins', 'permissions everyone'],
  options: z.object({
    who: z
      .enum(['everyone', 'admins'])
      .optional()
      .meta({ description: 'everyone in the channel, or admins: those of the workspace, and whoever made the channel' }),
  }),
  positional: ['who'],
  changesChannel: givesAnything,
  async run({ who }, { store, destination, person, rights }): Promise<Reply> {
    const asker = await rights?.()
    if (!asker || asker.alone) return { visibility: 'private', blocks: [prose(asker ? ALONE : NO_ADMINS)] }
    const { changes: before } = await settingsOf(store, destination)
    if (who !== undefined) requireAdmin(asker)
    if (who === undefined || who === before) return { visibility: 'private', blocks: shown(before, asker) }
    await store.channels.set(destination, { changes: who })
    return {
      visibility: 'public',
      blocks: [
        prose(subject(person), ` changed who may change what this channel gets: ${WHO[who]} now. Before: ${WHO[before]}.`),
        note(WHAT),
        ...actions(other(who)),
      ],
    }
  },
})

const ALONE = 'These are your direct messages: nobody but you changes what comes here.'
const NO_ADMINS = 'There are no admins here: everybody who can ask may change everything.'
const WHO: Readonly<Record<Who, string>> = { everyone: 'everyone in it', admins: 'admins and whoever made the channel' }
const WHAT =
  'That is what is followed, its digest, pauses, quiet hours and how alerts come. To ask, vote and save, and to have papers in direct messages, stays open to all; guests from other organisations change nothing.'

function shown(who: Who, { admin, guest, untold }: Rights): Block[] {
  return [
    prose(`What this channel gets may be changed by ${WHO[who]}.`),
    note(WHAT),
    ...(untold === undefined ? [] : [note(untold)]),
    ...(admin && !guest ? actions(other(who)) : []),
  ]
}

function other(who: Who) {
  return who === 'everyone'
    ? { label: 'Admins only', command: 'permissions admins' }
    : { label: 'Everyone', command: 'permissions everyone' }
}

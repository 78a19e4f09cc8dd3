// alerts: how alerts come here: where they stand, how many a day, and what becomes of new versions and of echoes. On Discord,
// whether posts are published, and whom a digest mentions.
import { z } from 'zod'
import type { Action, Reply } from '#core/reply.ts'
import { requireAdmin } from '#core/rights.ts'
import type { ChannelSettings } from '#core/settings.ts'
import type { Destination } from '#core/subscription.ts'
import { actions, bold, counted, heading, list, note, prose, subject, toType, type Words } from './blocks.ts'
import { defineCommand } from './command.ts'
import { givesAnything } from './input.ts'
import { changeOnDiscord, mention, type OnDiscord, publish, rowsOnDiscord } from './on-discord.ts'

type Choices = Pick<ChannelSettings, 'alerts' | 'most' | 'versions' | 'echo'> & OnDiscord

export const alerts = defineCommand({
  path: ['alerts'],
  summary: 'Show or change how alerts come here',
  examples: ['alerts', 'alerts thread', 'alerts --most 20 --versions post --echo link'],
  options: z.object({
    style: z.enum(['flat', 'thread']).optional().meta({ description: 'flat: messages of the channel; thread: one thread a day' }),
    most: z.coerce
      .number()
      .int()
      .min(1)
      .max(500)
      .optional()
      .meta({ description: 'How many alert messages a day at most, 1 to 500; the digest takes the rest' }),
    versions: z
      .enum(['edit', 'post'])
      .optional()
      .meta({ description: 'A new version edits the message about the paper, or is posted too' }),
    echo: z
      .enum(['show', 'link'])
      .optional()
      .meta({ description: 'What another channel shows already: show it here too, or link to it' }),
    publish,
    mention,
  }),
  positional: ['style', 'most', 'versions', 'echo'],
  changesChannel: givesAnything,
  async run({ style, publish, mention, ...given }, { store, destination, person, rights }): Promise<Reply> {
    const onDiscord = changeOnDiscord({ publish, mention }, destination)
    // Whoever else may change the channel: it reaches people who did not choose it.
    if (rights && Object.keys(onDiscord).length > 0) requireAdmin(await rights(), destination, REACH)
    const before = await store.channels.get(destination)
    const change = {
      ...(style !== undefined && { alerts: style }),
      ...Object.fromEntries(Object.entries(given).filter(([, choice]) => choice !== undefined)),
      ...onDiscord,
    }
    const after: Choices = { ...before, ...change }
    const shownBefore = new Set(rows(before, destination).map((row) => JSON.stringify(row)))
    const changed = rows(after, destination).filter((row) => !shownBefore.has(JSON.stringify(row)))
    if (changed.length === 0) return { visibility: 'private', blocks: shown(after, destination) }
    await store.channels.set(destination, change)
    return {
      visibility: 'public',
      blocks: [
        prose(subject(person), ' changed how alerts come here:'),
        list(changed.map(inRow)),
        note('All of it: ', toType('alerts')),
      ],
    }
  },
})

const REACH = 'have posts go on to other servers, or mention a role'

interface Row {
  readonly name: string
  readonly choice: Words
  readonly text: string
}

function shown(settings: Choices, destination: Destination) {
  const other: Action[] = [
    settings.alerts === 'flat'
      ? { label: 'In a thread a day', command: 'alerts --style thread' }
      : { label: 'Flat', command: 'alerts --style flat' },
    settings.versions === 'edit'
      ? { label: 'Post new versions', command: 'alerts --versions post' }
      : { label: 'Edit for new versions', command: 'alerts --versions edit' },
    settings.echo === 'show'
      ? { label: 'Link echoes', command: 'alerts --echo link' }
      : { label: 'Show echoes', command: 'alerts --echo show' },
  ]
  return [
    heading('How alerts come here'),
    list(rows(settings, destination).map(inRow)),
    note('To change the number: ', toType('alerts --most 20'), '. Hours without alerts: ', toType('quiet')),
    ...actions(...other),
  ]
}

function rows({ alerts, most, versions, echo, ...others }: Choices, destination: Destination): Row[] {
  return [
    {
      name: 'style',
      choice: bold(alerts),
      text: alerts === 'flat' ? 'each alert is a message of the channel' : 'the alerts of a day stand in one thread',
    },
    {
      name: 'most',
      choice: bold(`${most}`),
      text: `after ${counted(most, 'alert message')} a day, papers wait for the digest, or for one message the next day`,
    },
    {
      name: 'versions',
      choice: bold(versions),
      text:
        versions === 'edit'
          ? 'a new version changes the message about the paper, in place'
          : 'a new version changes the message about the paper, and is posted too',
    },
    {
      name: 'echo',
      choice: bold(echo),
      text:
        echo === 'show'
          ? 'a paper is shown in full, whatever other channels show'
          : 'a paper that another channel of the workspace shows already is a link to it',
    },
    ...rowsOnDiscord(others, destination),
  ]
}

function inRow({ name, choice, text }: Row): Words[] {
  return [`${name} `, choice, ` · ${text}`]
}

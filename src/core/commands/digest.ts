// digest off, show, preview and now: what this channel's digest is, and what it would say.
import { z } from 'zod'
import type { Block, Reply } from '#core/reply.ts'
import { actions, code, note, prose, subject } from './blocks.ts'
import { type Context, defineCommand } from './command.ts'
import { nothingFollowed } from './following.ts'
import { scheduleInWords, slotInWords } from './slot-words.ts'

export const digestOff = defineCommand({
  path: ['digest', 'off'],
  summary: 'Post no digest here any more',
  examples: ['digest off'],
  options: z.object({}),
  positional: [],
  async run(_, { store, destination, person }): Promise<Reply> {
    const before = await store.schedules.ofDestination(destination)
    if (!before) return { visibility: 'private', blocks: noDigest() }
    await store.schedules.remove(destination)
    return {
      visibility: 'public',
      blocks: [
        prose(subject(person), ' turned the digest here off.'),
        note(`It came ${scheduleInWords(before)}, set by ${before.owner.name}. What is followed stays followed.`),
        ...actions({ label: 'Following', command: 'following' }),
      ],
    }
  },
})

export const digestShow = defineCommand({
  path: ['digest', 'show'],
  summary: 'Say when the digest comes here',
  examples: ['digest show'],
  options: z.object({}),
  positional: [],
  async run(_, { store, destination, clock, digests }): Promise<Reply> {
    const schedule = await store.schedules.ofDestination(destination)
    if (!schedule) return { visibility: 'private', blocks: noDigest() }
    const now = clock.now()
    const next = await digests.next(schedule, now)
    const last = await store.schedules.lastSlot(schedule.id)
    const outcome =
      last && { posted: 'was posted', empty: 'was empty and not posted', merged: 'went into the one after it' }[last.outcome]
    return {
      visibility: 'private',
      blocks: [
        prose(
          `The digest comes here ${scheduleInWords(schedule)}, from the template ${schedule.template}, set by ${schedule.owner.name}.`,
        ),
        prose(`The next one comes on ${slotInWords(next, schedule.zone, now)}.`),
        ...(last ? [note(`The one of ${last.at.slice(0, 10)} ${outcome}.`)] : []),
        ...actions({ label: 'Preview', command: 'digest preview' }, { label: 'Turn off', command: 'digest off' }),
      ],
    }
  },
})

export const digestPreview = defineCommand({
  path: ['digest', 'preview'],
  summary: 'Show, to you alone, what the digest would say now',
  examples: ['digest preview'],
  options: z.object({}),
  positional: [],
  run: async (_, context): Promise<Reply> => ({ visibility: 'private', blocks: await digestBlocks(context) }),
})

export const digestNow = defineCommand({
  path: ['digest', 'now'],
  summary: 'Show everyone here what the digest would say now',
  examples: ['digest now'],
  options: z.object({}),
  positional: [],
  run: async (_, context): Promise<Reply> => ({
    visibility: 'public',
    blocks: [...(await digestBlocks(context)), note(`Asked for by ${context.person.name}. The regular digest comes as before.`)],
  }),
})

async function digestBlocks({ store, digests, templates, destination, clock }: Context): Promise<readonly Block[]> {
  const model = await digests.preview(destination, clock.now())
  if (model.papers.length + model.alerted.length === 0) {
    const followed = await store.subscriptions.ofDestination(destination)
    return followed.length === 0
      ? nothingFollowed()
      : [prose('The digest would be empty: no paper known here fits what is followed.')]
  }
  const schedule = await store.schedules.ofDestination(destination)
  return templates.digest(schedule?.template ?? 'digest', model)
}

function noDigest(): Block[] {
  return [prose('No digest is posted here.'), note('To have one each Monday at 09:00: ', code('digest weekly'))]
}

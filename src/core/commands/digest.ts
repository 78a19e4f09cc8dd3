// digest off, show, preview and now: what a place's digest is, and what it would say.
import { z } from 'zod'
import { settingsOf } from '#core/place-settings.ts'
import type { Block, Reply } from '#core/reply.ts'
import { actions, note, prose, subject, toType } from './blocks.ts'
import { type Context, defineCommand } from './command.ts'
import { templateToTry } from './digest-options.ts'
import { nothingFollowed } from './following.ts'
import { knownTemplate } from './known-template.ts'
import { nextDigest } from './next-digest.ts'
import { type PlaceMeant, placeOf, placeOption } from './place.ts'
import { keptBack } from './settings-words.ts'
import { dayOf, scheduleInWords } from './slot-words.ts'

const options = z.object({ for: placeOption })

export const digestOff = defineCommand({
  path: ['digest', 'off'],
  summary: 'Post no digest here any more',
  examples: ['digest off', 'digest off --for me'],
  options,
  positional: [],
  changesChannel: true,
  async run({ for: name }, context): Promise<Reply> {
    const { store, person } = context
    const place = await placeOf(context, name)
    const { destination, words, option, visibility } = place
    const before = await store.schedules.ofDestination(destination)
    if (!before) return { visibility: 'private', blocks: noDigest(place) }
    await store.schedules.remove(destination)
    return {
      visibility,
      blocks: [
        prose(subject(person), ` turned the digest ${words} off.`),
        note(`It came ${scheduleInWords(before)}, set by ${before.owner.name}. What is followed stays followed.`),
        ...actions({ label: 'Following', command: `following${option}` }),
      ],
    }
  },
})

export const digestShow = defineCommand({
  path: ['digest', 'show'],
  summary: 'Say when the digest comes here',
  examples: ['digest show', 'digest show --for me'],
  options,
  positional: [],
  usually: 'private',
  async run({ for: name }, context): Promise<Reply> {
    const { store, clock, zone = 'UTC' } = context
    const place = await placeOf(context, name)
    const { destination, words, option } = place
    const now = clock.now()
    const schedule = await store.schedules.ofDestination(destination)
    const kept = keptBack(await settingsOf(store, destination), { words, now, zone }).map((sentence) => prose(sentence))
    if (!schedule) return { visibility: 'private', blocks: [...noDigest(place), ...kept] }
    const next = await nextDigest(schedule, context)
    const last = await store.schedules.lastSlot(schedule.id)
    const outcome = last && { posted: 'was posted', empty: 'had no papers', merged: 'went into the one after it' }[last.outcome]
    return {
      visibility: 'private',
      blocks: [
        prose(
          `The digest comes ${words} ${scheduleInWords(schedule)}, from the template ${schedule.template}, set by ${schedule.owner.name}.`,
        ),
        prose(`The next one comes ${next}.`),
        ...kept,
        note(schedule.whenEmpty === 'line' ? 'One without papers is a line that says so.' : 'One without papers is not posted.'),
        ...(last ? [note(`The one of ${dayOf(last.at, schedule.zone, now)} ${outcome}.`)] : []),
        ...actions(
          { label: 'Preview', command: `digest preview${option}` },
          { label: 'Turn off', command: `digest off${option}` },
        ),
      ],
    }
  },
})

export const digestPreview = defineCommand({
  path: ['digest', 'preview'],
  summary: 'Show, to you alone, what the digest would say now',
  examples: ['digest preview', 'digest preview --for me', 'digest preview --template digest'],
  options: z.object({ for: placeOption, template: templateToTry }),
  positional: [],
  usually: 'private',
  run: async ({ for: name, template }, context): Promise<Reply> => ({
    visibility: 'private',
    blocks: (await digestNowOf(await placeOf(context, name), context, template)).blocks,
  }),
})

export const digestNow = defineCommand({
  path: ['digest', 'now'],
  summary: 'Show everyone here what the digest would say now',
  examples: ['digest now'],
  options: z.object({}),
  positional: [],
  changesChannel: true,
  async run(_, context): Promise<Reply> {
    const { blocks, isEmpty } = await digestNowOf(await placeOf(context, 'here'), context)
    if (isEmpty) return { visibility: 'private', blocks }
    const by = note(`Asked for by ${context.person.name}. The regular digest comes as before.`)
    return { visibility: 'public', blocks: [...blocks, by] }
  },
})

async function digestNowOf(
  place: PlaceMeant,
  { store, digests, templates, clock }: Context,
  wish?: string,
): Promise<{ readonly blocks: readonly Block[]; readonly isEmpty: boolean }> {
  const tried = wish === undefined ? undefined : await knownTemplate(wish, templates)
  const model = await digests.preview(place.destination, clock.now())
  if (model.papers.length + model.alerted.length === 0) {
    const followed = await store.subscriptions.ofDestination(place.destination)
    const empty = [prose('The digest would be empty: no paper known here fits what is followed.')]
    return { blocks: followed.length === 0 ? nothingFollowed(place) : empty, isEmpty: true }
  }
  const schedule = await store.schedules.ofDestination(place.destination)
  return { blocks: await templates.digest(tried ?? schedule?.template ?? 'digest', model), isEmpty: false }
}

function noDigest({ words, option }: PlaceMeant): Block[] {
  return [prose(`No digest is posted ${words}.`), note('To have one each Monday at 09:00: ', toType(`digest weekly${option}`))]
}

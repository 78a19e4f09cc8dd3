// digest weekly, daily and monthly: when a place gets its digest.
import { z } from 'zod'
import type { Reply } from '#core/reply.ts'
import type { Frequency, Schedule } from '#core/schedule.ts'
import { destinationKey } from '#core/subscription.ts'
import { actions, note, prose, subject, toType } from './blocks.ts'
import { type Context, defineCommand } from './command.ts'
import { dayOfMonth, empty, template, time, weekday, zone } from './digest-options.ts'
import { knownTemplate } from './known-template.ts'
import { nextDigest } from './next-digest.ts'
import { type PlaceName, placeOf, placeOption } from './place.ts'
import { scheduleInWords, WEEKDAYS } from './slot-words.ts'
import { zoneMeant } from './zone-meant.ts'

const TEMPLATE = 'digest'
const TIME = '09:00'

interface Wish {
  readonly day: number
  readonly time?: string | undefined
  readonly zone?: string | undefined
  readonly template?: string | undefined
  readonly empty?: Schedule['whenEmpty'] | undefined
  readonly for: PlaceName
}

export const digestWeekly = defineCommand({
  path: ['digest', 'weekly'],
  summary: 'Post a digest here each week',
  examples: ['digest weekly', 'digest weekly --day friday --time 16:00 --zone Europe/Berlin'],
  options: z.object({ day: weekday, time, zone, template, empty, for: placeOption }),
  positional: ['day', 'time', 'zone'],
  changesChannel: true,
  completions: { zone: 'zone' },
  run: ({ day, ...rest }, context) => setSchedule('weekly', { day: WEEKDAYS.indexOf(day) + 1, ...rest }, context),
})

export const digestDaily = defineCommand({
  path: ['digest', 'daily'],
  summary: 'Post a digest here each day',
  examples: ['digest daily', 'digest daily --time 08:30 --zone America/New_York', 'digest daily --for me'],
  options: z.object({ time, zone, template, empty, for: placeOption }),
  positional: ['time', 'zone'],
  changesChannel: true,
  completions: { zone: 'zone' },
  run: (wish, context) => setSchedule('daily', { day: 1, ...wish }, context),
})

export const digestMonthly = defineCommand({
  path: ['digest', 'monthly'],
  summary: 'Post a digest here each month',
  examples: ['digest monthly', 'digest monthly --day last --time 17:00'],
  options: z.object({ day: dayOfMonth, time, zone, template, empty, for: placeOption }),
  positional: ['day', 'time', 'zone'],
  changesChannel: true,
  completions: { zone: 'zone' },
  run: ({ day = 1, ...rest }, context) => setSchedule('monthly', { day, ...rest }, context),
})

async function setSchedule(frequency: Frequency, wish: Wish, context: Context): Promise<Reply> {
  const { store, person, clock, templates, digests } = context
  const { destination, words, option, visibility } = await placeOf(context, wish.for)
  const now = clock.now()
  const before = await store.schedules.ofDestination(destination)
  const schedule: Schedule = {
    // The same id, so that a slot that was posted under the old times is not posted again under the new ones.
    id: before?.id ?? `${destinationKey(destination)}/${now}`,
    destination,
    frequency,
    day: wish.day,
    time: wish.time ?? TIME,
    zone: await zoneMeant({ said: wish.zone, before: before?.zone }, context),
    template: await templateOf(wish, before, templates),
    whenEmpty: wish.empty ?? before?.whenEmpty ?? 'skip',
    owner: person,
    createdAt: now.toString(),
  }
  // A template that is wrong is refused now, not at the first digest.
  if (wish.template !== undefined) await templates.digest(schedule.template, await digests.preview(destination, now))
  await store.schedules.set(schedule)
  const followed = await store.subscriptions.ofDestination(destination)
  return {
    visibility,
    blocks: [
      prose(subject(person), ` set the digest ${words}: ${scheduleInWords(schedule)}${looksInWords(schedule)}.`),
      prose(`The next one comes ${await nextDigest(schedule, context)}.`),
      ...(before ? [note(`Before: ${scheduleInWords(before)}${looksInWords(before)}, set by ${before.owner.name}.`)] : []),
      ...(followed.length === 0
        ? [
            note(
              `Nothing is followed ${words} yet, so it would be empty. For example: `,
              toType(`follow topic "sparse autoencoder"${option}`),
            ),
          ]
        : []),
      ...actions({ label: 'Preview', command: `digest preview${option}` }, { label: 'Turn off', command: `digest off${option}` }),
    ],
  }
}

/** The one before stays as long as it is there. */
async function templateOf({ template }: Wish, before: Schedule | undefined, templates: Context['templates']): Promise<string> {
  if (template !== undefined) return knownTemplate(template, templates)
  return before && (await templates.names()).includes(before.template) ? before.template : TEMPLATE
}

/** What of its looks somebody chose. */
function looksInWords({ template, whenEmpty }: Schedule): string {
  const from = template === TEMPLATE ? '' : `, from the template ${template}`
  return whenEmpty === 'line' ? `${from}, with a line where it is empty` : from
}

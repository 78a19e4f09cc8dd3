// quiet: the hours and days on which no alert comes here.
// The order: nothing given shows it; off; else what is given is changed and the rest stays; never is refused.
import { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import { isAlwaysQuiet } from '#core/quiet.ts'
import type { Reply } from '#core/reply.ts'
import type { Quiet } from '#core/settings.ts'
import { actions, note, prose, subject, toType } from './blocks.ts'
import { type Context, defineCommand } from './command.ts'
import { zone } from './digest-options.ts'
import { givesAnything } from './input.ts'
import { days, hours, NO_HOURS } from './quiet-options.ts'
import { heldIn, quietEnd, quietInWords, waitInWords } from './settings-words.ts'
import { asksForZone, zoneMeant } from './zone-meant.ts'

export const quiet = defineCommand({
  path: ['quiet'],
  summary: 'Set hours and days on which no alert comes here',
  examples: ['quiet 22:00-08:00', 'quiet 20:00-07:30 --days weekend --zone Europe/Berlin', 'quiet off'],
  options: z.object({ hours, days, zone }),
  positional: ['hours'],
  changesChannel: givesAnything,
  completions: { zone: 'zone' },
  async run({ hours: typed, days: typedDays, zone: typedZone }, context): Promise<Reply> {
    const { store, destination, person, clock } = context
    const { quiet: before } = await store.channels.get(destination)
    if (typed === undefined && typedDays === undefined && typedZone === undefined) return shown(before, context)
    if (typed === 'off') return turnOff(before, context)
    // “quiet weekend” names days where hours are expected.
    const [hoursGiven, daysGiven] = isDays(typed) ? [undefined, typedDays ?? typed] : [typed, typedDays]
    const after: Quiet = {
      ...(hoursGiven ?? before ?? NO_HOURS),
      days: daysGiven ?? before?.days ?? [],
      zone: (typedZone === undefined && before?.zone) || (await zoneMeant({ said: typedZone }, context)),
    }
    if (after.from === after.to && after.days.length === 0)
      return typedZone === undefined ? turnOff(before, context) : shown(undefined, context)
    if (isAlwaysQuiet(after)) {
      throw new UserInputError('Then no alert would ever come here.', {
        hint: 'Leave one day out, or have papers in the digest alone: they are followed with --cadence digest. For a while: pause 2 weeks',
      })
    }
    await store.channels.set(destination, { quiet: after })
    return {
      visibility: 'public',
      blocks: [
        prose(subject(person), ` set quiet hours here: no alerts come ${quietInWords(after)}.`),
        ...nowQuiet(after, clock.now()),
        note(WHAT_WAITS, before ? ` Before: ${quietInWords(before)}.` : ''),
        ...actions(OFF),
      ],
    }
  },
})

const OFF = { label: 'No quiet hours', command: 'quiet off' }
const WHAT_WAITS = 'Alerts wait until it ends, and more than five come in one message; the digest comes at its own time.'

function isDays(typed: Quiet['days'] | object | undefined): typed is Quiet['days'] {
  return Array.isArray(typed)
}

async function shown(quiet: Quiet | undefined, { clock, zone, destination }: Context): Promise<Reply> {
  const own = zone ?? (asksForZone(destination) ? 'which is asked for' : 'UTC')
  return {
    visibility: 'private',
    blocks: quiet
      ? [prose(`No alerts come here ${quietInWords(quiet)}.`), ...nowQuiet(quiet, clock.now()), note(WHAT_WAITS), ...actions(OFF)]
      : [
          prose('Alerts come here at any hour and on any day.'),
          note(
            'To have none at night: ',
            toType('quiet 22:00-08:00'),
            `, in your time zone (${own}). At the weekend: `,
            toType('quiet weekend'),
          ),
        ],
  }
}

async function turnOff(before: Quiet | undefined, context: Context): Promise<Reply> {
  if (!before) return shown(undefined, context)
  const { store, destination, person } = context
  await store.channels.set(destination, { quiet: undefined })
  const waiting = new Set((await heldIn(destination, store)).flatMap(({ paper, why }) => (why === 'quiet' ? [paper] : []))).size
  return {
    visibility: 'public',
    blocks: [
      prose(subject(person), ' turned quiet hours off here: alerts come at any time.'),
      note(`Before, none came ${quietInWords(before)}.`, waiting === 0 ? '' : ` ${waitInWords(waiting)}, for the next pass.`),
    ],
  }
}

function nowQuiet(quiet: Quiet, now: Temporal.Instant) {
  const end = quietEnd(quiet, now)
  return end === undefined ? [] : [prose(`It is quiet now, until ${end}.`)]
}

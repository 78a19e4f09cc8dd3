// test: whether Paperboy can post here, found out by posting; follow does the same where nothing was posted lately.
import { z } from 'zod'
import type { DeliveryFailure } from '#core/errors.ts'
import type { Block, Reply } from '#core/reply.ts'
import { isPaused } from '#core/settings.ts'
import type { Cadence, PlatformName, Target } from '#core/subscription.ts'
import { actions, bold, code, note, prose, upperFirst } from './blocks.ts'
import { type Context, defineCommand } from './command.ts'
import { type PlaceMeant, placeOf, placeOption } from './place.ts'
import { cadenceInWords, targetSpans } from './targets.ts'

/** So long a post proves that the next one will be taken too. */
const PROVEN_HOURS = 30 * 24

export const testPost = defineCommand({
  path: ['test'],
  summary: 'Post a test here, to see whether Paperboy can',
  examples: ['test', 'test --for me'],
  options: z.object({ for: placeOption }),
  positional: [],
  usually: 'private',
  changesChannel: true,
  async run({ for: name }, context): Promise<Reply> {
    const place = await placeOf(context, name)
    const { suspension } = await context.store.channels.get(place.destination)
    const asked = note(`A test that ${context.person.name} asked for.`)
    const posted = await context.posting.test(place.destination, [prose('Paperboy can post here.'), asked], context.person)
    if (!posted.ok) return { visibility: 'private', blocks: refused('', posted, place) }
    return {
      visibility: 'private',
      blocks: [
        prose(`It worked: Paperboy can post ${place.words}.`),
        ...(suspension ? [note('What waited since it could not comes now.')] : []),
      ],
    }
  },
})

/** Posts what is followed now, where nothing was posted lately and nobody paused posts; what is to be said where that is refused. */
export async function proved(target: Target, cadence: Cadence, place: PlaceMeant, context: Context): Promise<Block[]> {
  const { store, posting, person, clock } = context
  const { destination } = place
  if (destination.platform === 'terminal') return []
  const settings = await store.channels.get(destination)
  if (isPaused(settings, clock.now())) return []
  const since = clock.now().subtract({ hours: PROVEN_HOURS }).toString()
  if (!settings.suspension && (await store.ledger.postedSince(destination, since))) return []
  const posted = await posting.test(
    destination,
    [
      prose('New papers of ', ...targetSpans(target), ` come here ${cadenceInWords(cadence)}.`),
      note(`Followed by ${person.name}. This post shows that Paperboy can post here.`),
    ],
    person,
  )
  return posted.ok ? [] : refused('It is saved, but ', posted, place)
}

function refused(
  before: string,
  { kind, message }: { readonly kind: DeliveryFailure; readonly message: string },
  { destination, words, option }: PlaceMeant,
): Block[] {
  const again = actions({ label: 'Test again', command: `test${option}` })
  const isOfPlace = kind === 'gone' || kind === 'forbidden' || kind === 'revoked'
  const what = isOfPlace ? `nothing can be posted ${words} yet: ` : `whether Paperboy can post ${words} is not known: `
  const mend = isOfPlace ? mendOf(kind, destination.platform, option) : ['Try it again in a while.']
  return [prose(bold(upperFirst(`${before}${what}`)), message), prose(...mend), ...again]
}

function mendOf(kind: 'gone' | 'forbidden' | 'revoked', platform: PlatformName, option: PlaceMeant['option']) {
  if (kind === 'revoked') return ['Whoever runs Paperboy has to install it here again.']
  if (option === ' --for me') return ['Whoever runs Paperboy has to allow its app to write direct messages.']
  if (kind === 'gone') {
    return [
      'If the channel is archived, open it again; otherwise invite Paperboy',
      ...(platform === 'slack' ? [': ', code('/invite @Paperboy')] : []),
      '. Then press the button.',
    ]
  }
  if (platform === 'slack') return ['Invite it: ', code('/invite @Paperboy'), '. Then press the button.']
  return ['Allow Paperboy to see this channel and to write in it. Then press the button.']
}

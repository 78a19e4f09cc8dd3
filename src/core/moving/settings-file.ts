// The file that carries settings from one installation to another: who follows what, digests, channels' settings. No token and
// no secret is ever in it.
import { z } from 'zod'
import { authorKey } from '#core/author-name.ts'
import { PaperboyError, UserInputError } from '#core/errors.ts'
import { feedAddress } from '#core/feed-address.ts'
import { bareOrcid } from '#core/orcid.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'
import type { Evidence, Target } from '#core/subscription.ts'
import { writtenCategory } from '#core/text/category.ts'

export const SETTINGS_VERSION = 1
const ZONE_HINT = 'a time zone, for instance Europe/Berlin'
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/
const MOST_PROBLEMS = 5

const id = z.string().min(1)
/** Half a letter, which a file may hold as an escape, is in no platform's id. */
const place = id.max(200).refine((text) => text.isWellFormed(), 'a text of whole letters')
const time = z.string().regex(TIME, 'a time of day, for instance 09:00')
const zone = z.string().refine(isZone, ZONE_HINT)
const person = z.strictObject({ id: z.string(), name: z.string() })
const evidence = z.strictObject({
  coauthors: z.array(z.string()),
  categories: z.array(z.string()),
  orgs: z.array(z.string()),
  several: z.literal(true).optional(),
})
const common = { cadence: z.enum(['now', 'digest', 'both']), by: person }

const follow = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('author'), name: id, orcid: id.optional(), evidence: evidence.optional(), ...common }),
  z.strictObject({ kind: z.literal('topic'), query: id, ...common }),
  z.strictObject({ kind: z.literal('category'), category: id, primaryOnly: z.literal(true).optional(), ...common }),
  z.strictObject({ kind: z.literal('feed'), url: id, name: id, ...common }),
])

const digest = z
  .strictObject({
    frequency: z.enum(['daily', 'weekly', 'monthly']),
    day: z.int().min(1).max(31),
    time,
    zone,
    template: id,
    whenEmpty: z.enum(['skip', 'line']),
    by: person,
  })
  .refine(({ frequency, day }) => frequency !== 'weekly' || day <= 7, 'the day of a week is 1 to 7')

const settings = z.strictObject({
  alerts: z.enum(['flat', 'thread']).optional(),
  most: z.int().min(0).optional(),
  versions: z.enum(['edit', 'post']).optional(),
  echo: z.enum(['show', 'link']).optional(),
  changes: z.enum(['everyone', 'admins']).optional(),
  publish: z.literal(true).optional(),
  mention: id.optional(),
  quiet: z.strictObject({ from: time, to: time, days: z.array(z.int().min(1).max(7)), zone }).optional(),
})

const placed = z.strictObject({
  platform: z.enum(['slack', 'discord', 'terminal']),
  workspace: place,
  channel: place,
  thread: place.optional(),
  follows: z.array(follow).default([]),
  digest: digest.optional(),
  settings: settings.optional(),
})

const file = z.strictObject({
  paperboy: z.literal('settings'),
  version: z.literal(SETTINGS_VERSION),
  exportedAt: z.string().optional(),
  /** Where a place of the file leads: `"slack:T1/C1": "discord:G1/C9"`. */
  map: z.record(z.string(), z.string()).optional(),
  places: z.array(placed),
})

export type SettingsFile = z.infer<typeof file>
export type SettingsPlace = SettingsFile['places'][number]
export type Follow = SettingsPlace['follows'][number]
export type CarriedSettings = z.infer<typeof settings>

/** What of a channel's settings is carried: how long it is paused, and whether it can be posted to, is the installation's. */
export const CARRIED = Object.keys(settings.shape) as (keyof CarriedSettings)[]

/** Throws UserInputError that names each place and what has to be there. */
export function readSettings(text: string): SettingsFile {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new UserInputError('The file is no JSON.', { hint: 'It has to be one that paperboy settings export made.', cause })
  }
  const version = json !== null && typeof json === 'object' && 'version' in json ? json.version : undefined
  if (typeof version === 'number' && version > SETTINGS_VERSION) {
    throw new UserInputError(`The file is of version ${version}, from a newer Paperboy.`, { hint: 'Update Paperboy here.' })
  }
  const read = file.safeParse(json)
  if (read.success) return read.data
  const problems = read.error.issues.map(({ path, message }) => `${path.length === 0 ? 'The file' : path.join('.')}: ${message}`)
  const rest = problems.length > MOST_PROBLEMS ? [`… and ${problems.length - MOST_PROBLEMS} more`] : []
  throw new UserInputError(['The file cannot be read.', ...problems.slice(0, MOST_PROBLEMS), ...rest].join('\n  '), {
    hint: 'It has to be one that paperboy settings export made.',
  })
}

/** What is followed, as a person would have followed it now. Throws UserInputError that says where it stands. */
export function targetOf(follow: Follow, where: string): Target {
  try {
    return meant(follow)
  } catch (error) {
    if (!(error instanceof PaperboyError)) throw error
    throw new UserInputError(`${where}: ${error.message}`, { ...(error.hint !== undefined && { hint: error.hint }) })
  }
}

function meant(follow: Follow): Target {
  switch (follow.kind) {
    case 'author': {
      const { name, evidence } = follow
      const [key, orcid] = [authorKey(name), bareOrcid(follow.orcid)]
      if (key === '') throw new UserInputError(`“${name}” is no name.`)
      if (follow.orcid !== undefined && orcid === undefined) throw new UserInputError(`“${follow.orcid}” is no ORCID.`)
      return {
        kind: 'author',
        key,
        name,
        ...(orcid !== undefined && { orcid }),
        ...(evidence && { evidence: known(evidence) }),
      }
    }
    case 'topic': {
      const query = { ...parseQuery(follow.query), sort: 'relevance' as const }
      if (query.expression === null) throw new UserInputError('A topic needs at least one word or field.')
      return { kind: 'topic', query: printQuery(query) }
    }
    case 'category':
      return { kind: 'category', category: writtenCategory(follow.category), ...(follow.primaryOnly && { primaryOnly: true }) }
    case 'feed': {
      const address = feedAddress(follow.url)
      return address.kind === 'category' ? address : { kind: 'feed', url: address.url, name: follow.name }
    }
  }
}

function known({ coauthors, categories, orgs, several }: z.infer<typeof evidence>): Evidence {
  return { coauthors: coauthors.map(authorKey), categories, orgs, ...(several && { several }) }
}

function isZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

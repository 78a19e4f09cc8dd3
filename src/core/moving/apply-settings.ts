// A settings file → what changes by it, in words, and the changes. Each place that the file names becomes as the file says,
// whatever else it had; places that it does not name stay as they are. Doing it again changes nothing.
import { UserInputError } from '#core/errors.ts'
import type { StoreParts } from '#core/ports/store.ts'
import type { Schedule } from '#core/schedule.ts'
import {
  type Destination,
  destinationKey,
  NOBODY,
  type Person,
  type Subscription,
  subscriptionId,
  targetKey,
} from '#core/subscription.ts'
import { carriedOf } from './export-settings.ts'
import { CARRIED, type CarriedSettings, type SettingsFile, type SettingsPlace, targetOf } from './settings-file.ts'

type Parts = Pick<StoreParts, 'subscriptions' | 'schedules' | 'channels'>

export interface Step {
  /** `+` comes, `-` goes, `~` becomes another, `=` stays, `!` is left out. */
  readonly sign: '+' | '-' | '~' | '=' | '!'
  readonly place: Destination
  readonly what: string
  readonly change?: (parts: Parts) => Promise<unknown>
}

/** Throws UserInputError where something in the file cannot be followed, or two places of it lead to one. */
export async function planSettings(
  file: SettingsFile,
  lead: (place: Destination) => Destination,
  parts: Parts,
  now: Temporal.Instant,
): Promise<Step[]> {
  const steps: Step[] = []
  const taken = new Set<string>()
  for (const [at, { follows, digest, settings, ...from }] of file.places.entries()) {
    const source: Destination = withThread(from)
    const to = lead(source)
    const isElsewhere = to.platform !== source.platform || to.workspace !== source.workspace || to.channel !== source.channel
    if (isElsewhere && source.thread !== undefined) {
      steps.push({ sign: '!', place: source, what: 'a thread stays where it is: nothing of it is carried to another channel' })
      continue
    }
    const key = destinationKey(to)
    if (taken.has(key))
      throw new UserInputError(`Two places of the file lead to ${placeName(to)}.`, { hint: 'Map each to one of its own.' })
    taken.add(key)
    const isStranger = to.platform !== source.platform || to.workspace !== source.workspace
    // Ids of people mean nothing in another workspace.
    const owner = (by: Person): Person => (isStranger ? { id: NOBODY, name: by.name } : by)
    const place = { at, to, owner, isStranger, now }
    steps.push(...(await planFollows(follows, place, parts)))
    steps.push(...(await planDigest(digest, place, parts)))
    if (to.thread === undefined) steps.push(...(await planChannel(settings, place, parts)))
  }
  return steps
}

interface PlannedPlace {
  /** Its place in the file. */
  readonly at: number
  readonly to: Destination
  readonly owner: (by: Person) => Person
  readonly isStranger: boolean
  readonly now: Temporal.Instant
}

async function planFollows(
  follows: SettingsPlace['follows'],
  { at, to, owner, now }: PlannedPlace,
  { subscriptions }: Parts,
): Promise<Step[]> {
  const before = new Map((await subscriptions.ofDestination(to)).map((one) => [targetKey(one.target), one]))
  const steps: Step[] = []
  const named = new Set<string>()
  for (const [nth, follow] of follows.entries()) {
    const target = targetOf(follow, `places.${at}.follows.${nth}`)
    const key = targetKey(target)
    if (named.has(key)) continue
    named.add(key)
    const known = before.get(key)
    const { cadence } = follow
    if (known === undefined) {
      const createdAt = now.toString()
      const id = subscriptionId(to, target, createdAt)
      const fresh: Subscription = { id, destination: to, target, cadence, owner: owner(follow.by), createdAt }
      steps.push({ sign: '+', place: to, what: `follows ${key} (${cadence})`, change: (parts) => parts.subscriptions.add(fresh) })
    } else if (known.cadence !== cadence) {
      const what = `follows ${key}: ${known.cadence} becomes ${cadence}`
      steps.push({ sign: '~', place: to, what, change: (parts) => parts.subscriptions.setCadence(to, known.id, cadence) })
    } else steps.push({ sign: '=', place: to, what: `follows ${key} (${cadence})` })
  }
  for (const [key, { id, cadence }] of before) {
    if (named.has(key)) continue
    steps.push({
      sign: '-',
      place: to,
      what: `follows ${key} (${cadence})`,
      change: (parts) => parts.subscriptions.remove(to, [id]),
    })
  }
  return steps
}

async function planDigest(
  digest: SettingsPlace['digest'],
  { to, owner, now }: PlannedPlace,
  { schedules }: Parts,
): Promise<Step[]> {
  const before = await schedules.ofDestination(to)
  if (digest === undefined) {
    if (before === undefined) return []
    return [{ sign: '-', place: to, what: digestText(before), change: (parts) => parts.schedules.remove(to) }]
  }
  const { by, ...when } = digest
  if (before !== undefined && Object.entries(when).every(([name, value]) => before[name as keyof Schedule] === value)) {
    return [{ sign: '=', place: to, what: digestText(before) }]
  }
  const id = before?.id ?? `${destinationKey(to)}/${now}`
  const fresh: Schedule = { id, destination: to, ...when, owner: owner(by), createdAt: now.toString() }
  const what = before === undefined ? digestText(fresh) : `${digestText(before)} becomes ${digestText(fresh)}`
  return [{ sign: before === undefined ? '+' : '~', place: to, what, change: (parts) => parts.schedules.set(fresh) }]
}

async function planChannel(
  settings: SettingsPlace['settings'] = {},
  { to, isStranger }: PlannedPlace,
  { channels }: Parts,
): Promise<Step[]> {
  const before = carriedOf(await channels.get(to))
  const { mention, ...others } = settings
  const wanted: CarriedSettings = isStranger ? others : settings
  const steps: Step[] = []
  if (isStranger && mention !== undefined) {
    steps.push({ sign: '!', place: to, what: `mention ${mention}: a role of another workspace is not carried` })
  }
  for (const name of CARRIED) {
    const [old, value] = [before[name], wanted[name]]
    if (old === undefined && value === undefined) continue
    const said = (one: unknown) => `${name} ${typeof one === 'string' ? one : JSON.stringify(one)}`
    const isSame = textOf(old) === textOf(value)
    const sign = isSame ? '=' : old === undefined ? '+' : value === undefined ? '-' : '~'
    const what = sign === '~' ? `${said(old)} becomes ${said(value)}` : said(value ?? old)
    const change = (parts: Parts) => parts.channels.set(to, { [name]: value })
    steps.push({ sign, place: to, what, ...(!isSame && { change }) })
  }
  return steps
}

/** Equal for equal values, whatever the order of their names. */
function textOf(value: unknown): string | undefined {
  return JSON.stringify(value, value !== null && typeof value === 'object' ? Object.keys(value).sort() : undefined)
}

function digestText({
  frequency,
  day,
  time,
  zone,
  template,
  whenEmpty,
}: Omit<Schedule, 'id' | 'destination' | 'owner' | 'createdAt'>): string {
  return `digest ${frequency}, day ${day}, ${time} ${zone}, template ${template}, empty ${whenEmpty}`
}

export function placeName({ platform, workspace, channel, thread }: Destination): string {
  return `${platform}:${workspace}/${channel}${thread === undefined ? '' : `, thread ${thread}`}`
}

function withThread({ thread, ...place }: Omit<SettingsPlace, 'follows' | 'digest' | 'settings'>): Destination {
  return { ...place, ...(thread !== undefined && { thread }) }
}

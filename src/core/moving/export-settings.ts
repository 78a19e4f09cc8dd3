// The settings of an installation, or of one workspace, as a file.
import type { StoreParts } from '#core/ports/store.ts'
import { type ChannelSettings, DEFAULT_SETTINGS } from '#core/settings.ts'
import { type Destination, destinationKey, type Subscription, targetKey } from '#core/subscription.ts'
import {
  CARRIED,
  type CarriedSettings,
  type Follow,
  SETTINGS_VERSION,
  type SettingsFile,
  type SettingsPlace,
} from './settings-file.ts'

type Sources = Pick<StoreParts, 'subscriptions' | 'schedules' | 'channels'>

/** Places in order, each with all that it has, so that equal settings are equal files; `of`: of this workspace alone. */
export async function exportSettings(
  { subscriptions, schedules, channels }: Sources,
  now: Temporal.Instant,
  of?: Pick<Destination, 'platform' | 'workspace'>,
): Promise<SettingsFile> {
  const places = new Map<string, SettingsPlace>()
  const isMeant = ({ platform, workspace }: Destination) =>
    of === undefined || (platform === of.platform && workspace === of.workspace)
  function placeOf(destination: Destination): SettingsPlace {
    const key = destinationKey(destination)
    const place = places.get(key) ?? { ...destination, follows: [] }
    places.set(key, place)
    return place
  }
  const followed = (await subscriptions.all()).toSorted((a, b) => (targetKey(a.target) < targetKey(b.target) ? -1 : 1))
  for (const one of followed) if (isMeant(one.destination)) placeOf(one.destination).follows.push(followOf(one))
  for (const { destination, id, createdAt, owner, ...when } of await schedules.all()) {
    if (isMeant(destination)) placeOf(destination).digest = { ...when, by: owner }
  }
  for (const { channel, settings } of await channels.all()) {
    const carried = carriedOf(settings)
    if (channel.channel !== '' && isMeant(channel) && Object.keys(carried).length > 0) placeOf(channel).settings = carried
  }
  const ordered = [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place)
  return { paperboy: 'settings', version: SETTINGS_VERSION, exportedAt: now.toString(), places: ordered }
}

/** What differs from the usual. */
export function carriedOf(settings: ChannelSettings): CarriedSettings {
  const usual: Partial<ChannelSettings> = DEFAULT_SETTINGS
  const chosen = CARRIED.filter((name) => settings[name] !== undefined && settings[name] !== usual[name])
  return Object.fromEntries(chosen.map((name) => [name, settings[name]]))
}

function followOf({ target, cadence, owner: by }: Subscription): Follow {
  if (target.kind !== 'author') return { ...target, cadence, by }
  const { key, evidence, ...author } = target
  if (evidence === undefined) return { ...author, cadence, by }
  const { coauthors, categories, orgs, several } = evidence
  const lists = { coauthors: [...coauthors], categories: [...categories], orgs: [...orgs] }
  return { ...author, evidence: { ...lists, ...(several && { several }) }, cadence, by }
}

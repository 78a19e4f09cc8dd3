// Where the places of a settings file lead: `slack:T1=slack:T2` moves all channels of a workspace, which keep their ids;
// `slack:T1/C1=discord:G1/C9` one channel with its settings. A channel's own line goes before its workspace's.
import { UserInputError } from '#core/errors.ts'
import type { Destination, PlatformName } from '#core/subscription.ts'

export interface MappedPlace extends Pick<Destination, 'platform' | 'workspace'> {
  readonly channel?: string
}

const PLACE = /^(slack|discord|terminal):([^/\s=]{1,200})(?:\/([^/\s=]{1,200}))?$/

/** `slack:T1/C1`, `slack:T1`. Throws UserInputError. */
export function readPlace(text: string): MappedPlace {
  const [, platform, workspace, channel] = PLACE.exec(text) ?? []
  if (platform === undefined || workspace === undefined) {
    throw new UserInputError(`“${text}” names no place.`, { hint: 'A place is slack:T1/C1, or slack:T1 for a whole workspace.' })
  }
  return { platform: platform as PlatformName, workspace, ...(channel !== undefined && { channel }) }
}

function placeText({ platform, workspace, channel }: MappedPlace): string {
  return `${platform}:${workspace}${channel === undefined ? '' : `/${channel}`}`
}

/** `lines`: from a place to a place. Throws UserInputError where one names no place, or a channel leads to a whole workspace. */
export function placeMap(lines: readonly (readonly [from: string, to: string])[]): (place: Destination) => Destination {
  const map = new Map<string, MappedPlace>()
  for (const [from, to] of lines) {
    const [here, there] = [readPlace(from), readPlace(to)]
    if ((here.channel === undefined) !== (there.channel === undefined)) {
      throw new UserInputError(`${from} cannot lead to ${to}.`, {
        hint: 'A channel leads to a channel, a workspace to a workspace.',
      })
    }
    map.set(placeText(here), there)
  }
  return (place) => {
    const { platform, workspace, channel } = place
    const to = map.get(placeText({ platform, workspace, channel })) ?? map.get(placeText({ platform, workspace }))
    return to === undefined ? place : { ...place, ...to }
  }
}

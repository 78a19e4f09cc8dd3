// `paperboy forget`: what is kept of a workspace or of one person in it, shown first, and erased where that is said.
import { counted } from '#core/commands/blocks.ts'
import { UserInputError } from '#core/errors.ts'
import type { HoldingKind } from '#core/ports/erasure.ts'
import type { PlatformName } from '#core/subscription.ts'
import { openApp } from './app.ts'
import { print, printJson } from './out.ts'

const PLATFORMS: readonly PlatformName[] = ['slack', 'discord', 'terminal']
const WORDS: Readonly<Record<HoldingKind, readonly [one: string, many?: string]>> = {
  follow: ['follow'],
  schedule: ["channel's digest", "channels' digests"],
  match: ['match', 'matches'],
  message: ['message, posted or waiting', 'messages, posted or waiting'],
  told: ['paper that was told of', 'papers that were told of'],
  held: ['paper held back', 'papers held back'],
  verdict: ['word on who an author is', 'words on who an author is'],
  vote: ['vote'],
  saved: ['saved paper'],
  settings: ["channel's settings", "channels' settings"],
  installation: ['grant of the platform, with its token', 'grants of the platform, with their tokens'],
  name: ['name of who made something that stays', 'names of who made something that stays'],
}

interface ForgetOptions {
  readonly person?: string
  readonly yes?: true
  readonly json?: true
}

/** Erases with `yes` alone. The exit code is 0, also where nothing is kept. */
export async function forgetCall(platform: string, workspace: string, { person, yes, json }: ForgetOptions): Promise<number> {
  const known = PLATFORMS.find((name) => name === platform)
  if (known === undefined) {
    throw new UserInputError(`There is no platform “${platform}”.`, { hint: `There is: ${PLATFORMS.join(', ')}.` })
  }
  await using app = await openApp({ once: true })
  const whose = { platform: known, workspace, ...(person !== undefined && { person }) }
  const holdings = await (yes ? app.store.erasure.erase(whose) : app.store.erasure.holdings(whose))
  if (json) {
    printJson({ erased: yes === true, kept: Object.fromEntries(holdings.map(({ of, many }) => [of, many])) })
    return 0
  }
  const name = person === undefined ? `${platform} ${workspace}` : `${person} of ${platform} ${workspace}`
  if (holdings.length === 0) print(`Nothing is kept of ${name}.`)
  for (const { of, many } of holdings) print(`  ${counted(many, ...WORDS[of])}`)
  if (holdings.length > 0)
    print(yes ? `All of this of ${name} is erased.` : `Nothing is erased yet: --yes erases all of this of ${name}.`)
  return 0
}

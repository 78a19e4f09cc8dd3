// What Tab offers: whole lines that go on from what is typed, from the registry and what is known here.
import { nameStart } from '#core/author-page.ts'
import type { OptionOf } from '#core/ports/platform.ts'
import { categoriesBegun } from '#core/text/category.ts'
import { fold } from '#core/text/fold.ts'
import { type Command, type Completion, type Context, commandName } from './command.ts'
import { followedIn } from './following.ts'
import { type Option, optionsOf } from './options.ts'
import { placeOf, placeOption } from './place.ts'
import { commands } from './registry.ts'
import { targetParts } from './targets.ts'
import { hasFields, typedOf } from './written.ts'
import { zoneNames } from './zone.ts'

const PREFIX = /^\s*\/?papers\s+/i
const NAMED_VALUE = /(?:^|\s)--([a-z]+)(?:\s+|=)(?:"([^"]*)|(\S*))$/i
const NAME = /(?:^|\s)--([a-z]*)$/i
const SLASH = '/papers '
const MOST = 20

/** Whole lines, each beginning with the line as typed up to its last word; at most 20, none where nothing fits. Never rejects for what is typed. */
export async function complete(line: string, context: Context): Promise<string[]> {
  const prefix = PREFIX.exec(line)?.[0] ?? ''
  if (prefix === '' && line !== '' && SLASH.startsWith(line)) return [SLASH]
  const typed = line.slice(prefix.length)
  const command = longestCommand(typed)
  if (!command) return names(typed).map((name) => `${prefix}${name} `)
  const head = commandName(command).length + 1
  const rest = typed.slice(head)
  const offers = await offersFor(command, rest, context)
  return offers.slice(0, MOST).map(({ at, text }) => `${prefix}${typed.slice(0, head + at)}${text}`)
}

/** The command that the text names in full, a space after it. */
function longestCommand(text: string): Command | undefined {
  const lower = text.toLowerCase()
  return commands
    .filter((command) => lower.startsWith(`${commandName(command)} `))
    .sort((a, b) => b.path.length - a.path.length)[0]
}

/** One word at a time: `fo` → `follow`, `following`; `follow ` → `follow author`. */
function names(text: string): string[] {
  const lower = text.trimStart().toLowerCase()
  const depth = lower.includes(' ') ? 2 : 1
  const all = commands.map(({ path }) => path.slice(0, depth).join(' '))
  return [...new Set(all)].filter((name) => name.startsWith(lower))
}

interface Offer {
  /** Where in the rest of the line the offered text goes. */
  readonly at: number
  readonly text: string
}

async function offersFor(command: Command, rest: string, context: Context): Promise<Offer[]> {
  const options = optionsOf(command)
  const value = NAMED_VALUE.exec(rest)
  const valued = value && options.find(({ name }) => name === value[1]?.toLowerCase())
  if (value && valued) {
    const begun = value[2] ?? value[3] ?? ''
    const at = rest.length - begun.length - (value[2] === undefined ? 0 : 1)
    return (await valuesOf(command, valued, begun, context)).map((text) => ({
      at,
      text: text.includes(' ') ? `"${text}"` : text,
    }))
  }
  const name = NAME.exec(rest)
  if (name) {
    const at = rest.length - (name[1]?.length ?? 0) - 2
    return options.filter((option) => option.name.startsWith(name[1] ?? '')).map((option) => ({ at, text: `--${option.name} ` }))
  }
  return byPosition(command, options, rest, context)
}

/** The last option by position takes the whole rest; where there are several, each takes a word. */
async function byPosition(command: Command, options: readonly Option[], rest: string, context: Context): Promise<Offer[]> {
  const positional = options.filter(({ name }) => (command.positional as readonly string[]).includes(name))
  const at = positional.length > 1 ? rest.lastIndexOf(' ') + 1 : 0
  const offers = await Promise.all(positional.map((option) => valuesOf(command, option, rest.slice(at), context)))
  return offers.flat().map((text) => ({ at, text }))
}

/** What an option may be, given how it begins; none where there is no such option. Rejects with StoreError. */
export async function completeOption(
  { path, option: name, given = {} }: OptionOf,
  begun: string,
  context: Context,
): Promise<string[]> {
  const command = commands.find((candidate) => commandName(candidate) === path.join(' '))
  const option = command && optionsOf(command).find((candidate) => candidate.name === name)
  return command && option ? valuesOf(command, option, begun, context, given) : []
}

async function valuesOf(
  command: Command,
  option: Option,
  begun: string,
  context: Context,
  given: Readonly<Record<string, unknown>> = {},
): Promise<string[]> {
  const completions: Readonly<Record<string, Completion | undefined>> = command.completions ?? {}
  const folded = fold(begun)
  if (option.kind === 'choice') return option.values.filter((value) => value.startsWith(folded))
  switch (completions[option.name]) {
    case 'author':
      return nameStart(begun) === ''
        ? []
        : (await context.store.papers.authorsByPrefix(nameStart(begun), MOST)).map((author) => author.name)
    case 'category':
      return categoriesBegun(begun)
    case 'zone': {
      const name = folded.replaceAll(' ', '_')
      return zoneNames().filter((zone) => zone.toLowerCase().startsWith(name) || zone.toLowerCase().includes(`/${name}`))
    }
    case 'command':
      return (hasFields(context.destination.platform) ? typedOf(commands) : commands)
        .map(commandName)
        .filter((name) => name.startsWith(folded))
    case 'subscription':
      return (await followedIn(await placeOf(context, placeOption.safeParse(given.for).data ?? 'here'), context))
        .map(({ target }) => targetParts(target).name)
        .filter((name) => fold(name).startsWith(folded))
    default:
      return []
  }
}

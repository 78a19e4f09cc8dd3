// What a person typed, out of the text that Slack makes of it (https://docs.slack.dev/messaging/formatting-message-text).
// The order: what stands in angle brackets, the three entities, once each, then backticks around the whole.

const BRACKETED = /<([^<>]*)>/g
const ENTITY = /&(amp|lt|gt);/g
const CODE = /^`+([^`]+)`+$/
const SCHEME = /^(?:https?:\/\/|mailto:|tel:)/
const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' }
const MENTION = /<@([A-Z0-9]+)(?:\|[^<>]*)?>/g
/** As in “@paperboy, search moths”. */
const ADDRESSING = /^[\s,:]+/
const BARE = /^\/?papers$/i
const HELP = 'help'

/**
 * Links as addresses, where Slack made them of an address as that was typed; people, groups and channels by their names where
 * Slack tells them, otherwise by their ids. Linear in the text's length.
 */
export function typedText(text: string): string {
  const bare = unescaped(text.replace(BRACKETED, (_, inside: string) => typedFor(inside))).trim()
  return CODE.exec(bare)?.[1]?.trim() ?? bare
}

/** `&`, `<` and `>` as they are: Slack escapes them in what people type, in commands too. */
export function unescaped(text: string): string {
  return text.replace(ENTITY, (entity, name: string) => CHARACTERS[name] ?? entity)
}

/** The command in a message to the bot; help where it says nothing. */
export function lineOf(text: string): string {
  const line = typedText(text)
  return line === '' || BARE.test(line) ? HELP : line
}

/** What follows the first mention of the bot; of anybody, where the bot's id is not known. */
export function afterMention(text: string, bot: string | undefined): string {
  for (const { 0: mention, 1: who, index } of text.matchAll(MENTION)) {
    if (bot === undefined || who === bot) return text.slice(index + mention.length).replace(ADDRESSING, '')
  }
  return text
}

/** A message to the bot without its name at the beginning. */
export function withoutAddress(text: string, bot: string | undefined): string {
  return bot !== undefined && text.trimStart().startsWith(`<@${bot}`) ? afterMention(text, bot) : text
}

function typedFor(inside: string): string {
  const bar = inside.indexOf('|')
  const [target, label] = bar < 0 ? [inside, ''] : [inside.slice(0, bar), inside.slice(bar + 1)]
  switch (target[0]) {
    case '@':
      return `@${label || target.slice(1)}`
    case '#':
      return `#${label || target.slice(1)}`
    case '!':
      return label || `@${target.slice(1).split('^', 1)[0]}`
    default:
      return isSame(target, label) ? label : target
  }
}

/** Whether a label is the address itself, as somebody typed it: without a scheme, or without the slash at its end. */
function isSame(target: string, label: string): boolean {
  const bare = target.replace(SCHEME, '')
  return label !== '' && [target, bare, bare.endsWith('/') ? bare.slice(0, -1) : bare].includes(label)
}

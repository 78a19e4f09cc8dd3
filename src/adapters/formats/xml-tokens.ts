// XML as tags and texts, piece by piece. Comments, instructions and document types are passed over; no entity is ever made of them.
import { xmlText } from './entities.ts'

const SUBSET_BEGINS = /^<!DOCTYPE[^[>]{0,1000}\[/i
const LONGEST_DECLARATION = 1000
const CDATA = '<![CDATA['
/** Characters of the longest character reference. */
const LONGEST_REFERENCE = 33
const SPACE = 0x20
const QUOTE = 0x22
const APOSTROPHE = 0x27
const SLASH = 0x2f
const COLON = 0x3a
const EQUALS = 0x3d
const GREATER = 0x3e
const NO_ATTRIBUTES: Readonly<Record<string, string>> = {}

export interface XmlTokens {
  /** Names are as written, with their prefix. */
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close(name: string): void
  /** Characters with their references resolved; one text may come in several pieces. */
  text(text: string): void
  /** Something that XML does not allow; reading goes on after it. */
  error(): void
}

export interface XmlTokenizer {
  write(text: string): void
  end(): void
  /** The line of the tag or text that is told of now, from 1. */
  line(): number
}

/**
 * What does not matter is forgiven: an ampersand that begins no reference stands for itself, and so does `<` before what
 * cannot be a name. What `tokens` throws is thrown by `write`. Signs are compared as codes, which are NaN after the end.
 */
export function xmlTokenizer(tokens: XmlTokens): XmlTokenizer {
  let buffer = ''
  /** In the buffer: where reading goes on, and up to where lines are counted. */
  let at = 0
  let counted = 0
  let lines = 1
  /** What is unfinished is read again only once it is twice as long: else each piece would cost as much as all before it. */
  let enough = 0

  function line(): number {
    for (let next = buffer.indexOf('\n', counted); next !== -1 && next < at; next = buffer.indexOf('\n', counted)) {
      lines++
      counted = next + 1
    }
    return lines
  }

  /** Reads what begins with `<`; false where its end has not come yet. */
  function markup(isLast: boolean): boolean {
    const sign = buffer.charCodeAt(at + 1)
    if (sign === SLASH) return closingTag()
    if (startsName(sign)) return openingTag()
    if (sign === 0x21) return declaration()
    if (sign === 0x3f) return past('?>')
    if (Number.isNaN(sign) && !isLast) return false
    tokens.text('<')
    at++
    return true
  }

  function closingTag(): boolean {
    const end = buffer.indexOf('>', at)
    if (end === -1) return false
    const name = buffer.slice(at + 2, end)
    at = end + 1
    tokens.close(name.charCodeAt(name.length - 1) <= SPACE ? name.trim() : name)
    return true
  }

  function openingTag(): boolean {
    let end = afterName(at + 1)
    const name = buffer.slice(at + 1, end)
    let attributes = NO_ATTRIBUTES
    let isEmpty = false
    for (let sign = buffer.charCodeAt(end); sign !== GREATER; sign = buffer.charCodeAt(end)) {
      if (sign === SLASH) {
        isEmpty = buffer.charCodeAt(end + 1) === GREATER
        end++
      } else if (sign <= SPACE) end++
      else if (Number.isNaN(sign)) return false
      else {
        if (attributes === NO_ATTRIBUTES) attributes = {}
        end = attribute(end, attributes)
        if (end === -1) return false
      }
    }
    at = end + 1
    tokens.open(name, attributes)
    if (isEmpty) tokens.close(name)
    return true
  }

  /** Adds the attribute that begins at `start`, and says where it ends; -1 where that has not come yet. */
  function attribute(start: number, attributes: Record<string, string>): number {
    let end = afterName(start)
    const name = buffer.slice(start, end)
    end = afterSpace(end)
    if (end === buffer.length) return -1
    if (buffer.charCodeAt(end) !== EQUALS) {
      tokens.error()
      return end > start ? end : end + 1
    }
    end = afterSpace(end + 1)
    if (end === buffer.length) return -1
    const quote = buffer.charCodeAt(end)
    if (quote !== QUOTE && quote !== APOSTROPHE) {
      tokens.error()
      return end
    }
    const close = buffer.indexOf(quote === QUOTE ? '"' : "'", end + 1)
    if (close === -1) return -1
    const value = buffer.slice(end + 1, close)
    attributes[name] = value.includes('&') ? xmlText(value, tokens.error) : value
    return close + 1
  }

  /** Up to white space or a sign that ends a name. */
  function afterName(start: number): number {
    let end = start
    for (let sign = buffer.charCodeAt(end); sign > SPACE; sign = buffer.charCodeAt(++end)) {
      if (sign === GREATER || sign === SLASH || sign === EQUALS || sign === QUOTE || sign === APOSTROPHE) break
    }
    return end
  }

  function afterSpace(start: number): number {
    let end = start
    while (buffer.charCodeAt(end) <= SPACE) end++
    return end
  }

  function declaration(): boolean {
    if (buffer.startsWith('<!--', at)) return past('-->')
    if (buffer.startsWith(CDATA, at)) {
      const start = at + CDATA.length
      if (!past(']]>')) return false
      tokens.text(buffer.slice(start, at - 3))
      return true
    }
    // Which of the three it is shows only once it is long enough.
    if (buffer.length - at < CDATA.length) return false
    return past(SUBSET_BEGINS.test(buffer.slice(at, at + LONGEST_DECLARATION)) ? ']>' : '>')
  }

  function past(end: string): boolean {
    const found = buffer.indexOf(end, at)
    if (found === -1) return false
    at = found + end.length
    return true
  }

  function read(isLast: boolean): void {
    if (buffer.length < enough && !isLast) return
    let isUnfinished = false
    while (!isUnfinished) {
      const next = buffer.indexOf('<', at)
      const end = next === -1 ? (isLast ? buffer.length : wholeReferences()) : next
      const text = buffer.slice(at, end)
      at = end
      if (text !== '') tokens.text(text.includes('&') ? xmlText(text, tokens.error) : text)
      if (next === -1) break
      isUnfinished = !markup(isLast)
    }
    line()
    buffer = buffer.slice(at)
    counted -= at
    at = 0
    enough = isUnfinished ? 2 * buffer.length : 0
  }

  /** Where the text before a reference ends that may go on in the next piece. */
  function wholeReferences(): number {
    const ampersand = buffer.lastIndexOf('&')
    const mayGoOn = ampersand >= Math.max(at, buffer.length - LONGEST_REFERENCE) && !buffer.includes(';', ampersand)
    return mayGoOn ? ampersand : buffer.length
  }

  return {
    line,
    write(text) {
      buffer = buffer === '' ? text : buffer + text
      read(false)
    },
    end: () => read(true),
  }
}

function startsName(sign: number): boolean {
  return (sign >= 0x61 && sign <= 0x7a) || (sign >= 0x41 && sign <= 0x5a) || sign === 0x5f || sign === COLON || sign >= 0x80
}

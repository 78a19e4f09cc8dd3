// The address of a feed as people type it. The order: what surrounds it is taken off; https where nothing is said; no password,
// no fragment; arXiv's own feeds are categories.
import { UserInputError } from '#core/errors.ts'

export type FeedAddress =
  | { readonly kind: 'feed'; readonly url: string }
  /** One that arXiv announces by itself. */
  | { readonly kind: 'category'; readonly category: string }

const LONGEST = 1000
const WRAPPED = /^<([^<>|]{1,2000})(?:\|[^<>]{0,2000})?>$/
const FEED_SCHEME = /^feed:(?:\/\/)?(?=https?:)|^feed:\/\//i
const SCHEME = /^[a-z][a-z0-9+.-]{0,30}:\/\//i
/** `example.org`, `example.org:8080/feed`: a name with a dot, so that a word is not taken for one. */
const HOST_FIRST = /^[^\s/?#:@]{1,255}\.[^\s/?#:@]{1,63}(?:[:/?#]|$)/
/** A name or a number; the rest of what an URL may call a host is no machine's. */
const HOST = /^(?:[a-z0-9._-]{1,255}|\[[0-9a-f:.]{2,50}\])$/
const ARXIV_HOST = /^(?:rss\.|export\.|www\.)?arxiv\.org$/
const ARXIV_FEED = /^\/(?:rss|atom|list)\/([A-Za-z-]{1,20}(?:\.[A-Za-z-]{1,20})?)(?:\/(?:new|recent|pastweek|current))?\/?$/
const ARXIV_FEEDS = /^\/(?:rss|atom)\/[A-Za-z.-]{1,40}(?:(?:\+|%2[Bb])[A-Za-z.-]{1,40}){1,99}\/?$/
const EXAMPLE = { hint: 'For example: follow feed https://www.nature.com/natmachintell.rss' }

/** Throws UserInputError where the text is no address that a feed can be at. */
export function feedAddress(text: string): FeedAddress {
  const bare = (WRAPPED.exec(text.trim())?.[1] ?? text).trim().replace(FEED_SCHEME, '')
  const hasScheme = SCHEME.test(bare)
  const url = hasScheme || HOST_FIRST.test(bare) ? URL.parse(hasScheme ? bare : `https://${bare}`) : null
  if (url === null || (url.hostname !== '' && !HOST.test(url.hostname))) {
    throw new UserInputError(`“${shortened(text)}” is no address of a feed.`, EXAMPLE)
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UserInputError('The address of a feed begins with http:// or https://.', EXAMPLE)
  }
  if (url.username !== '' || url.password !== '') {
    throw new UserInputError('This address carries a name or a password.', {
      hint: 'Paperboy reads only what everybody may read: give the address without them.',
    })
  }
  url.hash = ''
  if (url.href.length > LONGEST) throw new UserInputError(`The address of a feed is at most ${LONGEST} characters long.`)
  return arxivCategory(url) ?? { kind: 'feed', url: url.href }
}

function arxivCategory({ hostname, pathname }: URL): FeedAddress | undefined {
  if (!ARXIV_HOST.test(hostname)) return undefined
  if (ARXIV_FEEDS.test(pathname)) {
    throw new UserInputError('This is arXiv’s feed of several categories.', {
      hint: 'Follow each of them, for example: follow category cs.LG',
    })
  }
  const category = ARXIV_FEED.exec(pathname)?.[1]
  return category === undefined ? undefined : { kind: 'category', category }
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text
}

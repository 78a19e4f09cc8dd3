// The feeds that a web page names in its links: https://www.rssboard.org/rss-autodiscovery
import { markupText } from './markup.ts'

const LINK = /<link(?=[\s/])/gi
const ATTRIBUTE = /([a-z-]{1,20})\s{0,9}=\s{0,9}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,2000}))/gi
const FEED_TYPE = /^application\/(?:rss|atom|rdf)\+xml$/i
const LONGEST_TAG = 4000
/** A page's head ends long before. */
const WITHIN = 500_000
const MOST = 20

/** Absolute addresses in the page's order, each once; those of its own host's comments last. */
export function feedsOfPage(html: string, url: string): string[] {
  const head = html.slice(0, WITHIN)
  const feeds = new Map<string, boolean>()
  for (const { index } of head.matchAll(LINK)) {
    const tag = head.slice(index, index + LONGEST_TAG)
    const attributes = attributesOf(tag.slice(0, tag.indexOf('>') + 1))
    const isFeed =
      attributes.get('rel')?.toLowerCase().split(' ').includes('alternate') && FEED_TYPE.test(attributes.get('type') ?? '')
    const feed = isFeed ? URL.parse(markupText(attributes.get('href') ?? '').trim(), url) : null
    if (feed !== null && ['http:', 'https:'].includes(feed.protocol) && feeds.size < MOST) {
      feeds.set(feed.href, (attributes.get('title') ?? feed.pathname).toLowerCase().includes('comment'))
    }
  }
  return [...feeds].toSorted(([, a], [, b]) => Number(a) - Number(b)).map(([feed]) => feed)
}

function attributesOf(tag: string): Map<string, string> {
  return new Map([...tag.matchAll(ATTRIBUTE)].map(([, name = '', a, b, c]) => [name.toLowerCase(), a ?? b ?? c ?? '']))
}

// Whether any name server answers: where none does, the system looks names up for many seconds, which nobody who waits can be told.
import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { SourceError } from '#core/errors.ts'

const MILLISECONDS = 700
const LOCAL = /(?:^|\.)localhost$/i
/** What stands around an address of IPv6 in a URL. */
const BRACKETS = /^\[|\]$/g

export interface NameServers {
  /** Those of the system by default. */
  readonly servers?: readonly string[]
  readonly milliseconds?: number
}

/**
 * Resolves once a name server has answered, whatever it said: what it does not know may still stand in a file of the system's.
 * Rejects with SourceError where none answers in time.
 */
export async function requireNameServer(url: string, { servers, milliseconds = MILLISECONDS }: NameServers = {}): Promise<void> {
  const host = new URL(url).hostname.replace(BRACKETS, '')
  if (isIP(host) !== 0 || LOCAL.test(host)) return
  const resolver = new Resolver({ tries: 1 })
  if (servers) resolver.setServers(servers)
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    resolver.cancel()
  }, milliseconds)
  await resolver
    .resolve4(host)
    .catch(() => undefined)
    .finally(() => clearTimeout(timer))
  if (isLate) throw new SourceError(`${host} cannot be reached: no name server answers.`, { hint: 'Try again later.' })
}

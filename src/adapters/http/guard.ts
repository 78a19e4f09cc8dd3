// The guard of addresses that people give. The order: no credentials; each address that the host's name resolves to, once for
// each connection, has to be public and its port a web server's, or both be allowed by the operator; then the connection goes
// to these very addresses, whatever the name says a moment later.
import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { SourceError } from '#core/errors.ts'
import { allowedBy, isPublic } from './address.ts'

const WEB_PORTS: ReadonlySet<string> = new Set(['', '80', '443'])
const CONNECT_MS = 10_000

export interface Guard {
  /** Opens connections to guarded addresses alone; what it refuses is a SourceError. */
  readonly dispatcher: NonNullable<RequestInit['dispatcher']>
  /** Throws SourceError where the address itself, whatever it resolves to, must not be asked. */
  admit(url: URL): void
}

export interface GuardOptions {
  /** Host names, addresses and CIDR ranges that may be asked at any port, public or not. */
  readonly allow?: readonly string[]
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>
  /** Makes what connects to these addresses and no others. */
  readonly connector?: (addresses: readonly LookupAddress[]) => buildConnector.connector
}

export function createGuard({ allow = [], resolve = resolved, connector = connectorTo }: GuardOptions = {}): Guard {
  const isAllowed = allowedBy(allow)

  async function checked({ hostname, port }: buildConnector.Options): Promise<readonly LookupAddress[]> {
    const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
    const family = isIP(host)
    const addresses = family === 0 ? await resolve(host) : [{ address: host, family }]
    const bad = addresses.find(({ address }) => !isAllowed(host, address) && !(isPublic(address) && WEB_PORTS.has(port)))
    if (addresses.length > 0 && bad === undefined) return addresses
    throw bad !== undefined && isPublic(bad.address) ? badPort(host, port) : inside(host)
  }

  const dispatcher = new Agent({
    // A connection answers one request: the next one is checked anew.
    pipelining: 0,
    connect(options, callback) {
      checked(options).then(
        (addresses) => connector(addresses)(options, callback),
        (error: Error) => callback(error, null),
      )
    },
  })
  // The types of Node's own fetch are those of another release of undici; it takes any of them.
  return { dispatcher: dispatcher as unknown as Guard['dispatcher'], admit }
}

function admit({ username, password, host }: URL): void {
  if (username === '' && password === '') return
  throw new SourceError(`The address of ${host} carries a name or a password.`, {
    hint: 'Paperboy reads only what everybody may read: give the address without them.',
  })
}

function resolved(host: string): Promise<readonly LookupAddress[]> {
  return lookup(host, { all: true, order: 'verbatim' })
}

function connectorTo(addresses: readonly LookupAddress[]): buildConnector.connector {
  const [first] = addresses
  return buildConnector({
    allowH2: false,
    maxCachedSessions: 0,
    timeout: CONNECT_MS,
    lookup(_host, { all }, callback) {
      if (all) callback(null, [...addresses])
      else callback(null, first?.address ?? '', first?.family)
    },
  })
}

function inside(host: string): SourceError {
  return new SourceError(`${host} is not a public address, so Paperboy must not read it.`, {
    hint: 'Whoever runs Paperboy can allow it with FETCH_ALLOW_HOSTS.',
  })
}

function badPort(host: string, port: string): SourceError {
  return new SourceError(`Paperboy reads ${host} at the ports 80 and 443 only, not at ${port}.`, {
    hint: 'Whoever runs Paperboy can allow it with FETCH_ALLOW_HOSTS.',
  })
}

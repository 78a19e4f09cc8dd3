// Which addresses are public: everything else is inside somebody's network, and nobody there expects a stranger's request.
// The order: mapped forms unwrapped; IPv4 by its special ranges; IPv6 within 2000::/3 alone, without its special ranges.
import ipaddr from 'ipaddr.js'

/** All that the IANA has given out for the public so far. https://www.iana.org/assignments/ipv6-address-space */
const GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * What looks public and is not: Azure's host (168.63.129.16) and the service networks of IBM's cloud. The addresses at which
 * the other clouds hand out credentials lie in ranges that are refused anyway.
 */
const CLOUD = ['168.63.129.16/32', '161.26.0.0/16', '166.8.0.0/14'].map((range) => ipaddr.IPv4.parseCIDR(range))

/** Whether the address, in any notation, is one that everybody on the internet reaches; false for what is no address. */
export function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 ? !CLOUD.some((range) => address.match(range)) : address.match(GLOBAL)
}

/** Whether a host of this name at this address is among what an operator allows: names, addresses and CIDR ranges. */
export type Allowed = (host: string, address: string) => boolean

export function allowedBy(entries: readonly string[]): Allowed {
  const names = new Set(entries.map(bare))
  const ranges = entries.map((entry) => rangeOf(bare(entry))).filter((range) => range !== undefined)
  return (host, text) => {
    if (names.has(bare(host))) return true
    if (!ipaddr.isValid(text)) return false
    const address = ipaddr.process(text)
    return ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits))
  }
}

function rangeOf(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry)
  if (!ipaddr.isValid(entry)) return undefined
  const address = ipaddr.process(entry)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** A host's name as it is compared: without brackets and the root's dot, in small letters. */
function bare(host: string): string {
  const name = host.trim().toLowerCase()
  const inside = name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name
  return inside.endsWith('.') ? inside.slice(0, -1) : inside
}

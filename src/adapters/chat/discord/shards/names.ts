// The names of the leases by which processes that share a store divide Discord's shards, and what the held ones tell together.

/** With which all of them begin. */
export const PREFIX = 'discord '
/** Somebody's while anybody reaches Discord. */
export const REACHED = 'discord reached'
/** So many processes have a seat; more than these have no shards. */
export const SEATS = 64

const SEAT = /^discord replica (\d{1,9})$/
const SHARD = /^discord shard (\d{1,9}) of (\d{1,9})$/

export interface Shard {
  readonly id: number
  /** How many there are. */
  readonly of: number
}

export interface Census {
  /** Of living processes, the lowest first. */
  readonly seats: readonly number[]
  /** That somebody has. */
  readonly shards: readonly Shard[]
  /** Whether anybody reached Discord a moment ago. */
  readonly isReached: boolean
}

export function seatName(seat: number): string {
  return `discord replica ${seat}`
}

export function shardName({ id, of }: Shard): string {
  return `discord shard ${id} of ${of}`
}

export function turnName(key: number): string {
  return `discord identify ${key}`
}

export function census(held: readonly string[]): Census {
  const seats = held.flatMap((name) => SEAT.exec(name)?.slice(1).map(Number) ?? [])
  const shards = held.flatMap((name) => {
    const [, id, of] = SHARD.exec(name) ?? []
    return id === undefined ? [] : [{ id: Number(id), of: Number(of) }]
  })
  return { seats: seats.sort((one, other) => one - other), shards, isReached: held.includes(REACHED) }
}

/** Of so many shards those that nobody has. */
export function freeOf(of: number, held: readonly Shard[]): Shard[] {
  const ids = new Set(held.map(({ id }) => id))
  return Array.from({ length: of }, (_, id) => ({ id, of })).filter(({ id }) => !ids.has(id))
}

/** How many of `all` shards are for the process with this seat: nobody's share is more than one larger than another's. */
export function shareOf(all: number, seats: readonly number[], own: number): number {
  const rank = seats.indexOf(own)
  if (rank === -1) return 0
  return Math.floor(all / seats.length) + (rank < all % seats.length ? 1 : 0)
}

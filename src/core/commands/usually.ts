// How an answer will most likely be seen, for platforms that have to say so before it is there.
import type { Reply } from '#core/reply.ts'
import type { Request } from './dispatch.ts'
import { commands } from './registry.ts'

const SPACES = /\s+/

export function usuallySeen(request: Request): Reply['visibility'] {
  const [first, second] = 'line' in request ? request.line.trim().toLowerCase().split(SPACES) : request.path
  const named = commands.filter(({ path }) => path[0] === first)
  const command = named.find(({ path }) => path[1] === second) ?? named.find(({ path }) => path.length === 1)
  return command?.usually ?? 'public'
}

// A workspace that took the bot out: nothing is posted there any more, and what is kept of it is erased a month later. Installed
// again before that, all goes on as it was.
import { wholeWorkspace } from '#core/place-settings.ts'
import type { StoreParts } from '#core/ports/store.ts'
import type { ChannelSettings } from '#core/settings.ts'
import type { Destination } from '#core/subscription.ts'
import { suspendWithin } from './suspend.ts'
import type { TickDependencies } from './tick.ts'

const KEPT = { hours: 30 * 24 }
/** Of each kind of row; in one pass of one workspace. */
const ERASED_A_PASS = 2000
const MESSAGE = 'Paperboy was uninstalled.'

/** Closes the workspace, and remembers since when its people do without the bot. */
export async function leave(
  parts: Pick<StoreParts, 'channels' | 'ledger' | 'subscriptions'>,
  workspace: Pick<Destination, 'platform' | 'workspace'>,
  now: Temporal.Instant,
): Promise<void> {
  const destination = wholeWorkspace(workspace)
  await suspendWithin(parts, { destination }, { kind: 'revoked', message: MESSAGE }, now)
  // It may have been closed before for another reason.
  const { suspension } = await parts.channels.get(destination)
  if (suspension?.uninstalled) return
  const uninstalled = { since: now.toString(), why: 'revoked', message: MESSAGE, uninstalled: true } as const
  await parts.channels.set(destination, { suspension: uninstalled })
}

/** Erases what is kept of workspaces that were left a month ago, a bounded part a pass. */
export async function eraseUninstalled({ store, log, signal }: TickDependencies, now: Temporal.Instant): Promise<void> {
  for (const { channel, settings } of await store.channels.ofWorkspaces()) {
    if (!wasLeft(settings, now)) continue
    if (signal?.aborted) return
    const { platform, workspace } = channel
    const isOver = await store.transaction(async ({ channels, erasure }) => {
      // It may have come back since all were read, to another process.
      if (!wasLeft(await channels.get(channel), now)) return false
      return erasure.eraseSome({ platform, workspace }, ERASED_A_PASS)
    })
    if (isOver) log.info('uninstalled workspace erased', { platform, workspace })
    // The others have their turn in the next pass.
    return
  }
}

/** A month ago at least. */
function wasLeft({ suspension }: Pick<ChannelSettings, 'suspension'>, now: Temporal.Instant): boolean {
  return suspension?.uninstalled === true && Temporal.Instant.compare(now.subtract(KEPT), suspension.since) >= 0
}

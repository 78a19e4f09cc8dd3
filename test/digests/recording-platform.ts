// A chat platform that keeps what is posted and can be told to fail: what a channel would show.
import type { Delivery } from '#core/delivery.ts'
import type { DeliveryError } from '#core/errors.ts'
import type { LookUp, Platform } from '#core/ports/platform.ts'

export interface RecordingPlatform extends Platform {
  readonly posted: Delivery[]
  readonly lookedUp: Delivery[]
  readonly edited: Delivery[]
  /** Errors of the next posts, in order; `arrives` says whether the post is there all the same. */
  readonly failures: { error: DeliveryError | Error; arrives: boolean }[]
}

/** `finds`: whether it can look posts up. Channels named `@…` are direct messages. */
export function recordingPlatform(finds = true): RecordingPlatform {
  const posted: Delivery[] = []
  const lookedUp: Delivery[] = []
  const edited: Delivery[] = []
  const failures: RecordingPlatform['failures'] = []
  return {
    name: 'terminal',
    posted,
    lookedUp,
    edited,
    failures,
    async post(delivery) {
      const failure = failures.shift()
      if (!failure || failure.arrives) posted.push(delivery)
      if (failure) throw failure.error
      return `ref-${delivery.dedupeKey}`
    },
    async lookUp(delivery): Promise<LookUp> {
      lookedUp.push(delivery)
      if (!finds) return 'unknown'
      return posted.some(({ dedupeKey }) => dedupeKey === delivery.dedupeKey) ? { found: `ref-${delivery.dedupeKey}` } : 'absent'
    },
    async edit(delivery) {
      const failure = failures.shift()
      if (failure) throw failure.error
      edited.push(delivery)
    },
    permalink: ({ channel }, ref) => (channel.startsWith('@') ? undefined : `https://chat.example/${channel}/${ref}`),
  }
}

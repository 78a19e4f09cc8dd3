// The mark by which a delivery's message is found again: in the id of one of its buttons, which nobody sees.
import { hashOf, markOf } from '#adapters/chat/discord/render/custom-id.ts'
import { LIMITS } from '#adapters/chat/discord/render/limits.ts'

/** By it Discord itself drops a repeat within a few minutes. */
export function nonceOf(dedupeKey: string): string {
  return hashOf(dedupeKey, LIMITS.nonce - 1)
}

/** Whether a message of Discord's carries the mark. */
export function carries(message: { readonly components?: readonly unknown[] }, mark: string): boolean {
  return marksOf(message.components ?? []).includes(mark)
}

function marksOf(components: readonly unknown[]): string[] {
  return components.flatMap((component) => {
    const { custom_id: id, components: inner, accessory } = component as Parts
    const mark = id === undefined ? undefined : markOf(id)
    return [...(mark === undefined ? [] : [mark]), ...marksOf(inner ?? []), ...(accessory ? marksOf([accessory]) : [])]
  })
}

interface Parts {
  readonly custom_id?: string
  readonly components?: readonly unknown[]
  readonly accessory?: unknown
}

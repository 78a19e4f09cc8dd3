// All that a message says and links to, whatever the platform makes messages of.

/** UTF-16 units of it all, and how far parts stand within one another, so that no message takes long. */
const MOST = 100_000
const DEEPEST = 12

/** The texts under these keys and those that stand by themselves, a line each, in their order, each as `read` has it. Cut where it is longer than anybody reads. */
export function allSaid(
  message: readonly unknown[],
  keys: ReadonlySet<string>,
  read: (text: string) => string = (text) => text,
): string {
  const parts: string[] = []
  let length = 0

  function collect(value: unknown, depth: number): void {
    if (length >= MOST || depth > DEEPEST) return
    if (typeof value === 'string') {
      parts.push(read(value))
      length += value.length
    } else if (Array.isArray(value)) for (const inner of value) collect(inner, depth + 1)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) if (keys.has(key) || typeof inner === 'object') collect(inner, depth + 1)
    }
  }

  for (const part of message) collect(part, 0)
  return parts.join('\n').slice(0, MOST)
}

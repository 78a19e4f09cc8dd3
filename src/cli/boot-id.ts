// Which running of the machine this is.
import { readFileSync } from 'node:fs'

/** Another one whenever the machine has started, whatever its processes do; undefined where the system does not tell. */
export function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return undefined
  }
}

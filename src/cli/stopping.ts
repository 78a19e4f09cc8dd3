// How a process that serves is told to stop: SIGTERM, or SIGINT from a terminal.

/** How long what is under way may take to finish, so that the process is out within ten seconds. */
const DRAIN_MS = 9500
/** A signal that comes again so soon is the same wish: npm sends on to its child what the terminal or systemd sent to both. */
const SAME_WISH_MS = 1000

/** Aborts with the first signal. Some seconds later, or with another signal after a moment, the process ends whatever it does. */
export function untilSignal(): AbortSignal {
  const stopping = new AbortController()
  let since: number | undefined
  const hear = () => {
    if (since !== undefined) {
      if (performance.now() - since > SAME_WISH_MS) process.exit()
      return
    }
    since = performance.now()
    stopping.abort()
    // What is still under way then was written down before it was begun, and is looked into at the next start.
    setTimeout(() => process.exit(), DRAIN_MS).unref()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, hear)
  return stopping.signal
}

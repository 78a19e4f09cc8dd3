// In which order a process's own calls run: what writes one after the other, and what reads beside each other, once what was
// asked to be written before is written.

/**
 * Milliseconds. A change may have to wait for another process, which may be stopped; what only reads does not wait so long,
 * and finds what was there before.
 */
const PATIENCE = 1000

export interface Order {
  write<T>(work: () => Promise<T>): Promise<T>
  read<T>(work: () => Promise<T>): Promise<T>
  /** Resolves once everything that was asked is done. */
  idle(): Promise<void>
}

export function createOrder(): Order {
  let writing: Promise<unknown> | undefined
  const reading = new Set<Promise<unknown>>()

  return {
    write(work) {
      const done = writing === undefined ? work() : writing.then(work)
      const over = done.then(nothing, nothing).then(() => {
        if (writing === over) writing = undefined
      })
      writing = over
      return done
    },
    read(work) {
      const done = writing === undefined ? work() : patient(writing).then(work)
      const over = done.then(nothing, nothing)
      reading.add(over)
      over.then(() => reading.delete(over))
      return done
    },
    async idle() {
      await Promise.all([writing, ...reading])
    },
  }
}

async function patient(writing: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const timer = setTimeout(resolve, PATIENCE)
  writing.then(resolve, resolve)
  await promise
  clearTimeout(timer)
}

function nothing(): void {}

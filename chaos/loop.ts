// How long the event loop is held at most, in the thread's own time, so that a busy machine accuses nobody.

const TICK_MS = 5

export interface LoopWatch extends Disposable {
  /** Milliseconds of work between two turns, at most, since it was asked last. */
  longest(): number
}

export function watchLoop(): LoopWatch {
  let longest = 0
  let before = process.threadCpuUsage()
  function turn(): void {
    const { user, system } = process.threadCpuUsage(before)
    longest = Math.max(longest, (user + system) / 1000)
    before = process.threadCpuUsage()
  }
  const timer = setInterval(turn, TICK_MS)
  return {
    longest() {
      turn()
      const found = longest
      longest = 0
      return found
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}

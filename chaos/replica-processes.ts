// The replicas of replicas.ts as processes: born ahead, killed, made to stand still, and replaced.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { clockOf, HELD, type Pace } from './replica-time.ts'
import { BEGINNING } from './scenario.ts'

const CHILD = fileURLToPath(new URL('replicas-child.ts', import.meta.url))
const SPARES = 2
const MOST_DAYS = 40

export interface Replicas {
  /** Another takes its place at once. */
  kill(which: number): void
  /** For so many milliseconds; nothing where it stands still already. */
  standStill(which: number, milliseconds: number): void
  /** All of them die; others go on, a day later each time, until nothing is left to deliver. */
  finish(): Promise<void>
  /** Those that ended by themselves, a sentence each. */
  wrong(): readonly string[]
}

export interface ReplicasOptions {
  readonly folder: string
  readonly database: string
  readonly server: string
  readonly many: number
}

type Child = ChildProcessByStdio<Writable, null, Readable>

export function startReplicas({ folder, database, server, many }: ReplicasOptions): Replicas {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') }
  const wrong: string[] = []
  const spares = Array.from({ length: SPARES }, () => born())
  let pace: Pace = { from: BEGINNING, since: Date.now() }
  const living = Array.from({ length: many }, () => next())
  const still = new Set<Child>()

  function born(...more: readonly string[]): Child {
    return spawn(process.execPath, [CHILD, database, server, ...more], { env, stdio: ['pipe', 'ignore', 'pipe', 'ipc'] }) as Child
  }
  function begin(child: Child): Child {
    child.stdin.on('error', () => undefined)
    child.stdin.end(JSON.stringify(pace))
    return child
  }
  function next(): Child {
    const child = begin(spares.shift() ?? born())
    spares.push(born())
    const errors = text(child.stderr)
    once(child, 'exit').then(async ([code]) => {
      if (code !== null) wrong.push(`A replica ended by itself: ${await errors}`)
    })
    return child
  }
  /** A day later than now. */
  function passDay(): void {
    pace = { from: clockOf(pace).now().add({ hours: 24 }).toString(), since: Date.now() }
  }

  return {
    kill(which) {
      living[which]?.kill('SIGKILL')
      living[which] = next()
    },
    standStill(which, milliseconds) {
      const child = living[which]
      if (child === undefined || still.has(child)) return
      still.add(child)
      child.kill('SIGSTOP')
      setTimeout(() => {
        still.delete(child)
        child.kill('SIGCONT')
      }, milliseconds)
    },
    async finish() {
      const all = [...living, ...spares]
      const gone = all.map((child) => once(child, 'exit'))
      for (const child of all) child.kill('SIGKILL')
      await Promise.all(gone)
      for (let days = 0; days < MOST_DAYS; days++) {
        passDay()
        const last = living.map(() => begin(born('done')))
        const ended = last.map(async (child) => {
          const errors = text(child.stderr)
          const [code] = await once(child, 'exit')
          if (code !== 0 && code !== HELD) throw new Error(`A last replica failed: ${await errors}`)
          return code
        })
        const codes = await Promise.all(ended)
        if (days > 1 && codes.every((code) => code === 0)) return
      }
      throw new Error('What was to be delivered never was.')
    },
    wrong: () => wrong,
  }
}

// How long a first answer takes, process start included, against an empty TypeScript file; both with a warm compile cache.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Figure, median } from './figure.ts'

const RUNS = 15
const bin = fileURLToPath(new URL('../bin/paperboy.js', import.meta.url))
const run$ = promisify(execFile)

/** Turns of both, one after the other, so that whatever slows the machine down slows both. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-start-'))
  try {
    const empty = join(folder, 'empty.ts')
    await writeFile(empty, 'export const nothing: number = 0\n')
    const env = {
      ...process.env,
      DATABASE_URL: `file:${join(folder, 'paperboy.db')}`,
      NODE_COMPILE_CACHE: join(folder, 'cache'),
    }
    const milliseconds = async (...args: string[]) => {
      const began = performance.now()
      await run$(process.execPath, args, { env, cwd: folder })
      return performance.now() - began
    }
    const calls = [
      ['paper', '2303.13506'],
      ['search', 'grokking representation'],
    ] as const
    const floors: number[] = []
    const answers = calls.map((): number[] => [])
    // Two turns to fill the caches and to import the sample.
    for (let turn = -2; turn < RUNS; turn++) {
      const floor = await milliseconds(empty)
      if (turn >= 0) floors.push(floor)
      for (const [at, [command, words]] of calls.entries()) {
        const answer = await milliseconds(bin, 'ask', `${command} ${words}`)
        if (turn >= 0) answers[at]?.push(answer)
      }
    }
    const floor = median(floors)
    return calls.map(([command], at) => {
      const value = median(answers[at] ?? [])
      return {
        bench: 'start',
        metric: `first answer (${command})`,
        value,
        unit: 'ms',
        against: 'an empty TypeScript file',
        ratio: value / floor,
      }
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

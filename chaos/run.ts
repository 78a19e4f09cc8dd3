// `npm run chaos -- <name…> [--short] [--times <n>] [--seed <n>] [--json]`: breaks Paperboy in every way that a program names, and prints
// what came of it; without a name, all of them. The exit code is 1 where anything was lost, came twice or was corrupt.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Extent, Found } from './found.ts'

const programs: Readonly<Record<string, () => Promise<{ run(extent: Extent): Promise<Found> }>>> = {
  'crash-points': () => import('./crash-points.ts'),
  'torn-logs': () => import('./torn-logs.ts'),
  kills: () => import('./kills.ts'),
  drain: () => import('./drain.ts'),
  replicas: () => import('./replicas.ts'),
  deliveries: () => import('./deliveries.ts'),
  slots: () => import('./slots.ts'),
  replay: () => import('./replay.ts'),
  hostile: () => import('./hostile.ts'),
  tenants: () => import('./tenants.ts'),
  soak: () => import('./soak.ts'),
}

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  const options = {
    short: { type: 'boolean' },
    json: { type: 'boolean' },
    times: { type: 'string' },
    seed: { type: 'string' },
  } as const
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
  const unknown = positionals.filter((name) => !Object.hasOwn(programs, name))
  if (unknown.length > 0) {
    console.error(`There is no chaos ${unknown.join(', ')}. There are: ${Object.keys(programs).join(', ')}.`)
    return 2
  }
  const names = positionals.length > 0 ? positionals : Object.keys(programs)
  const [only, ...more] = names
  if (only === undefined || more.length > 0) return inTurn(names, argv)
  const { short = false, json = false, times, seed = '1' } = values
  return one(only, { short, seed: Number(seed), ...(times !== undefined && { times: Number(times) }) }, json)
}

/** Each in a process of its own, so that its memory can be told. */
function inTurn(names: readonly string[], argv: readonly string[]): number {
  const flags = argv.filter((word) => !names.includes(word))
  const codes = names.map((name) => {
    const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name, ...flags], { stdio: 'inherit' })
    return status ?? 1
  })
  return Math.max(...codes)
}

async function one(name: string, extent: Extent, json: boolean): Promise<number> {
  const began = performance.now()
  const { run } = (await programs[name]?.()) ?? {}
  if (!run) return 2
  const { notes = [], wrong = [], tried, lost, twice, corrupt } = await run(extent)
  const seconds = Math.round((performance.now() - began) / 100) / 10
  const peakMB = Math.round(process.resourceUsage().maxRSS / 1024)
  if (json) console.log(JSON.stringify({ chaos: name, tried, lost, twice, corrupt, seconds, peakMB }))
  else {
    console.log(`${name}: ${tried} tried, ${lost} lost, ${twice} twice, ${corrupt} corrupt; ${seconds} s, ${peakMB} MB.`)
    for (const note of notes) console.log(`  ${note}`)
  }
  for (const sentence of wrong) console.error(`  ${name}: ${sentence}`)
  return lost + twice + corrupt + wrong.length > 0 ? 1 : 0
}

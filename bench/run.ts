// `npm run bench -- <name…> [--json]`: runs benches by name and prints their figures; without a name, all of them.
import type { Figure } from './figure.ts'

const benches: Readonly<Record<string, () => Promise<{ run(): Promise<Figure[]> }>>> = {
  import: () => import('./import.ts'),
  parse: () => import('./parse.ts'),
  search: () => import('./search.ts'),
  match: () => import('./match.ts'),
  render: () => import('./render.ts'),
  start: () => import('./start.ts'),
  slack: () => import('./slack.ts'),
  discord: () => import('./discord.ts'),
  replicas: () => import('./replicas.ts'),
}

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json')
  const asked = argv.filter((word) => word !== '--json')
  const unknown = asked.filter((name) => !Object.hasOwn(benches, name))
  if (unknown.length > 0) {
    console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
    return 2
  }
  for (const [name, load] of Object.entries(benches)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    const { run } = await load()
    for (const figure of await run()) console.log(json ? JSON.stringify(figure) : inWords(figure))
  }
  return 0
}

function inWords({ bench, metric, value, unit, against, ratio }: Figure): string {
  const compared = ratio === null ? '' : ` (${round(ratio)} × ${against})`
  return `${bench}: ${metric}: ${round(value)} ${unit}${compared}`
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}

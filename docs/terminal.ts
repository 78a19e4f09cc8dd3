// Makes what README.md shows from what Paperboy really answers on the bundled sample: docs/terminal.svg and the conversation.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const COMMANDS = ['author Eric J. Michaud', 'search grokking representation']
const SHOWN_LINES = [22, 16]
/** The day that scores and years are shown for; test/e2e/readme.test.ts has the same. */
const EVE = '2026-11-23T09:00:00Z'
const DAY = '2026-11-24T09:00:00Z'
const README_LINES = 16
const README_COLUMNS = 110
const COLUMNS = 96
const LINE_HEIGHT = 18
const CHARACTER_WIDTH = 7.83
const MARGIN = 20
const STYLES: Readonly<Record<string, string>> = {
  1: 'font-weight="bold"',
  2: 'fill="#8b949e"',
  3: 'font-style="italic"',
  31: 'fill="#ff7b72"',
  33: 'fill="#e3b341"',
  36: 'fill="#79c0ff"',
}
/** What ends a style. */
const CLOSES: Readonly<Record<string, readonly string[]>> = { 22: ['1', '2'], 23: ['3'], 39: ['31', '33', '36'] }

const TERMINAL = `Object.assign(process.stdout, { isTTY: true, columns: ${COLUMNS}, hasColors: () => true })`
const folder = mkdtempSync(join(tmpdir(), 'paperboy-picture-'))
const lines = COMMANDS.flatMap((command, index) => {
  const shown = answer(command).split('\n')
  const kept = shown.slice(0, SHOWN_LINES[index])
  return [`\u001b[1m› ${command}\u001b[22m`, '', ...kept, ...(kept.length < shown.length ? ['\u001b[2m…\u001b[22m'] : []), '']
})
writeFileSync('docs/terminal.svg', picture(lines.slice(0, -1)))
writeReadme()
rmSync(folder, { recursive: true })

function answer(command: string): string {
  const terminal = `data:text/javascript,${encodeURIComponent(TERMINAL)}`
  return paperboy('picture', ['--import', terminal, 'bin/paperboy.js', 'ask', command, '--at', DAY]).trimEnd()
}

/** Puts the answers to the README's own commands under them, each cut to its beginning. */
function writeReadme(): void {
  const readme = readFileSync('README.md', 'utf8')
  const typed = readme.match(/printf '(.*)' \| npm start/)?.[1]?.replaceAll('\\n', '\n') ?? ''
  // The clock stands still, so what is there before anything is followed has to come in earlier.
  paperboy('readme', ['bin/paperboy.js', 'import', '--sample', '--at', EVE])
  const answers = paperboy('readme', ['bin/paperboy.js', 'chat', '--at', DAY], typed)
    .trim()
    .split(/\n+(?=› )/)
  const shown = answers.map((text) => {
    const all = text.split('\n')
    return [...all.slice(0, README_LINES).map(cut), ...(all.length > README_LINES ? ['…'] : [])].join('\n')
  })
  writeFileSync(
    'README.md',
    readme.replace(/(?<=^```text\n).*?(?=^```$)/ms, () => `${shown.join('\n\n')}\n`),
  )
}

function cut(line: string): string {
  return line.length <= README_COLUMNS ? line : `${line.slice(0, line.lastIndexOf(' ', README_COLUMNS))} …`
}

function paperboy(database: string, parameters: readonly string[], typed = ''): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, parameters, {
    encoding: 'utf8',
    input: typed,
    env: { ...process.env, DATABASE_URL: `file:${join(folder, `${database}.db`)}` },
  })
  if (status !== 0) throw new Error(`paperboy ${parameters.join(' ')} failed: ${stderr}`)
  return stdout
}

function picture(lines: readonly string[]): string {
  const width = Math.ceil(COLUMNS * CHARACTER_WIDTH + 2 * MARGIN)
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN
  const active = new Set<string>()
  const texts = lines.map(
    (line, row) => `<text x="${MARGIN}" y="${MARGIN + (row + 0.75) * LINE_HEIGHT}">${spans(line, active)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>Paperboy in a terminal: ${escapeXml(COMMANDS.join('; '))}</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#e6edf3" xml:space="preserve">
${texts.join('\n')}
</g>
</svg>
`
}

/** One line's runs of one style; `active` goes on to the next line, as it does in a terminal. */
function spans(line: string, active: Set<string>): string {
  return line
    .split(/\u001b\[(\d+)m/)
    .map((part, index) => {
      if (index % 2 === 0)
        return part === '' ? '' : `<tspan ${[...active].map((code) => STYLES[code]).join(' ')}>${escapeXml(part)}</tspan>`
      if (CLOSES[part]) for (const code of CLOSES[part]) active.delete(code)
      else active.add(part)
      return ''
    })
    .join('')
    .replaceAll('<tspan >', '<tspan>')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

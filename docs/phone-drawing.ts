// Draws messages as a phone shows them, plain: text in runs, rows of buttons, lines; what a message is made of, each app's drawing knows.

/** How an app looks. */
export interface Look {
  readonly ink: string
  readonly grey: string
  readonly line: string
  /** Behind the letter that stands for who writes. */
  readonly face: string
  readonly button: { readonly fill: string; readonly edge: string; readonly corner: number }
}

export interface Shown {
  /** What stands above the message, and whether a person typed it. */
  readonly caption: string
  /** The message's parts from the top down, each at a height. */
  readonly draw: readonly ((y: number) => Drawn)[]
}

export interface Run {
  readonly text: string
  readonly size: number
  readonly colour: string
  readonly bold?: boolean
  readonly italic?: boolean
}

export interface Drawn {
  readonly svg: readonly string[]
  readonly height: number
}

const PHONE = 390
const HEIGHT = 640
const GAP = 24
const MARGIN = 16
/** Where a message's text begins, right of the picture of who writes. */
const LEFT = 60
const WIDTH = PHONE - LEFT - MARGIN
const FADE = 60
const NAME = 15
/** Of buttons. */
const BUTTON = { height: 32, inside: 12, between: 8, size: 13 }
const LEADING = 1.42
/** Widths of characters in ems, those of a common sans-serif. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[iljI.,:;'|!]/, 0.26],
  [/[ftr()[\]\- ]/, 0.33],
  [/[mwMW…—]/, 0.86],
  [/[A-Z&]/, 0.68],
]
const OTHER_WIDTH = 0.545
const BOLD = 1.07
const WORDS = /\n|[^\s]+|[^\S\n]+/g

/** One phone beside the other; what is longer than a screen fades out below. */
export function picture(app: string, messages: readonly Shown[], look: Look): string {
  const width = messages.length * PHONE + (messages.length + 1) * GAP
  const height = HEIGHT + 2 * GAP
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>Paperboy in ${app} on a phone: ${escaped(messages.map(({ caption }) => caption).join('; '))}</title>
<defs><clipPath id="screen"><rect width="${PHONE}" height="${HEIGHT}" rx="18"/></clipPath>
<linearGradient id="fade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#fff"/></linearGradient></defs>
<rect width="100%" height="100%" rx="8" fill="#f0f0f0"/>
<g font-family="Lato, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif" xml:space="preserve">
${messages.map((message, at) => phone(message, GAP + at * (PHONE + GAP), look)).join('\n')}
</g>
</svg>
`
}

function phone({ caption, draw }: Shown, x: number, { ink, grey, line, face }: Look): string {
  const top = 58
  const { svg, height } = stacked(draw, top + 26)
  const fade =
    top + 26 + height > HEIGHT ? `<rect y="${HEIGHT - FADE}" width="${PHONE}" height="${FADE}" fill="url(#fade)"/>` : ''
  return `<g transform="translate(${x} ${GAP})" clip-path="url(#screen)"><rect width="${PHONE}" height="${HEIGHT}" fill="#fff"/>
<text x="${MARGIN}" y="32" font-size="14" fill="${grey}">${escaped(caption)}</text>
<line x1="0" y1="46" x2="${PHONE}" y2="46" stroke="${line}"/>
<rect x="${MARGIN}" y="${top}" width="34" height="34" rx="7" fill="${face}"/><text x="${MARGIN + 17}" y="${top + 24}" font-size="19" font-weight="bold" fill="#fff" text-anchor="middle">P</text>
<text x="${LEFT}" y="${top + 14}" font-size="${NAME}" font-weight="bold" fill="${ink}">Paperboy</text>
<rect x="${LEFT + 71}" y="${top + 3}" width="30" height="14" rx="3" fill="${line}"/><text x="${LEFT + 86}" y="${top + 13.5}" font-size="9.5" font-weight="bold" fill="${grey}" text-anchor="middle">APP</text>
<text x="${LEFT + 109}" y="${top + 14}" font-size="12" fill="${grey}">9:00</text>
${svg.join('\n')}
${fade}</g>`
}

function stacked(parts: Shown['draw'], from: number): Drawn {
  const svg: string[] = []
  let y = from
  for (const part of parts) {
    const drawn = part(y)
    svg.push(...drawn.svg)
    y += drawn.height
  }
  return { svg, height: y - from }
}

export function divider(y: number, { line }: Look): Drawn {
  return { svg: [`<line x1="${LEFT}" y1="${y + 8}" x2="${PHONE - MARGIN}" y2="${y + 8}" stroke="${line}"/>`], height: 17 }
}

/** Runs of text, wrapped at words; `after` is the room below them. */
export function paragraph(runs: readonly Run[], y: number, after: number): Drawn {
  const lines: Run[][] = [[]]
  let x = 0
  for (const run of runs) {
    for (const [word] of run.text.matchAll(WORDS)) {
      const width = widthOf({ ...run, text: word })
      if (word === '\n' || (x + width > WIDTH && word.trim() !== '')) {
        lines.push([])
        x = 0
      }
      if (word === '\n' || (x === 0 && word.trim() === '')) continue
      lines.at(-1)?.push({ ...run, text: word })
      x += width
    }
  }
  const leading = Math.max(...runs.map(({ size }) => size)) * LEADING
  return {
    svg: lines.flatMap((line, at) => (line.length === 0 ? [] : [drawLine(joined(line), y + at * leading + leading * 0.78)])),
    height: lines.length * leading + after,
  }
}

/** As long as it was reckoned to be, whatever the font that it is shown in. */
function drawLine(line: readonly Run[], y: number): string {
  const length = line.reduce((sum, run) => sum + widthOf(run), 0)
  return `<text x="${LEFT}" y="${rounded(y)}" textLength="${rounded(length)}" lengthAdjust="spacingAndGlyphs">${line.map(span).join('')}</text>`
}

/** Buttons with these words, and what is narrower where a menu stands. */
export function row(
  buttons: readonly { readonly text: string; readonly isMenu?: boolean }[],
  y: number,
  { ink, button }: Look,
): Drawn {
  const svg: string[] = []
  let [x, top] = [LEFT, y]
  for (const { text, isMenu } of buttons) {
    const width = isMenu ? BUTTON.height + 6 : widthOf({ text, size: BUTTON.size, bold: true }) + 2 * BUTTON.inside
    if (x + width > PHONE - MARGIN) [x, top] = [LEFT, top + BUTTON.height + BUTTON.between]
    svg.push(
      `<rect x="${rounded(x)}" y="${rounded(top)}" width="${rounded(width)}" height="${BUTTON.height}" rx="${button.corner}" fill="${button.fill}" stroke="${button.edge}"/>`,
      `<text x="${rounded(x + width / 2)}" y="${rounded(top + 21)}" font-size="${BUTTON.size}" font-weight="bold" fill="${ink}" text-anchor="middle">${escaped(text)}</text>`,
    )
    x += width + BUTTON.between
  }
  return { svg, height: top - y + BUTTON.height + 8 }
}

/** A menu as wide as the message. */
export function menu(text: string, y: number, { grey, button }: Look): Drawn {
  return {
    svg: [
      `<rect x="${LEFT}" y="${rounded(y)}" width="${WIDTH}" height="${BUTTON.height}" rx="${button.corner}" fill="#fff" stroke="${button.edge}"/>`,
      `<text x="${LEFT + BUTTON.inside}" y="${rounded(y + 21)}" font-size="${BUTTON.size}" fill="${grey}">${escaped(text)}</text>`,
      `<text x="${PHONE - MARGIN - BUTTON.inside}" y="${rounded(y + 21)}" font-size="${BUTTON.size}" fill="${grey}" text-anchor="end">▾</text>`,
    ],
    height: BUTTON.height + 8,
  }
}

/** Neighbours of one style in one run. */
export function joined(line: readonly Run[]): Run[] {
  const runs: Run[] = []
  for (const run of line.slice(0, line.findLastIndex(({ text }) => text.trim() !== '') + 1)) {
    const last = runs.at(-1)
    const isLike =
      last && last.bold === run.bold && last.italic === run.italic && last.colour === run.colour && last.size === run.size
    if (isLike) runs.splice(-1, 1, { ...last, text: last.text + run.text })
    else runs.push(run)
  }
  return runs
}

function span({ text, size, colour, bold, italic }: Run): string {
  const style = `${bold ? ' font-weight="bold"' : ''}${italic ? ' font-style="italic"' : ''}`
  return `<tspan font-size="${size}" fill="${colour}"${style}>${escaped(text)}</tspan>`
}

function widthOf({ text, size, bold }: Pick<Run, 'text' | 'size' | 'bold'>): number {
  const ems = [...text].reduce((sum, character) => sum + (WIDTHS.find(([which]) => which.test(character))?.[1] ?? OTHER_WIDTH), 0)
  return ems * size * (bold ? BOLD : 1)
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

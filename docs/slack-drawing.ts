// Draws messages in Block Kit as a phone shows them in Slack: plain, and from nothing but what is sent.
import type { types } from '@slack/bolt'

export interface Shown {
  /** What stands above the message, and whether a person typed it. */
  readonly caption: string
  readonly blocks: readonly types.KnownBlock[]
}

interface Run {
  readonly text: string
  readonly size: number
  readonly colour: string
  readonly bold?: boolean
  readonly italic?: boolean
}

interface Drawn {
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
const INK = '#1d1c1d'
const GREY = '#616061'
const LINK = '#1264a3'
const LINE = '#dddddd'
const TEXT = 15
const SMALL = 12.5
const LARGE = 18
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
export function picture(messages: readonly Shown[]): string {
  const width = messages.length * PHONE + (messages.length + 1) * GAP
  const height = HEIGHT + 2 * GAP
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>Paperboy in Slack on a phone: ${escaped(messages.map(({ caption }) => caption).join('; '))}</title>
<defs><clipPath id="screen"><rect width="${PHONE}" height="${HEIGHT}" rx="18"/></clipPath>
<linearGradient id="fade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#fff"/></linearGradient></defs>
<rect width="100%" height="100%" rx="8" fill="#f0f0f0"/>
<g font-family="Lato, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif" xml:space="preserve">
${messages.map((message, at) => phone(message, GAP + at * (PHONE + GAP))).join('\n')}
</g>
</svg>
`
}

function phone({ caption, blocks }: Shown, x: number): string {
  const top = 58
  const { svg, height } = stack(blocks, top + 26)
  const fade =
    top + 26 + height > HEIGHT ? `<rect y="${HEIGHT - FADE}" width="${PHONE}" height="${FADE}" fill="url(#fade)"/>` : ''
  return `<g transform="translate(${x} ${GAP})" clip-path="url(#screen)"><rect width="${PHONE}" height="${HEIGHT}" fill="#fff"/>
<text x="${MARGIN}" y="32" font-size="14" fill="${GREY}">${escaped(caption)}</text>
<line x1="0" y1="46" x2="${PHONE}" y2="46" stroke="${LINE}"/>
<rect x="${MARGIN}" y="${top}" width="34" height="34" rx="7" fill="#4a154b"/><text x="${MARGIN + 17}" y="${top + 24}" font-size="19" font-weight="bold" fill="#fff" text-anchor="middle">P</text>
<text x="${LEFT}" y="${top + 14}" font-size="${TEXT}" font-weight="bold" fill="${INK}">Paperboy</text>
<rect x="${LEFT + 71}" y="${top + 3}" width="30" height="14" rx="3" fill="${LINE}"/><text x="${LEFT + 86}" y="${top + 13.5}" font-size="9.5" font-weight="bold" fill="${GREY}" text-anchor="middle">APP</text>
<text x="${LEFT + 109}" y="${top + 14}" font-size="12" fill="${GREY}">9:00</text>
${svg.join('\n')}
${fade}</g>`
}

function stack(blocks: readonly types.KnownBlock[], from: number): Drawn {
  const svg: string[] = []
  let y = from
  for (const block of blocks) {
    const drawn = drawBlock(block, y)
    svg.push(...drawn.svg)
    y += drawn.height
  }
  return { svg, height: y - from }
}

function drawBlock(block: types.KnownBlock, y: number): Drawn {
  switch (block.type) {
    case 'header':
      return paragraph([{ text: block.text.text, size: LARGE, colour: INK, bold: true }], y, 8)
    case 'context':
      return paragraph(
        block.elements.flatMap((element) => ('text' in element ? [{ text: element.text ?? '', size: SMALL, colour: GREY }] : [])),
        y,
        2,
      )
    case 'divider':
      return { svg: [`<line x1="${LEFT}" y1="${y + 8}" x2="${PHONE - MARGIN}" y2="${y + 8}" stroke="${LINE}"/>`], height: 17 }
    case 'rich_text':
      return paragraph(
        block.elements.flatMap((element) => runsOf(element.elements as readonly types.RichTextElement[])),
        y,
        8,
      )
    case 'actions':
      return row(block.elements, y)
    default:
      throw new Error(`There is no drawing of a ${block.type}.`)
  }
}

function runsOf(elements: readonly types.RichTextElement[]): Run[] {
  return elements.map((element) => {
    if (element.type !== 'text' && element.type !== 'link') throw new Error(`There is no drawing of a ${element.type} in a text.`)
    const { bold = false, italic = false } = element.style ?? {}
    return { text: element.text ?? '', size: TEXT, colour: element.type === 'link' ? LINK : INK, bold, italic }
  })
}

/** Runs of text, wrapped at words; `after` is the room below them. */
function paragraph(runs: readonly Run[], y: number, after: number): Drawn {
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

function row(elements: types.ActionsBlock['elements'], y: number): Drawn {
  const svg: string[] = []
  let [x, top] = [LEFT, y]
  for (const element of elements) {
    const text = element.type === 'button' ? element.text.text : '•••'
    const width =
      element.type === 'button' ? widthOf({ text, size: BUTTON.size, bold: true }) + 2 * BUTTON.inside : BUTTON.height + 6
    if (x + width > PHONE - MARGIN) [x, top] = [LEFT, top + BUTTON.height + BUTTON.between]
    svg.push(
      `<rect x="${rounded(x)}" y="${rounded(top)}" width="${rounded(width)}" height="${BUTTON.height}" rx="8" fill="#fff" stroke="#bbbbbb"/>`,
      `<text x="${rounded(x + width / 2)}" y="${rounded(top + 21)}" font-size="${BUTTON.size}" font-weight="bold" fill="${INK}" text-anchor="middle">${escaped(text)}</text>`,
    )
    x += width + BUTTON.between
  }
  return { svg, height: top - y + BUTTON.height + 8 }
}

/** Neighbours of one style in one run. */
function joined(line: readonly Run[]): Run[] {
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

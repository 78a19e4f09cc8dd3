// Draws messages of components as a phone shows them in Discord: plain, and from nothing but what is sent.
import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js'
import { type Read, read } from '#test/adapters/chat/discord/markdown-reader.ts'
import { type Drawn, divider, joined, type Look, menu, paragraph, picture, type Run, row } from './phone-drawing.ts'

export interface DiscordShown {
  /** What stands above the message, and whether a person typed it. */
  readonly caption: string
  readonly components: readonly APIMessageTopLevelComponent[]
}

const INK = '#2e3035'
const GREY = '#5c5e66'
const LINK = '#0067e0'
const TEXT = 15
const SMALL = 12.5
const LARGE = 18
const LOOK: Look = {
  ink: INK,
  grey: GREY,
  line: '#dddddd',
  face: '#5865f2',
  button: { fill: '#e6e7ea', edge: '#d5d6da', corner: 8 },
}

/** One phone beside the other; what is longer than a screen fades out below. */
export function discordPicture(messages: readonly DiscordShown[]): string {
  const shown = messages.map(({ caption, components }) => ({
    caption,
    draw: components.flatMap(drawingsOf),
  }))
  return picture('Discord', shown, LOOK)
}

function drawingsOf(component: APIMessageTopLevelComponent): ((y: number) => Drawn)[] {
  switch (component.type) {
    case ComponentType.TextDisplay: {
      const lines = component.content.split('\n')
      return lines.map((line, at) => (y: number) => paragraph(runsOf(read(line)), y, at < lines.length - 1 ? 1 : 8))
    }
    case ComponentType.Separator:
      return [(y) => divider(y, LOOK)]
    case ComponentType.ActionRow:
      return [(y) => drawRow(component.components, y)]
    default:
      throw new Error(`There is no drawing of a component ${component.type}.`)
  }
}

function drawRow(
  components: Extract<APIMessageTopLevelComponent, { type: ComponentType.ActionRow }>['components'],
  y: number,
): Drawn {
  const [first] = components
  if (first && 'placeholder' in first) return menu(first.placeholder ?? '', y, LOOK)
  return row(
    components.map((one) => ({ text: 'label' in one ? (one.label ?? '') : '' })),
    y,
    LOOK,
  )
}

/** A line's text, in the size that its first mark gives it. */
function runsOf({ runs, tokens: [block] }: Read): Run[] {
  const size = block === 'heading' ? LARGE : block === 'small' ? SMALL : TEXT
  const bullet: Run[] = block === 'list' ? [{ text: '• ', size, colour: INK }] : []
  const words = runs.map(({ text, bold, italic, link }): Run => {
    const colour = link !== undefined ? LINK : block === 'small' ? GREY : INK
    return { text, size, colour, bold: bold || block === 'heading', italic }
  })
  return joined([...bullet, ...words])
}

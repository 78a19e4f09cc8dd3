// Draws messages in Block Kit as a phone shows them in Slack: plain, and from nothing but what is sent.
import type { types } from '@slack/bolt'
import { type Drawn, divider, type Look, paragraph, picture, type Run, row } from './phone-drawing.ts'

export interface SlackShown {
  /** What stands above the message, and whether a person typed it. */
  readonly caption: string
  readonly blocks: readonly types.KnownBlock[]
}

const INK = '#1d1c1d'
const GREY = '#616061'
const LINK = '#1264a3'
const TEXT = 15
const SMALL = 12.5
const LARGE = 18
const LOOK: Look = {
  ink: INK,
  grey: GREY,
  line: '#dddddd',
  face: '#4a154b',
  button: { fill: '#fff', edge: '#bbbbbb', corner: 8 },
}

/** One phone beside the other; what is longer than a screen fades out below. */
export function slackPicture(messages: readonly SlackShown[]): string {
  const shown = messages.map(({ caption, blocks }) => ({
    caption,
    draw: blocks.map((block) => (y: number) => drawBlock(block, y)),
  }))
  return picture('Slack', shown, LOOK)
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
      return divider(y, LOOK)
    case 'rich_text':
      return paragraph(
        block.elements.flatMap((element) => runsOf(element.elements as readonly types.RichTextElement[])),
        y,
        8,
      )
    case 'actions':
      return row(
        block.elements.map((element) =>
          element.type === 'button' ? { text: element.text.text } : { text: '•••', isMenu: true },
        ),
        y,
        LOOK,
      )
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

// Blocks of a reply as terminal text: plain or coloured, as wide as the terminal or, for pipes, unwrapped.
import { createRequire } from 'node:module'
import type { Answer } from '#core/commands/dispatch.ts'
import type { Action, Block, Span } from '#core/reply.ts'
import { visible } from '#core/text/visible.ts'
import { cardParagraphs } from './card.ts'
import { type Style, terminalStyle } from './style.ts'

const require = createRequire(import.meta.url)

const BULLET_INDENT = 2

export interface TerminalFormat {
  readonly colour: boolean
  /** Columns to wrap at; null leaves each paragraph on one line, for pipes. */
  readonly width: number | null
  /** The day that dates and scores are shown for. */
  readonly now: Temporal.Instant
}

/**
 * The blocks, an empty line between them. An action that stands for a command shows the command, or its number where
 * `numbered` (session.ts counts the same way). Where nothing can be pressed, the actions under a paper of a list are left
 * out: they are the same for every paper, and take the id that its address shows.
 */
export function renderBlocks(blocks: readonly Block[], format: TerminalFormat, numbered = false): string {
  const style = terminalStyle(format.colour)
  let number = 0
  const nextNumber = () => (numbered ? String(++number) : undefined)
  return blocks
    .map((block) => renderBlock(block, style, format, numbered, nextNumber))
    .filter((text) => text !== '')
    .join('\n\n')
}

/** A reply, or what went wrong and what to do about it. */
export function renderAnswer(answer: Answer, format: TerminalFormat, numbered = false): string {
  if (answer.ok) return renderBlocks(answer.reply.blocks, format, numbered)
  const style = terminalStyle(format.colour)
  const lines = [style.warning(visible(answer.error.message)), visible(answer.error.hint ?? '')]
  return lines
    .filter((line) => line !== '')
    .map((line) => wrap(line, format.width))
    .join('\n')
}

/** Spans in one line of text; a link shows its address unless the text is the address. */
function renderSpans(spans: readonly Span[], style: Style): string {
  return spans.map((span) => renderSpan(span, style)).join('')
}

/** Wraps at `width` columns, later lines indented; null leaves the text as it is. */
function wrap(text: string, width: number | null, indent = 0): string {
  if (width === null) return text
  // Loaded here, since its tables of wide characters take as long to load as all of ours, and a pipe needs none.
  const { default: wrapAnsi } = require('wrap-ansi') as typeof import('wrap-ansi')
  return wrapAnsi(text, Math.max(20, width - indent), { hard: true, trim: true }).replaceAll('\n', `\n${' '.repeat(indent)}`)
}

function renderBlock(
  block: Block,
  style: Style,
  { width, now }: TerminalFormat,
  numbered: boolean,
  nextNumber: () => string | undefined,
): string {
  switch (block.kind) {
    case 'heading':
      return wrap(style.heading(renderSpans(block.spans, style)), width)
    case 'prose':
      return wrap(renderSpans(block.spans, style), width)
    case 'note':
      return wrap(style.dim(renderSpans(block.spans, style)), width)
    case 'list':
      return block.rows.map((row, at) => renderRow(row, block.ordered ? `${at + 1}.` : '•', style, width)).join('\n')
    case 'card':
      return [
        ...cardParagraphs(block, now, style, (spans) => renderSpans(spans, style)).map((line) => wrap(line, width)),
        ...renderActions(numbered || block.form === 'full' ? (block.actions ?? []) : [], style, nextNumber),
      ].join('\n')
    case 'code':
      return visible(block.text)
    case 'actions':
      return renderActions(block.actions, style, nextNumber).join('\n')
    case 'picture':
      return wrap(`${visible(block.alt)} ${style.dim(block.url)}`, width)
  }
}

function renderRow(row: readonly Span[], mark: string, style: Style, width: number | null): string {
  const indent = Math.max(BULLET_INDENT, mark.length + 1)
  return `${mark.padEnd(indent)}${wrap(renderSpans(row, style), width, indent)}`
}

/** Numbered actions share a line; commands to be typed have one each. Those of a menu, and forms, are left out: a terminal has none. */
function renderActions(actions: readonly Action[], style: Style, nextNumber: () => string | undefined): string[] {
  const typed: string[] = []
  const numbered: string[] = []
  for (const action of actions) {
    if ('command' in action && (action.more || action.form)) continue
    const number = 'command' in action ? nextNumber() : undefined
    if (number !== undefined) numbered.push(`${style.accent(`[${number}]`)} ${visible(action.label)}`)
    else
      typed.push(
        `${style.dim(`${visible(action.label)}:`)} ${visible('url' in action ? action.url : `/papers ${action.command}`)}`,
      )
  }
  return numbered.length > 0 ? [numbered.join('  '), ...typed] : typed
}

function renderSpan(span: Span, style: Style): string {
  let text = visible(span.text)
  if (span.bold) text = style.bold(text)
  if (span.italic) text = style.italic(text)
  if (span.code) text = style.accent(text)
  if (span.link && span.link !== span.text) text += ` ${style.dim(`<${visible(span.link)}>`)}`
  return text
}

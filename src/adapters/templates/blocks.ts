// Rendered Markdown → blocks: headings, prose, lists, code, small print (block quotes), pictures and cards.
import type { BlockContent, List, Nodes, PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Block, Span } from '#core/reply.ts'
import type { Tokens } from './tokens.ts'

type Style = Omit<Span, 'text'>

/** HTML stays the text it is, indented text is no code, and links say where they go on the spot. */
const MARKDOWN = { extensions: [{ disable: { null: ['codeIndented', 'htmlFlow', 'htmlText', 'definition'] } }] }
const HTTP = /^https?:\/\/[^\s<>]+$/i

/** Every word of the Markdown is in one of the blocks, in order. */
export function blocksOf(markdown: string, tokens: Tokens): Block[] {
  return fromMarkdown(markdown, MARKDOWN).children.flatMap((node) => blockOf(node, tokens))
}

function blockOf(node: RootContent, tokens: Tokens): Block[] {
  switch (node.type) {
    case 'heading':
      return withSpans('heading', phrases(node.children, {}, tokens))
    case 'paragraph': {
      const [only, ...more] = node.children
      if (only && more.length === 0) {
        const card = only.type === 'text' ? tokens.cardOf(only.value) : undefined
        if (card) return [card]
        const url = only.type === 'image' ? httpUrl(only.url, tokens) : undefined
        if (only.type === 'image' && url !== undefined) return [{ kind: 'picture', url, alt: tokens.plain(only.alt ?? '') }]
      }
      return withSpans('prose', phrases(node.children, {}, tokens))
    }
    case 'blockquote':
      return quoted(node.children, tokens)
    case 'list': {
      const rows = rowsOf(node, tokens)
      return rows.length === 0 ? [] : [{ kind: 'list', ordered: node.ordered === true, rows }]
    }
    case 'code': {
      const text = tokens.plain(node.value)
      return text === '' ? [] : [{ kind: 'code', text, ...(node.lang ? { language: tokens.plain(node.lang) } : {}) }]
    }
    default:
      return []
  }
}

function quoted(children: readonly (BlockContent | RootContent)[], tokens: Tokens): Block[] {
  return children.flatMap((child) =>
    child.type === 'paragraph' ? withSpans('note', phrases(child.children, {}, tokens)) : blockOf(child, tokens),
  )
}

/** A list's rows; lists within rows follow them as rows of their own. */
function rowsOf(list: List, tokens: Tokens): (readonly Span[])[] {
  return list.children.flatMap((row) => {
    const lines = row.children.flatMap((child) => (child.type === 'list' ? rowsOf(child, tokens) : [flat(child, tokens)]))
    return lines.filter((line) => line.length > 0)
  })
}

/** Whatever a row holds, as one line. */
function flat(node: Nodes, tokens: Tokens): Span[] {
  if (node.type === 'paragraph' || node.type === 'heading') return phrases(node.children, {}, tokens)
  if (node.type === 'code') return tokens.spans(node.value, { code: true })
  return 'children' in node ? node.children.flatMap((child) => flat(child, tokens)) : []
}

function withSpans(kind: 'heading' | 'prose' | 'note', spans: readonly Span[]): Block[] {
  return spans.some(({ text }) => text.trim() !== '') ? [{ kind, spans }] : []
}

function phrases(nodes: readonly PhrasingContent[], style: Style, tokens: Tokens): Span[] {
  return nodes.flatMap((node): Span[] => {
    switch (node.type) {
      case 'text':
        return tokens.spans(node.value, style)
      case 'strong':
        return phrases(node.children, { ...style, bold: true }, tokens)
      case 'emphasis':
        return phrases(node.children, { ...style, italic: true }, tokens)
      case 'inlineCode':
        return tokens.spans(node.value, { ...style, code: true })
      case 'break':
        return [{ ...style, text: '\n' }]
      case 'link': {
        const link = httpUrl(node.url, tokens)
        return phrases(node.children, link === undefined ? style : { ...style, link }, tokens)
      }
      case 'image':
        return tokens.spans(node.alt ?? '', style)
      default:
        return 'value' in node ? tokens.spans(node.value, style) : []
    }
  })
}

function httpUrl(url: string, tokens: Tokens): string | undefined {
  const whole = tokens.plain(url)
  return HTTP.test(whole) ? whole : undefined
}

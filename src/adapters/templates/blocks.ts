// Markdown's trees → blocks: headings, prose, lists, code, small print (block quotes) and pictures.
import type { BlockContent, List, Nodes, PhrasingContent, RootContent } from 'mdast'
import type { Block, Span } from '#core/reply.ts'
import { joined } from '#core/text/tex-scope.ts'
import type { Values } from './values.ts'

type Style = Omit<Span, 'text'>

const HTTP = /^https?:\/\/[^\s<>]+$/i

/** Every word of the node is in one of the blocks, in order. */
export function blockOf(node: RootContent, values: Values): Block[] {
  switch (node.type) {
    case 'heading':
      return withSpans('heading', phrases(node.children, {}, values))
    case 'paragraph': {
      const [only, ...more] = node.children
      const picture = only?.type === 'image' && more.length === 0 ? only : undefined
      const url = picture && httpUrl(picture.url, values)
      if (picture && url !== undefined) return [{ kind: 'picture', url, alt: values.plain(picture.alt ?? '') }]
      return withSpans('prose', phrases(node.children, {}, values))
    }
    case 'blockquote':
      return quoted(node.children, values)
    case 'list': {
      const rows = rowsOf(node, values)
      return rows.length === 0 ? [] : [{ kind: 'list', ordered: node.ordered === true, rows }]
    }
    case 'code': {
      const text = values.plain(node.value)
      return text === '' ? [] : [{ kind: 'code', text, ...(node.lang ? { language: values.plain(node.lang) } : {}) }]
    }
    default:
      return []
  }
}

function quoted(children: readonly (BlockContent | RootContent)[], values: Values): Block[] {
  return children.flatMap((child) =>
    child.type === 'paragraph' ? withSpans('note', phrases(child.children, {}, values)) : blockOf(child, values),
  )
}

/** A list's rows; lists within rows follow them as rows of their own. */
export function rowsOf(list: List, values: Values): (readonly Span[])[] {
  return list.children.flatMap((row) => {
    const lines = row.children.flatMap((child) => (child.type === 'list' ? rowsOf(child, values) : [flat(child, values)]))
    return lines.map(joined).filter((line) => line.length > 0)
  })
}

/** Whatever a row holds, as one line. */
function flat(node: Nodes, values: Values): Span[] {
  if (node.type === 'paragraph' || node.type === 'heading') return phrases(node.children, {}, values)
  if (node.type === 'code') return values.spans(node.value, { code: true })
  return 'children' in node ? node.children.flatMap((child) => flat(child, values)) : []
}

function withSpans(kind: 'heading' | 'prose' | 'note', spans: readonly Span[]): Block[] {
  return spans.some(({ text }) => text.trim() !== '') ? [{ kind, spans: joined(spans) }] : []
}

function phrases(nodes: readonly PhrasingContent[], style: Style, values: Values): Span[] {
  return nodes.flatMap((node): Span[] => {
    switch (node.type) {
      case 'text':
        return values.spans(node.value, style)
      case 'strong':
        return phrases(node.children, { ...style, bold: true }, values)
      case 'emphasis':
        return phrases(node.children, { ...style, italic: true }, values)
      case 'inlineCode':
        return values.spans(node.value, { ...style, code: true })
      case 'break':
        return [{ ...style, text: '\n' }]
      case 'link': {
        const link = httpUrl(node.url, values)
        return phrases(node.children, link === undefined ? style : { ...style, link }, values)
      }
      case 'image':
        return values.spans(node.alt ?? '', style)
      default:
        return 'value' in node ? values.spans(node.value, style) : []
    }
  })
}

function httpUrl(url: string, values: Values): string | undefined {
  const whole = values.plain(url)
  return HTTP.test(whole) ? whole : undefined
}

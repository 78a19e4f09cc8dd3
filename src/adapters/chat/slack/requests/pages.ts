// The pages that whoever installs the bot sees: a heading and a few sentences, with nothing of others' unescaped.

export interface Page {
  readonly status: number
  readonly title: string
  readonly sentences: readonly string[]
  readonly link?: { readonly label: string; readonly url: string }
}

const SPECIAL = /[&<>"']/g

const STYLE = `
  :root { color-scheme: light dark; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1.1rem/1.5 system-ui, sans-serif;
    background: Canvas; color: CanvasText; }
  main { max-width: 32rem; margin: 2rem; padding: 2rem; border: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); border-radius: 1rem; }
  h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
  p { margin: 0 0 1rem; }
  a { display: inline-block; padding: .5rem 1rem; border-radius: .5rem; background: #1d5c63; color: #fff; text-decoration: none; }`

/** What belongs to every page: no scripts, nothing loaded, no copy kept, no word to others where the reader came from. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const

export function htmlOf({ title, sentences, link }: Page): string {
  const paragraphs = sentences.map((sentence) => `<p>${escaped(sentence)}</p>`)
  const further = link ? [`<a href="${escaped(link.url)}">${escaped(link.label)}</a>`] : []
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${[...paragraphs, ...further].join('\n')}
</main>
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replaceAll(SPECIAL, (character) => `&#${character.codePointAt(0)};`)
}

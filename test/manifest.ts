// Reads manifest.yaml, which is kept so plain that a few rules suffice: maps and lists by two spaces, texts without quotes.

export type Yaml = string | boolean | readonly Yaml[] | { readonly [key: string]: Yaml }

interface Line {
  readonly indent: number
  readonly text: string
}

const LINE = /^( *)(\S.*)$/
const PAIR = /^([\w$]+):(?: (.+))?$/
const SPECIAL = /^["'&*!|>%@`{[]|: | #/

/** Throws where a line is of any other kind. */
export function readYaml(source: string): Yaml {
  const lines = source
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line): Line => {
      const [, spaces = '', text = ''] = LINE.exec(line) ?? []
      return { indent: spaces.length, text }
    })
  const value = block(lines, 0)
  if (lines.length > 0) throw new Error(`Not understood: ${lines[0]!.text}`)
  return value
}

/** Takes the lines of one value off. */
function block(lines: Line[], indent: number): Yaml {
  return lines[0]?.text.startsWith('- ') ? list(lines, indent) : map(lines, indent)
}

function list(lines: Line[], indent: number): Yaml {
  const values: Yaml[] = []
  while (lines[0]?.indent === indent && lines[0].text.startsWith('- ')) {
    const text = lines[0].text.slice(2)
    if (PAIR.test(text)) {
      lines[0] = { indent: indent + 2, text }
      values.push(map(lines, indent + 2))
    } else {
      lines.shift()
      values.push(scalar(text))
    }
  }
  return values
}

function map(lines: Line[], indent: number): Yaml {
  const values: Record<string, Yaml> = {}
  while (lines[0]?.indent === indent && !lines[0].text.startsWith('- ')) {
    const { text } = lines.shift()!
    const [, key, value] = PAIR.exec(text) ?? []
    if (key === undefined || key in values) throw new Error(`Not understood: ${text}`)
    values[key] = value === undefined ? block(lines, indent + 2) : scalar(value)
  }
  return values
}

function scalar(text: string): string | boolean {
  if (SPECIAL.test(text)) throw new Error(`Write this without marks of YAML: ${text}`)
  return text === 'true' ? true : text === 'false' ? false : text
}

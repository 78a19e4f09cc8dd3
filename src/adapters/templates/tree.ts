// A template's tree: only what is listed here may stand in it, partials are put in place, and every value goes through
// the helper `value`, so that none reaches the Markdown as it is.
import Handlebars from 'handlebars'
import { ConfigError } from '#core/errors.ts'
import { variables } from './view.ts'

type Program = hbs.AST.Program
type Statement = hbs.AST.Statement

const BLOCKS = new Set(['each', 'if', 'unless', 'with'])
const HELPERS = new Set(['card', 'plural'])
const PARSE_ERROR = /^Parse error on line (\d+):/
const MOST_LOOPS = 2
const MOST_DEPTH = 8
const MOST_STATEMENTS = 1000

interface Place {
  readonly template: string
  readonly partials: readonly string[]
  readonly loops: number
  readonly depth: number
}

export interface Tree {
  readonly program: Program
  /** Everything it was made of: equal texts make equal trees. */
  readonly sources: string
}

/** Rejects with ConfigError naming the template and the line. */
export async function readTree(name: string, text: string, partial: (name: string) => Promise<string>): Promise<Tree> {
  const sources = [text]
  let statements = 0
  const program = await readProgram(parse(name, text), { template: name, partials: [], loops: 0, depth: 0 })
  return { program, sources: sources.join('\0') }

  async function readProgram(program: Program, place: Place): Promise<Program> {
    const body: Statement[] = []
    for (const statement of program.body) body.push(...(await readStatement(statement, place)))
    return { ...program, body }
  }

  async function readStatement(statement: Statement, place: Place): Promise<Statement[]> {
    statements++
    if (statements > MOST_STATEMENTS) throw wrong(place, statement, 'is too long with its partials')
    switch (statement.type) {
      case 'ContentStatement':
      case 'CommentStatement':
        return [statement]
      case 'MustacheStatement':
        return [readMustache(statement as hbs.AST.MustacheStatement, place)]
      case 'BlockStatement':
        return [await readBlock(statement as hbs.AST.BlockStatement, place)]
      case 'PartialStatement':
        return await readPartial(statement as hbs.AST.PartialStatement, place)
      default:
        throw wrong(place, statement, 'has a decorator or a block partial, which no template may have')
    }
  }

  async function readBlock(block: hbs.AST.BlockStatement, place: Place): Promise<Statement> {
    const kind = block.path.original
    if (typeof kind !== 'string' || !BLOCKS.has(kind))
      throw wrong(place, block, `has the block ${kind}; there is ${[...BLOCKS].join(', ')}`)
    for (const param of block.params) checkExpression(param, place)
    const inside = { ...place, depth: place.depth + 1, loops: place.loops + (kind === 'each' ? 1 : 0) }
    if (inside.loops > MOST_LOOPS) throw wrong(place, block, `has more than ${MOST_LOOPS} loops within each other`)
    if (inside.depth > MOST_DEPTH) throw wrong(place, block, `has more than ${MOST_DEPTH} blocks within each other`)
    const program = await readProgram(block.program, inside)
    // Absent, as Handlebars itself leaves it.
    return block.inverse
      ? ({ ...block, program, inverse: await readProgram(block.inverse, inside) } as Statement)
      : ({ ...block, program } as Statement)
  }

  async function readPartial(statement: hbs.AST.PartialStatement, place: Place): Promise<Statement[]> {
    const named = 'original' in statement.name ? String(statement.name.original) : ''
    if (named === '' || statement.params.length > 0 || statement.hash) {
      throw wrong(place, statement, 'has a partial that is more than a name')
    }
    if (place.partials.includes(named)) throw wrong(place, statement, `has the partial ${named} within itself`)
    const text = await partial(named)
    sources.push(text)
    const template = `partials/${named}`
    return (await readProgram(parse(template, text), { ...place, template, partials: [...place.partials, named] })).body
  }
}

function parse(template: string, text: string): Program {
  try {
    return Handlebars.parse(text)
  } catch (error) {
    const line = lineOf(error)
    throw new ConfigError(`The template ${template} cannot be read${line === undefined ? '' : `: line ${line} is wrong`}.`, {
      cause: error,
    })
  }
}

/** The line Handlebars names: its parser says it in its message alone. */
export function lineOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  if ('lineNumber' in error && typeof error.lineNumber === 'number') return error.lineNumber
  const line = PARSE_ERROR.exec(error.message)?.[1]
  return line === undefined ? undefined : Number(line)
}

/** `{{x}}` → `{{value x}}`, `{{plural n "a" "b"}}` → `{{value (plural n "a" "b")}}`; a card stands for itself. */
function readMustache(mustache: hbs.AST.MustacheStatement, place: Place): Statement {
  if (!mustache.escaped) throw wrong(place, mustache, 'has {{{ or {{&, which no template may have')
  const { path, params, hash } = mustache
  const called = params.length > 0 || hash !== undefined
  if (called) checkCall(mustache, place)
  else checkExpression(path, place)
  if (called && (path as hbs.AST.PathExpression).original === 'card') return mustache
  const value = called ? { type: 'SubExpression', path, params, hash, loc: mustache.loc } : path
  const helper = { type: 'PathExpression', data: false, depth: 0, parts: ['value'], original: 'value', loc: mustache.loc }
  return { ...mustache, path: helper, params: [value], hash: undefined } as unknown as Statement
}

function checkCall(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression, place: Place): void {
  const name = (call.path as hbs.AST.PathExpression).original
  if (!HELPERS.has(name)) throw wrong(place, call, `calls ${name}; there is ${[...HELPERS].join(' and ')}`)
  for (const param of [...call.params, ...(call.hash?.pairs.map(({ value }) => value) ?? [])]) checkExpression(param, place)
}

function checkExpression(expression: hbs.AST.Node, place: Place): void {
  if (expression.type === 'SubExpression') checkCall(expression as hbs.AST.SubExpression, place)
  if (expression.type !== 'PathExpression') return
  const { parts } = expression as hbs.AST.PathExpression
  const unknown = parts.find((part) => !variables.has(String(part)))
  if (unknown !== undefined) throw wrong(place, expression, `asks for ${String(unknown)}, which is no variable`)
}

function wrong({ template }: Place, { loc }: hbs.AST.Node, what: string): ConfigError {
  return new ConfigError(`The template ${template} ${what}, in line ${loc.start.line}.`, {
    hint: 'docs/templates.md says what may stand there.',
  })
}

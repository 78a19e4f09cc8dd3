// A template's text → parts: Handlebars reads it, only what is listed here may stand in it, and partials are put in place.
import Handlebars from 'handlebars'
import { ConfigError } from '#core/errors.ts'
import { nearest } from '#core/text/nearest.ts'
import { fileName } from './files.ts'
import { type Expression, FORMS, type LoopName, type Part, type Place, wrong } from './parts.ts'
import { syntaxError } from './syntax-error.ts'
import { variables } from './variables.ts'

const BLOCKS = ['each', 'if', 'unless', 'with'] as const
const LOOP_NAMES: readonly string[] = ['index', 'first', 'last'] satisfies LoopName[]
const MOST_LOOPS = 2
const MOST_DEPTH = 8
const MOST_STATEMENTS = 1000

/** Where a statement stands: `around` counts the blocks that change what a name means, `each` and `with`. */
interface Spot {
  readonly template: string
  readonly partials: readonly string[]
  readonly loops: number
  readonly around: number
  readonly depth: number
}

export interface Tree {
  readonly parts: readonly Part[]
  /** The texts it was made of; partials by name. */
  readonly text: string
  readonly partials: ReadonlyMap<string, string>
}

/** `template` is the file's name, for errors. Rejects with ConfigError naming the file and the line. */
export async function readTree(template: string, text: string, partial: (name: string) => Promise<string>): Promise<Tree> {
  const partials = new Map<string, string>()
  const programs = new Map<string, hbs.AST.Program>()
  let statements = 0
  const parts = await readProgram(parse(template, text), { template, partials: [], loops: 0, around: 0, depth: 0 })
  return { parts, text, partials }

  async function readProgram(program: hbs.AST.Program, spot: Spot): Promise<Part[]> {
    const parts: Part[] = []
    for (const statement of program.body) parts.push(...(await readStatement(statement, spot)))
    return parts
  }

  async function readStatement(statement: hbs.AST.Statement, spot: Spot): Promise<readonly Part[]> {
    const place = placeOf(statement, spot)
    statements++
    if (statements > MOST_STATEMENTS) throw wrong(place, `has more than ${MOST_STATEMENTS} pieces, its partials included`)
    switch (statement.type) {
      case 'CommentStatement':
        return []
      case 'ContentStatement':
        return [readContent(statement as hbs.AST.ContentStatement, place)]
      case 'MustacheStatement':
        return [readMustache(statement as hbs.AST.MustacheStatement, spot)]
      case 'BlockStatement':
        return [await readBlock(statement as hbs.AST.BlockStatement, spot)]
      case 'PartialStatement':
        return await readPartial(statement as hbs.AST.PartialStatement, spot)
      default:
        throw wrong(place, 'has a decorator or a block partial, which no template may have')
    }
  }

  async function readBlock(block: hbs.AST.BlockStatement, spot: Spot): Promise<Part> {
    const place = placeOf(block, spot)
    const kind = BLOCKS.find((one) => one === block.path.original)
    if (!kind) throw wrong(place, `has the block ${quoted(block.path.original)}; there is ${BLOCKS.join(', ')}`)
    const [of, ...more] = block.params
    if (!of || more.length > 0 || block.hash) throw wrong(place, `has {{#${kind}}} with other than one thing to look at`)
    if ([block.program, block.inverse].some((program) => program?.blockParams)) {
      throw wrong(place, `names what {{#${kind}}} is about by “as |…|”, which no template may do: it is {{this}}`)
    }
    const within = kind === 'each' || kind === 'with' ? 1 : 0
    const outside = { ...spot, depth: spot.depth + 1 }
    const inside = { ...outside, loops: spot.loops + (kind === 'each' ? 1 : 0), around: spot.around + within }
    if (inside.loops > MOST_LOOPS) throw wrong(place, `has more than ${MOST_LOOPS} loops within each other`)
    if (inside.depth > MOST_DEPTH) throw wrong(place, `has more than ${MOST_DEPTH} blocks within each other`)
    return {
      kind,
      of: readExpression(of, spot),
      // A block may be begun by its otherwise: `{{^if papers}}`.
      body: block.program ? await readProgram(block.program, inside) : [],
      otherwise: block.inverse ? await readProgram(block.inverse, outside) : [],
      place,
    }
  }

  async function readPartial(statement: hbs.AST.PartialStatement, spot: Spot): Promise<Part[]> {
    const place = placeOf(statement, spot)
    const name = 'original' in statement.name ? String(statement.name.original) : ''
    if (name === '' || statement.params.length > 0 || statement.hash) throw wrong(place, 'has a partial that is more than a name')
    if (spot.partials.includes(name)) throw wrong(place, `has the partial ${name} within itself`)
    const template = fileName(name, 'partial')
    const program = programs.get(name) ?? parse(template, await textOf(name, place))
    programs.set(name, program)
    const parts = await readProgram(program, { ...spot, template, partials: [...spot.partials, name] })
    // Handlebars took the space before it away, to put it before each of its lines: that is not ours to do.
    const { indent = '' } = statement as { indent?: string }
    return indent === '' ? parts : [{ kind: 'text', text: indent, place }, ...parts]
  }

  async function textOf(name: string, place: Place): Promise<string> {
    try {
      const text = await partial(name)
      partials.set(name, text)
      return text
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      throw new ConfigError(`${error.message} The template ${place.template} asks for it in line ${place.line}.`, {
        ...(error.hint !== undefined && { hint: error.hint }),
      })
    }
  }
}

function parse(template: string, text: string): hbs.AST.Program {
  try {
    return Handlebars.parse(text)
  } catch (error) {
    throw syntaxError(template, text, error)
  }
}

/** Where Handlebars took white space off its beginning, the text begins in a later line. */
function readContent({ value, ...rest }: hbs.AST.ContentStatement, { template, line }: Place): Part {
  // Its type is mistaken: this is the text as it stands in the file.
  const original = String(rest.original)
  const taken = original.slice(0, original.indexOf(value))
  return { kind: 'text', text: value, place: { template, line: line + taken.split('\n').length - 1 } }
}

function readMustache(mustache: hbs.AST.MustacheStatement, spot: Spot): Part {
  const place = placeOf(mustache, spot)
  if (!mustache.escaped) throw wrong(place, 'has {{{ or {{&, which no template may have')
  const isCall = mustache.params.length > 0 || mustache.hash !== undefined
  if ((mustache.path as hbs.AST.PathExpression).original === 'card') return readCard(mustache, spot)
  return { kind: 'value', of: isCall ? readCall(mustache, spot) : readExpression(mustache.path, spot), place }
}

function readCard({ params, hash, ...mustache }: hbs.AST.MustacheStatement, spot: Spot): Part {
  const place = placeOf(mustache, spot)
  const [of, ...more] = params
  const [pair, ...pairs] = hash?.pairs ?? []
  if (!of || more.length > 0 || pairs.length > 0 || (pair && pair.key !== 'form')) {
    throw wrong(place, 'has a card that is not written {{card this}} or {{card this form="line"}}')
  }
  const wish = pair ? (pair.value as hbs.AST.StringLiteral).value : 'listing'
  const form = FORMS.find((one) => one === wish)
  if (!form) throw wrong(place, `has a card in the form ${quoted(wish)}; there is ${FORMS.join(', ')}`)
  return { kind: 'card', of: readExpression(of, spot), form, place }
}

function readCall(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression, spot: Spot): Expression {
  const place = placeOf(call, spot)
  const { original } = call.path as hbs.AST.PathExpression
  if (original !== 'plural') throw wrong(place, `calls ${quoted(original)}; there is card and plural`)
  const [count, one, many, ...more] = call.params.map((param) => readExpression(param, spot))
  if (!count || !one || !many || more.length > 0 || call.hash) {
    throw wrong(place, 'has a plural that is not written {{plural count "paper" "papers"}}')
  }
  return { kind: 'plural', count, one, many }
}

function readExpression(expression: hbs.AST.Node, spot: Spot): Expression {
  const place = placeOf(expression, spot)
  switch (expression.type) {
    case 'SubExpression':
      return readCall(expression as hbs.AST.SubExpression, spot)
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral':
      return { kind: 'literal', value: (expression as hbs.AST.StringLiteral | hbs.AST.NumberLiteral).value }
    case 'PathExpression':
      return readPath(expression as hbs.AST.PathExpression, place, spot)
    default:
      throw wrong(place, 'has undefined or null, which no template may have')
  }
}

function readPath({ data, depth, parts, original }: hbs.AST.PathExpression, place: Place, spot: Spot): Expression {
  const names = parts.map(String)
  if (data) {
    const [name = ''] = names
    if (names.length !== 1 || !LOOP_NAMES.includes(name)) throw wrong(place, `asks for ${quoted(original)}, which is no variable`)
    if (depth >= spot.loops) throw wrong(place, `asks for ${quoted(original)} where there is no loop`)
    return { kind: 'loop', up: depth, name: name as LoopName }
  }
  const unknown = names.find((name) => !variables.has(name))
  if (unknown !== undefined) {
    const [near] = nearest(unknown.slice(0, 60), [...variables], 1)
    throw wrong(place, `asks for ${quoted(unknown)}, which is no variable`, near && `Did you mean ${near}?`)
  }
  if (depth > spot.around) throw wrong(place, `goes up with ../ further than there is each or with around it`)
  return { kind: 'path', up: depth, names, place }
}

function placeOf({ loc }: Pick<hbs.AST.Node, 'loc'>, { template }: Spot): Place {
  return { template, line: loc.start.line }
}

/** As it is shown in an error. */
function quoted(name: unknown): string {
  const text = String(name)
  return `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`
}

// A command's options as facts: what help prints, the command line accepts, platforms register and Tab completes.
import { z } from 'zod'
import type { Command } from './command.ts'

export interface Option {
  readonly name: string
  readonly description: string
  readonly required: boolean
  readonly kind: 'text' | 'number' | 'choice'
  /** For a choice its values, otherwise none. */
  readonly values: readonly string[]
  /** Of a number, where it has them. */
  readonly least?: number
  readonly most?: number
  readonly schema: z.ZodType
}

/** What buttons fill in, so that where there are buttons nobody else does. */
export const FILLED_BY_BUTTONS: ReadonlySet<string> = new Set(['confirm'])

/** A command's never change, and every line that is typed asks for them. */
const known = new WeakMap<Command['options'], readonly Option[]>()

/** All options in the order of the schema. */
export function optionsOf({ options }: Pick<Command, 'options'>): readonly Option[] {
  const told = known.get(options) ?? readOptions(options)
  known.set(options, told)
  return told
}

function readOptions(options: Command['options']): Option[] {
  return Object.entries<z.ZodType>(options.shape).map(([name, schema]) => {
    const inner = bare(schema)
    const values = inner instanceof z.ZodEnum ? inner.options.map(String) : []
    return {
      name,
      description: schema.meta()?.description ?? inner.meta()?.description ?? '',
      required: !schema.safeParse(undefined).success,
      kind: inner instanceof z.ZodEnum ? 'choice' : inner instanceof z.ZodNumber ? 'number' : 'text',
      values,
      ...(inner instanceof z.ZodNumber && boundsOf(inner)),
      schema,
    }
  })
}

/** Those that somebody wrote, not those of whole numbers. */
function boundsOf({ minValue, maxValue }: z.ZodNumber): Pick<Option, 'least' | 'most'> {
  return {
    ...(minValue !== null && minValue > Number.MIN_SAFE_INTEGER && { least: minValue }),
    ...(maxValue !== null && maxValue < Number.MAX_SAFE_INTEGER && { most: maxValue }),
  }
}

/** The schema without what makes it optional or changes its value. */
function bare(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return bare(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodPipe) return bare(schema.in as z.ZodType)
  return schema
}

/** The choice that the text is or, from three letters on, alone begins: `Mon` → `monday`; otherwise the text in lower case. */
export function choiceOf(text: string, option: Pick<Option, 'values'>): string {
  const lower = text.toLowerCase()
  const begun = lower.length < 3 || option.values.includes(lower) ? [] : option.values.filter((value) => value.startsWith(lower))
  return begun.length === 1 && begun[0] !== undefined ? begun[0] : lower
}

// What is to be copied as a file that a reference manager opens.
import type { Block } from '#core/reply.ts'

export interface TextFile {
  readonly name: string
  readonly text: string
}

/** By the language of the block. */
const NAMES: Readonly<Record<string, string>> = { bibtex: 'papers.bib', ris: 'papers.ris', json: 'papers.json' }

/** Undefined where no program would open it. */
export function fileOf({ language = '', text }: Extract<Block, { kind: 'code' }>): TextFile | undefined {
  const name = Object.hasOwn(NAMES, language) ? NAMES[language] : undefined
  return name === undefined ? undefined : { name, text: `${text}\n` }
}

/** Files of one message differ in name. */
export function named(files: readonly TextFile[]): TextFile[] {
  return files.map((file, at) => {
    const same = files.slice(0, at).filter(({ name }) => name === file.name).length
    return same === 0 ? file : { ...file, name: file.name.replace('.', `-${same + 1}.`) }
  })
}

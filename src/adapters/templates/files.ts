// Where templates lie: the operator's folder first, then the ones that come with Paperboy.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError } from '#core/errors.ts'

const ENDING = '.md.hbs'
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/
const OURS = fileURLToPath(new URL('../../../templates', import.meta.url))
const LONGEST_BYTES = 4096

export interface TemplateFiles {
  /** The text of a template or, in `partials`, of a part of one. Rejects with ConfigError where there is none, or too much. */
  read(name: string, kind?: 'template' | 'partial'): Promise<string>
  names(): Promise<readonly string[]>
}

export function createTemplateFiles(folder: string | undefined): TemplateFiles {
  const folders = folder === undefined ? [OURS] : [folder, OURS]
  return {
    async read(name, kind = 'template') {
      if (NAME.test(name)) {
        for (const from of folders) {
          const text = await textOf(join(from, kind === 'partial' ? 'partials' : '', name + ENDING))
          if (text === undefined) continue
          if (Buffer.byteLength(text) > LONGEST_BYTES) {
            throw new ConfigError(`The ${kind} ${name} is longer than 4 kB.`, { hint: 'Move a part of it into partials/.' })
          }
          return text
        }
      }
      throw new ConfigError(`There is no ${kind} ${JSON.stringify(name)}.`, {
        hint: `There is: ${(await namesIn(folders, kind)).join(', ')}.`,
      })
    },
    names: async () => (await namesIn(folders, 'template')).filter((name) => name !== 'alert'),
  }
}

async function namesIn(folders: readonly string[], kind: 'template' | 'partial'): Promise<string[]> {
  const lists = await Promise.all(folders.map((folder) => listOf(kind === 'partial' ? join(folder, 'partials') : folder)))
  const files = lists.flat().filter((file) => file.endsWith(ENDING))
  return [...new Set(files.map((file) => file.slice(0, -ENDING.length)))].filter((name) => NAME.test(name)).sort()
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (isMissing(cause)) return undefined
    throw new ConfigError(`The template ${path} cannot be read.`, { cause })
  }
}

async function listOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    if (isMissing(cause)) return []
    throw new ConfigError(`The folder ${folder} of templates cannot be read.`, { cause })
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

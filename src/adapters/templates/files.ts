// Where templates lie: the operator's folders first, then the one that comes with Paperboy. What is no small text file that
// lies in its folder is refused before it is read.
import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError } from '#core/errors.ts'
import { wrong } from './parts.ts'

const ENDING = '.md.hbs'
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/
const LINE_END = /\r\n?/g
const OURS = fileURLToPath(new URL('../../../templates', import.meta.url))
const LONGEST_BYTES = 4096

type Kind = 'template' | 'partial'

export interface TemplateFiles {
  /** The text of a template or, in `partials`, of a part of one. Rejects with ConfigError where there is none, or no such text. */
  read(name: string, kind?: Kind): Promise<string>
  names(): Promise<readonly string[]>
  /** SHA-256 in hexadecimal over the template and all partials. Rejects with ConfigError. */
  hash(name: string): Promise<string>
}

/** The first of the folders that has a file of the name gives it. */
export function createTemplateFiles(own: readonly string[]): TemplateFiles {
  const folders = [...own, OURS]

  async function read(name: string, kind: Kind = 'template'): Promise<string> {
    if (NAME.test(name)) {
      for (const folder of folders) {
        const text = await textOf(folder, name, kind)
        if (text !== undefined) return text
      }
    }
    const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name).slice(1, -1)
    throw new ConfigError(`There is no ${kind} “${shown}”.`, {
      hint: `There is: ${(await namesIn(folders, kind)).join(', ')}.`,
    })
  }

  return {
    read,
    names: async () => (await namesIn(folders, 'template')).filter((name) => name !== 'alert'),
    async hash(name) {
      const texts = [await read(name)]
      for (const partial of await namesIn(folders, 'partial')) texts.push(partial, await read(partial, 'partial'))
      return hash('sha256', JSON.stringify(texts))
    },
  }
}

/** The file's name below its folder, as errors give it. */
export function fileName(name: string, kind: Kind = 'template'): string {
  return `${kind === 'partial' ? 'partials/' : ''}${name}${ENDING}`
}

async function namesIn(folders: readonly string[], kind: Kind): Promise<string[]> {
  const lists = await Promise.all(folders.map((folder) => listOf(kind === 'partial' ? join(folder, 'partials') : folder)))
  const files = lists.flat().filter((file) => file.endsWith(ENDING))
  return [...new Set(files.map((file) => file.slice(0, -ENDING.length)))].filter((name) => NAME.test(name)).sort()
}

/** Undefined where there is no such file. */
async function textOf(folder: string, name: string, kind: Kind): Promise<string | undefined> {
  const file = fileName(name, kind)
  const bytes = await bytesOf(folder, file)
  if (bytes === undefined) return undefined
  if (bytes.length > LONGEST_BYTES) throw tooLong(file)
  if (!isUtf8(bytes)) throw wrong({ template: file, line: firstBadLine(bytes) }, 'has bytes that are not UTF-8')
  return bytes.toString('utf8').replace('\ufeff', '').replaceAll(LINE_END, '\n')
}

async function bytesOf(folder: string, file: string): Promise<Buffer | undefined> {
  try {
    const path = await realpath(join(folder, file))
    if (!path.startsWith((await realpath(folder)) + sep)) {
      throw new ConfigError(`The template ${file} is a link to outside its folder.`, { hint: 'Put the file itself there.' })
    }
    const found = await stat(path)
    if (!found.isFile()) throw new ConfigError(`The template ${file} is not a file.`)
    if (found.size > LONGEST_BYTES) throw tooLong(file)
    return await readFile(path)
  } catch (cause) {
    if (isMissing(cause)) return undefined
    throw cause instanceof ConfigError ? cause : new ConfigError(`The template ${file} cannot be read.`, { cause })
  }
}

function tooLong(file: string): ConfigError {
  return new ConfigError(`The template ${file} is longer than 4 kB.`, { hint: 'Move a part of it into partials/.' })
}

/** No byte of a longer character is a line's end, so that lines can be told apart before they are read. */
function firstBadLine(bytes: Buffer): number {
  let line = 1
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf('\n', from)
    const to = end === -1 ? bytes.length : end
    if (!isUtf8(bytes.subarray(from, to))) return line
    from = to + 1
  }
  return line
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

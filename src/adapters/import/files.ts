// Files as bytes: unzipped where they are gzip, and refused with a sentence where there is nothing to read.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { UserInputError } from '#core/errors.ts'

const LAST_SLASH = /\/$/
const CHUNK_BYTES = 256 * 1024

/** The name that stands for standard input. */
export const STDIN = '-'

/** The bytes of a file or of standard input, from its start. Rejects with UserInputError where it cannot be opened. */
export async function* fileBytes(file: string): AsyncGenerator<Uint8Array, void> {
  if (file !== STDIN) await refuseUnreadable(file)
  const raw: AsyncIterable<Buffer> = file === STDIN ? process.stdin : createReadStream(file, { highWaterMark: CHUNK_BYTES })
  const chunks = raw[Symbol.asyncIterator]()
  try {
    const first = await chunks.next()
    if (first.done) return
    const whole = Readable.from(withFirst(first.value, chunks))
    yield* isGzip(first.value) ? pipeline(whole, createGunzip({ chunkSize: CHUNK_BYTES }), () => {}) : whole
  } finally {
    await chunks.return?.()
  }
}

/** Whether an error that came while reading says that a gzip file is cut or damaged. */
export function isGzipError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

async function refuseUnreadable(file: string): Promise<void> {
  let isFolder: boolean
  try {
    await using handle = await open(file, 'r')
    isFolder = (await handle.stat()).isDirectory()
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')
    throw new UserInputError(missing ? `There is no file ${file}.` : `The file ${file} cannot be opened.`, {
      hint: missing ? 'Check the path; it counts from the folder you are in.' : 'Check that it may be read.',
      cause,
    })
  }
  if (isFolder) {
    throw new UserInputError(`${file} is a folder.`, {
      hint: `Name the files in it, for instance ${file.replace(LAST_SLASH, '')}/*.xml.`,
    })
  }
}

async function* withFirst(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

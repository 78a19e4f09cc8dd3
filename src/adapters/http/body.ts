// An answer's body, read only as far as it may be long.
import { SourceError } from '#core/errors.ts'

/** The decoded bytes. Rejects with SourceError as soon as there are more than `longest`. */
export async function readBody(response: Response, longest: number, host: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > longest) throw new SourceError(`${host} answered with more than ${longest / 1e6} MB.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

// A source that answers in JSON: its lane, its key, what is there and what is not, and whether it still speaks as it did.
import { setImmediate as turn } from 'node:timers/promises'
import { type Fields, jsonFields, parseJson } from '#adapters/formats/json.ts'
import type { HttpClient, HttpRequest } from '#adapters/http/client.ts'
import { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import { below } from './base-url.ts'

/** Milliseconds of reading after which others have their turn. */
const LONGEST_TURN = 10

/** What an operator sets of each such source. */
export interface JsonSourceOptions {
  /** `https://api.crossref.org` */
  readonly baseUrl: string
  readonly http: HttpClient
}

export interface JsonApiOptions extends JsonSourceOptions {
  /** As people call it: `Crossref`. */
  readonly title: string
  /** Sent with each request: the lane's pause, a key. */
  readonly request: HttpRequest
}

export interface JsonApi {
  /** What stands at a path below the base address. Rejects with SourceError, which never names the path. */
  ask(path: string, request?: HttpRequest): Promise<unknown>
  /** The same for a single thing: undefined where the source has none (404). */
  find(path: string, request?: HttpRequest): Promise<unknown>
  /**
   * The record of each entry of a list, in which null stands for what is not known; undefined where an entry is no paper.
   * Others have their turn in between. Rejects with SourceError where nothing there is known to the reader.
   */
  each(list: unknown, reader: RecordReader): Promise<(PaperRecord | undefined)[]>
  /** The same without what is no paper. */
  records(list: unknown, reader: RecordReader): Promise<PaperRecord[]>
  /** The same for one entry, which has to be there. */
  record(value: unknown, reader: RecordReader): Promise<PaperRecord[]>
  /** That the source answered what nobody can read: its shape changed. */
  changed(): SourceError
}

export interface RecordReader {
  /** The field that every entry has: a list without it anywhere is none that this reader knows. */
  readonly key: string
  /** Undefined where the entry is no paper: it has no title. Never throws. */
  read(fields: Fields): PaperRecord | undefined
}

export function jsonApi({ title, baseUrl, http, request: always }: JsonApiOptions): JsonApi {
  async function ask(path: string, request: HttpRequest = {}): Promise<unknown> {
    const { bytes } = await http.get(below(baseUrl, path), { ...always, ...request })
    const answer = parsed(bytes)
    await turn()
    return answer
  }

  function parsed(bytes: Uint8Array): unknown {
    try {
      return parseJson(new TextDecoder().decode(bytes))
    } catch {
      throw new SourceError(`What ${title} answered is no JSON.`, { hint: 'Try again later.' })
    }
  }

  async function each(list: unknown, { key, read }: RecordReader): Promise<(PaperRecord | undefined)[]> {
    if (!Array.isArray(list)) throw changed()
    const entries = list.filter((entry) => entry !== null).map(jsonFields)
    if (entries.length > 0 && !entries.some((entry) => typeof entry?.[key] === 'string')) throw changed()
    const found: (PaperRecord | undefined)[] = []
    let since = performance.now()
    for (const entry of list) {
      if (performance.now() - since > LONGEST_TURN) {
        await turn()
        since = performance.now()
      }
      const fields = jsonFields(entry)
      found.push(typeof fields?.[key] === 'string' ? read(fields) : undefined)
    }
    return found
  }

  async function records(list: unknown, reader: RecordReader): Promise<PaperRecord[]> {
    return (await each(list, reader)).filter((record) => record !== undefined)
  }

  function changed(): SourceError {
    return new SourceError(`${title} answered in a form that Paperboy does not know.`, {
      hint: 'A newer version of Paperboy may know it.',
    })
  }

  return {
    ask,
    async find(path, request) {
      try {
        return await ask(path, request)
      } catch (error) {
        if (error instanceof SourceError && error.status === 404) return undefined
        throw error
      }
    },
    each,
    records,
    record: (value, reader) => records([value ?? false], reader),
    changed,
  }
}

// Sources that answer in JSON on loopback, and JSON of every shape for their readers.
import type { RequestListener } from 'node:http'
import fc from 'fast-check'
import { createHttpClient, type HttpClient } from '#adapters/http/client.ts'
import { SourceError } from '#core/errors.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'

/** Texts that break what is careless with them. */
const HOSTILE = [
  '',
  ' ',
  '\ud800',
  '\u0000',
  '<',
  '<jats:p',
  '{',
  '$',
  '\\',
  '&#x110000;',
  ';;,',
  '10.1000/',
  '2026-02-30',
  '-',
  '__proto__',
]

export interface Asked {
  readonly method: string
  /** As it was sent, still encoded. */
  readonly path: string
  readonly search: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface Answered<T> {
  readonly value: T
  readonly asked: readonly Asked[]
  /** Milliseconds that the client waited before requests. */
  readonly waits: readonly number[]
}

export type Reply = {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly json?: unknown
  readonly text?: string
}

/** What `use` came to with a source that answers so; it rejects as `use` does. */
export async function answering<T>(
  reply: (asked: Asked) => Reply,
  use: (options: { baseUrl: string; http: HttpClient; clock: ReturnType<typeof aTimer>['clock'] }) => Promise<T>,
): Promise<Answered<T>> {
  const asked: Asked[] = []
  const listener: RequestListener = async (request, response) => {
    const url = new URL(request.url ?? '', 'http://source.test')
    const chunks = await Array.fromAsync(request)
    const one = {
      method: request.method ?? '',
      path: url.pathname,
      search: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    }
    asked.push(one)
    const { status = 200, headers = {}, json, text } = reply(one)
    response.writeHead(status, headers).end(text ?? JSON.stringify(json))
  }
  await using server = await aServer(listener)
  const timer = aTimer()
  const value = await use({ baseUrl: `${server.url}/`, http: createHttpClient(timer), clock: timer.clock })
  return { value, asked, waits: timer.waits }
}

/** What a promise rejects with, which has to be a SourceError. */
export async function rejection(promise: Promise<unknown>): Promise<SourceError> {
  const error = await promise.then(
    () => new Error('It did not reject.'),
    (reason: unknown) => reason,
  )
  if (error instanceof SourceError) return error
  throw error
}

/** The JSON of a source with any of its values replaced by any other. */
export function mangled(json: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(json)
  return fc
    .array(fc.tuple(fc.constantFrom(...paths), fc.oneof(fc.jsonValue(), fc.constantFrom(...HOSTILE))), {
      minLength: 1,
      maxLength: 4,
    })
    .map((changes) => changes.reduce((whole, [path, value]) => replaced(whole, path, value), json))
}

function pathsOf(json: unknown): string[][] {
  if (typeof json !== 'object' || json === null) return [[]]
  return [[], ...Object.entries(json).flatMap(([key, value]) => pathsOf(value).map((rest) => [key, ...rest]))]
}

function replaced(json: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return json.map((one, at) => (String(at) === key ? replaced(one, rest, value) : one))
  const inner = (json as Record<string, unknown>)[key]
  return { ...json, [key]: replaced(inner, rest, value) }
}

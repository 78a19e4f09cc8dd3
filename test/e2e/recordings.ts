// The recorded answers of sources and what their manifest says that a right reader finds in each; none where they are not there.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data')
const manifest = join(folder, 'MANIFEST.tsv')
const FACT =
  /(?:^|; )([A-Za-z][\w:.-]{0,40}(?:\([^)]*\)|~)?)=("(?:[^"]|"(?!;|$))*"|.*?)(?=; [A-Za-z][\w:.-]{0,40}(?:\([^)]*\)|~)?=|$)/g
const EXPECTED = / \|\| .*$/

export const present = existsSync(manifest)

export interface Recording {
  readonly file: string
  /** `GET 404 https://…` */
  readonly http: string
  readonly said: string
  readonly facts: Readonly<Record<string, string>>
}

/** Those of some folders of the recordings. */
export function recordingsOf(...folders: readonly string[]): Recording[] {
  return (present ? readFileSync(manifest, 'utf8') : '').split('\n').flatMap((line) => {
    const [file = '', , , , http = '', , said = ''] = line.split('\t')
    if (!folders.includes(file.split('/', 1)[0] ?? '')) return []
    const pairs = [...said.replace(EXPECTED, '').matchAll(FACT)].map(([, name = '', value = '']) => [
      name.trim(),
      value.replace(/^"|"$/g, ''),
    ])
    return [{ file, http, said, facts: Object.fromEntries(pairs) }]
  })
}

export function recorded(file: string): Buffer {
  return readFileSync(join(folder, file))
}

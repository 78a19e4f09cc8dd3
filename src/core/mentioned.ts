// The papers that a running text names: by links, by ids with a prefix, and by ids that cannot be taken for anything else.
// A bare hash may be a commit's, and a bare W123 a part's number: these count in links, or with their prefix.
import { type PaperId, parsePaperId } from './paper-id.ts'

/** More than anybody reads in one message. */
const MOST = 50
/** Where no id goes on; a link begins anew wherever it begins. */
const BETWEEN = /[\s<>|"“”„«»`—]+|(?=https?:\/\/)/i
/** Where one of several ids may end, as in `2303.13506,2210.01117`. */
const PARTS = /[,;]/
/** What styles a word, or ends its sentence. */
const AROUND = "*_~?!…'’"
const BARE = /^(?:arxiv|doi):/
const PREFIXED = /^\W*(?:openalex|s2):/i
const LINK = /^\W*(?:https?:\/\/)?(?:[a-z0-9-]{1,63}\.){1,9}[a-z]{2,24}\//i

/** Each paper's id once, in the order in which the text names them, at most 50. Never throws; linear in the text's length. */
export function idsIn(text: string): PaperId[] {
  const ids = new Set<PaperId>()
  for (const piece of text.split(BETWEEN)) {
    for (const id of idsOf(trimmed(piece))) ids.add(id)
    if (ids.size >= MOST) break
  }
  return [...ids].slice(0, MOST)
}

/** The piece's one id; where it is none, those of its parts. */
function idsOf(piece: string): PaperId[] {
  const whole = named(piece)
  if (whole !== undefined) return [whole]
  return piece.split(PARTS).flatMap((part) => named(trimmed(part)) ?? [])
}

function named(word: string): PaperId | undefined {
  const id = parsePaperId(word)?.id
  return id !== undefined && (BARE.test(id) || PREFIXED.test(word) || LINK.test(word)) ? id : undefined
}

function trimmed(word: string): string {
  let from = 0
  let to = word.length
  while (from < to && AROUND.includes(word[from] ?? '')) from++
  while (to > from && AROUND.includes(word[to - 1] ?? '')) to--
  return word.slice(from, to)
}

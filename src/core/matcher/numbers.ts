// A list of whole numbers that grows, four bytes each, in pieces, so that to grow leaves no copies behind: of millions, an
// array of objects would be many times as large.

export interface Numbers {
  length(): number
  get(at: number): number
  /** Of a place that was pushed before. */
  set(at: number, number: number): void
  /** The place of the number. */
  push(number: number): number
}

const BITS = 14
const PIECE = 2 ** BITS
const WITHIN = PIECE - 1

/** Numbers from -2³¹ to 2³¹ - 1; what was never pushed is 0. */
export function createNumbers(): Numbers {
  const pieces: Int32Array[] = []
  let length = 0
  return {
    length: () => length,
    get: (at) => pieces[at >>> BITS]?.[at & WITHIN] ?? 0,
    set(at, number) {
      const piece = pieces[at >>> BITS]
      if (piece !== undefined) piece[at & WITHIN] = number
    },
    push(number) {
      let piece = pieces[length >>> BITS]
      if (piece === undefined) {
        piece = new Int32Array(PIECE)
        pieces.push(piece)
      }
      piece[length & WITHIN] = number
      return length++
    },
  }
}

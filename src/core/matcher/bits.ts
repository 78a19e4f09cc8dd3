// Sets of papers as bits, 32 a word: bit n stands for the batch's paper n.

export type Bits = Uint32Array

/** Of `size` papers, none. */
export function emptyBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5)
}

/** Of `size` papers, all; the bits past the last stay 0. */
export function fullBits(size: number): Bits {
  const bits = emptyBits(size).fill(0xffffffff)
  if (size % 32 !== 0) bits[bits.length - 1] = 2 ** (size % 32) - 1
  return bits
}

export function setBit(bits: Bits, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31))
}

/** The papers of the set, ascending. */
export function numbersOf(bits: Bits): number[] {
  const numbers: number[] = []
  for (let index = 0; index < bits.length; index++) {
    for (let word = bits[index] ?? 0; word !== 0; word &= word - 1) numbers.push(index * 32 + 31 - Math.clz32(word & -word))
  }
  return numbers
}

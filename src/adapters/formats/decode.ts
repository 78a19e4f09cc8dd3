// Bytes of a file or an answer into text: a byte order mark decides, then valid UTF-8, then the answer's header, then the XML
// declaration.
import { isUtf8 } from 'node:buffer'

const DECLARED = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/
const NOT_ASCII = /[^\0-\x7f]/u
const LETTERS_BEYOND = /[^\0-\x7f]/gu
const DECLARATION_WITHIN = 400
/** UTF-8's byte order mark. */
const MARK = [0xef, 0xbb, 0xbf]
/** The one encoding whose letters all look like UTF-8; its escapes give it away. */
const SEVEN_BITS = 'iso-2022-jp'
const ESCAPE = 0x1b

/** Decodes chunk by chunk: a letter may be cut between two chunks. Never throws. */
export interface Decoder {
  write(bytes: Uint8Array): string
  end(): string
}

/**
 * A text is UTF-8 up to the chunk with the first byte that is not; from there on it is what `charset`, the answer's
 * header, or else its declaration says, else UTF-8 with some broken letters, else Windows-1252, in which every byte means
 * something.
 */
export function createDecoder(charset?: string): Decoder {
  let decoder: TextDecoder | undefined
  let fallback: string | undefined
  let held: Uint8Array = new Uint8Array()
  /** Whether any letter beyond ASCII was UTF-8. */
  let proven = false
  let begun = false

  function decode(bytes: Uint8Array, last: boolean): string {
    fallback ??= known(charset) ?? known(declared(bytes)) ?? ''
    decoder ??= firstDecoder(bytes, fallback)
    const whole = held.length === 0 ? bytes : Buffer.concat([held, bytes])
    if (!decoder.fatal) return decoder.decode(bytes, { stream: !last })
    const end = last || decoder.encoding !== 'utf-8' ? whole.length : wholeLetters(whole)
    held = whole.subarray(end)
    const letters = whole.subarray(0, end)
    try {
      // Node decodes whole letters in a fraction of the time; a byte order mark is the decoder's to take away.
      const isPlain = begun && decoder.encoding === 'utf-8' && isUtf8(letters)
      const text = isPlain
        ? Buffer.from(letters.buffer, letters.byteOffset, end).toString()
        : decoder.decode(letters, { stream: !last })
      begun = true
      proven ||= NOT_ASCII.test(text)
      return text
    } catch {
      decoder = new TextDecoder(fallback || (proven || mostlyUtf8(whole) ? 'utf-8' : 'windows-1252'))
      held = new Uint8Array()
      return decoder.decode(whole, { stream: !last })
    }
  }

  return {
    write: (bytes) => (bytes.length === 0 ? '' : decode(bytes, false)),
    end: () => (decoder === undefined ? '' : decode(new Uint8Array(), true)),
  }
}

/** The whole text of some bytes, decoded as a Decoder does. */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  const decoder = createDecoder(charset)
  return decoder.write(bytes) + decoder.end()
}

/** Fatal where the text may still turn out to be something else. */
function firstDecoder(bytes: Uint8Array, fallback: string): TextDecoder {
  if (fallback === SEVEN_BITS && bytes.includes(ESCAPE)) return new TextDecoder(fallback)
  const encoding = encodingOf(bytes)
  const isMarked = encoding !== 'utf-8' || MARK.every((byte, at) => bytes[at] === byte)
  return new TextDecoder(encoding, { fatal: !isMarked })
}

function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be'
  return 'utf-8'
}

function declared(bytes: Uint8Array): string | undefined {
  return DECLARED.exec(Buffer.from(bytes.subarray(0, DECLARATION_WITHIN)).toString('latin1'))?.[1]
}

/** The encoding of this name, where the runtime knows it and it is not UTF-8 itself. */
function known(label: string | undefined): string | undefined {
  try {
    const { encoding } = new TextDecoder(label)
    return encoding === 'utf-8' ? undefined : encoding
  } catch {
    return undefined
  }
}

/** Whether more letters than not are right in UTF-8, among those that are not ASCII. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const letters = new TextDecoder().decode(bytes).match(LETTERS_BEYOND) ?? []
  return letters.filter((letter) => letter === '\ufffd').length * 2 < letters.length
}

/** How many bytes there are before a UTF-8 letter that the chunk's end cuts. */
function wholeLetters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xf8) return bytes.length
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? bytes.length - back : bytes.length
  }
  return bytes.length
}

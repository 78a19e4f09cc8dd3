// As much of a WebSocket's server side (RFC 6455) as Discord's gateway needs: texts out, short masked texts in, the end.
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const TEXT = 1
const CLOSE = 8

export interface GatewaySocket {
  send(text: string): void
}

/** Accepts the connection; `heard` gets each text of the client. */
export function acceptSocket({ headers }: IncomingMessage, stream: Duplex, heard: (text: string) => void): GatewaySocket {
  const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${MAGIC}`).digest('base64')
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  let rest: Buffer = Buffer.alloc(0)
  stream.on('error', () => stream.destroy())
  stream.on('end', () => stream.end())
  stream.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (let frame = frameOf(rest); frame; frame = frameOf(rest)) {
      rest = rest.subarray(frame.size)
      if (frame.opcode === CLOSE) stream.end()
      else if (frame.opcode === TEXT) heard(frame.text)
    }
  })
  return {
    send(text) {
      const body = Buffer.from(text)
      stream.write(Buffer.concat([headOf(body.length), body]))
    },
  }
}

function headOf(length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | TEXT, length])
  const head = Buffer.alloc(4)
  head.writeUInt8(0x80 | TEXT, 0)
  head.writeUInt8(126, 1)
  head.writeUInt16BE(length, 2)
  return head
}

/** The first frame, once it is there whole: up to 64 kB, always masked. */
function frameOf(bytes: Buffer): { opcode: number; text: string; size: number } | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes.readUInt8(1) & 0x7f
  const at = short === 126 ? 4 : 2
  if (bytes.length < at + 4) return undefined
  const length = short === 126 ? bytes.readUInt16BE(2) : short
  const size = at + 4 + length
  if (bytes.length < size) return undefined
  const mask = bytes.subarray(at, at + 4)
  const body = bytes.subarray(at + 4, size).map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  return { opcode: bytes.readUInt8(0) & 0x0f, text: Buffer.from(body).toString(), size }
}

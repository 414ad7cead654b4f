/** Tiny media made by hand, and sources that behave as a test wants. */
import type { Followed } from '../../src/archive/hls.ts'
import type { Source } from '../../src/archive/source.ts'
import { SourceError } from '../../src/archive/source.ts'

const PACKET_BYTES = 188

/** Null packets of MPEG-TS (PID 0x1fff, ISO 13818-1 §2.4.3.2), filled with `mark`. */
export const ts = (mark: number, packets = 2): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(PACKET_BYTES * packets).fill(mark)
  for (let i = 0; i < packets; i += 1) bytes.set([0x47, 0x1f, 0xff, 0x10], i * PACKET_BYTES)
  return bytes
}

/** One ISO BMFF box: size, type, payload. */
export const box = (type: string, payload: Uint8Array): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(8 + payload.length)
  new DataView(bytes.buffer).setUint32(0, bytes.length)
  bytes.set(new TextEncoder().encode(type), 4)
  bytes.set(payload, 8)
  return bytes
}

/** Files by address; what is `null` cannot be reached. Counts what was read. */
export const sourceOf = (
  files: Map<string, Uint8Array<ArrayBuffer> | string | null>,
): Source & { readonly reads: string[] } => {
  const reads: string[] = []
  return {
    reads,
    resolve: (uri) => {
      if (uri.startsWith('http')) throw new SourceError('refused', `host of ${uri} was not named`)
      return uri
    },
    read: async (address, limit, range = null) => {
      reads.push(address)
      const file = files.get(address) ?? null
      if (file === null) throw new SourceError('unreachable', 'status 404')
      const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file
      if (bytes.length > limit) throw new SourceError('refused', 'too long')
      return range === null ? bytes : bytes.slice(range.offset, range.offset + range.length)
    },
  }
}

/** One line a thing: `piece 3 @12000 seam`, `gap`, … — what a test compares. */
export const told = (followed: Followed): string => {
  if (followed.kind === 'piece') {
    const { sourceSequence, isDiscontinuous, startsAt } = followed
    return `piece ${sourceSequence} @${startsAt}${isDiscontinuous ? ' seam' : ''}`
  }
  const { kind, pieces, durationMs } = followed.disturbance
  const size = pieces === undefined ? '' : ` ${pieces}`
  return `${kind}${size}${durationMs === undefined ? '' : ` ${durationMs}ms`}`
}

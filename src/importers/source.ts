/**
 * A file or standard input as bytes, decompressed: gzip (RFC 1952) and Zstandard (RFC 8878) are told
 * by their magic bytes, never by their name.
 */
import { stat } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Readable } from 'node:stream'
import type { ReadOptions } from '../engine/ports.ts'
import { BrokenArchive } from './unreadable.ts'
import { unzstd } from './zstd.ts'

const CHUNK = 1 << 20
/** Enough of a file to know its format by: a header line or the first few events. */
const HEAD = 1 << 16

export type Source = {
  readonly path: string
  /** The first bytes after decompression. */
  readonly head: Uint8Array
  /** Of the file as it lies; 0 for standard input. */
  readonly size: number
  readonly isCompressed: boolean
  /** All bytes after decompression, the head included; may be called once. */
  readonly chunks: () => AsyncIterable<Uint8Array>
  /** Bytes taken from the file so far. */
  readonly taken: () => number
  /** For a reader that goes to the file by itself. */
  readonly close: () => void
}

/** Opens a path, or standard input for `-`. */
export const openSource = async (path: string): Promise<Source> => {
  const size = path === '-' ? 0 : (await stat(path)).size
  let taken = 0
  const raw = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK })
  const counted = count(raw, (bytes) => (taken += bytes))
  const [magic, bytes] = await peek(counted, 4)
  const kind = compressionOf(magic)
  const plain = decompress(kind, bytes)
  const [head, chunks] = await peek(plain, HEAD)
  return {
    path,
    head,
    size,
    isCompressed: kind !== 'none',
    chunks: () => chunks,
    taken: () => taken,
    close: () => {
      taken = size
      raw.destroy()
    },
  }
}

/** Tells how far reading is, and stops where asked; call once a chunk. */
export const beat = (source: Source, options: ReadOptions): void => {
  if (options.signal?.aborted === true) throw options.signal.reason ?? new Error('stopped')
  options.onProgress?.({ path: source.path, bytes: source.taken(), totalBytes: source.size })
}

export type Compression = 'gzip' | 'zstd' | 'none'

/** @throws BrokenArchive while reading, where the stream breaks off or is none */
export const decompress = (
  kind: Compression,
  bytes: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> =>
  kind === 'gzip' ? gunzip(bytes) : kind === 'zstd' ? unzstd(bytes) : bytes

const compressionOf = (magic: Uint8Array): Compression => {
  if (magic[0] === 0x1f && magic[1] === 0x8b) return 'gzip'
  if (magic[0] === 0x28 && magic[1] === 0xb5 && magic[2] === 0x2f && magic[3] === 0xfd)
    return 'zstd'
  return 'none'
}

async function* count(raw: AsyncIterable<unknown>, add: (bytes: number) => void) {
  for await (const chunk of raw) {
    const bytes = chunk as Uint8Array
    add(bytes.length)
    yield bytes
  }
}

/** The first `wanted` bytes, or fewer where the stream is shorter, and the whole stream again. */
const peek = async (
  chunks: AsyncIterable<Uint8Array>,
  wanted: number,
): Promise<[Uint8Array, AsyncIterable<Uint8Array>]> => {
  const iterator = chunks[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let failure: unknown
  try {
    for (let have = 0; have < wanted;) {
      const next = await iterator.next()
      if (next.done === true) break
      first.push(next.value)
      have += next.value.length
    }
  } catch (error) {
    // Told when the stream has been read up to here.
    failure = error
  }
  const again = async function* () {
    yield* first
    if (failure !== undefined) throw failure
    for (;;) {
      const next = await iterator.next()
      if (next.done === true) return
      yield next.value
    }
  }
  return [Buffer.concat(first).subarray(0, wanted), again()]
}

async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const zlib = createGunzip({ chunkSize: CHUNK })
  const input = Readable.from(bytes)
  input.once('error', (error) => zlib.destroy(error))
  try {
    for await (const chunk of input.pipe(zlib)) yield chunk as Uint8Array
  } catch (error) {
    throw new BrokenArchive(error instanceof Error ? error.message : String(error), {
      cause: error,
    })
  } finally {
    input.destroy()
  }
}

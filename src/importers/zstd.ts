/** Zstandard frames (RFC 8878) as a stream: Node's own decoder where it has one, else fzstd. */
import * as zlib from 'node:zlib'
import { Readable } from 'node:stream'
import type { Transform } from 'node:stream'
import { Decompress } from 'fzstd'
import { BrokenArchive } from './unreadable.ts'

type WithZstd = { readonly createZstdDecompress?: () => Transform }

export async function* unzstd(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    const native = (zlib as WithZstd).createZstdDecompress
    if (native === undefined) yield* byFzstd(bytes)
    else for await (const chunk of Readable.from(bytes).pipe(native())) yield chunk as Uint8Array
  } catch (error) {
    throw new BrokenArchive(error instanceof Error ? error.message : String(error), {
      cause: error,
    })
  }
}

async function* byFzstd(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = []
  // fzstd reuses its window: what it hands over must be copied before the next push.
  const stream = new Decompress((chunk) => out.push(chunk.slice()))
  for await (const chunk of bytes) {
    stream.push(chunk)
    yield* out.splice(0)
  }
  stream.push(new Uint8Array(0), true)
  yield* out.splice(0)
}

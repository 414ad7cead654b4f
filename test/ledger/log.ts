/** A log in memory for tests, with places that can be copied, broken and watched. */
import { createHash } from 'node:crypto'
import { formatSignerKey } from '../../src/ledger/note-key.ts'
import type { HeadStore, ObjectStore } from '../../src/ledger/object-store.ts'
import { LogWriter, type LogWriterOptions } from '../../src/ledger/writer.ts'
import { memoryHead, memoryStore } from '../../src/store/memory-store.ts'
import { nodeSha256, nodeSigner } from '../../src/store/node-keys.ts'

export const ORIGIN = 'log.example/rooms'
export const SIGNER = nodeSigner(formatSignerKey(ORIGIN, new Uint8Array(32).fill(7)))

export const bytes = (text: string) => new Uint8Array(Buffer.from(text))
export const entry = (i: number) => bytes(`entry ${i}`)

export type Places = {
  readonly log: Map<string, Uint8Array>
  readonly journal: Map<string, Uint8Array>
  readonly head: HeadStore
}
export const places = (): Places => ({ log: new Map(), journal: new Map(), head: memoryHead() })

/** A back-up of everything but the head, or of that too. */
export const backUp = async (
  { log, journal, head }: Places,
  withHead: boolean,
): Promise<Places> => {
  const kept = memoryHead()
  const bytesOfHead = await head.read()
  if (bytesOfHead !== null) await kept.swap(null, bytesOfHead)
  return { log: new Map(log), journal: new Map(journal), head: withHead ? kept : head }
}

export const optionsOf = ({ log, journal, head }: Places): LogWriterOptions => ({
  origin: ORIGIN,
  store: memoryStore(log),
  journal: memoryStore(journal),
  head,
  signer: SIGNER,
  sha256: nodeSha256,
  schedule: (run, ms) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
})

export const openLog = (at: Places, more: Partial<LogWriterOptions> = {}): Promise<LogWriter> =>
  LogWriter.open({ ...optionsOf(at), ...more })

/** Appends entries `from` to before `to` and commits them in one batch. */
export const grow = async (writer: LogWriter, from: number, to: number): Promise<number[]> => {
  const appended = Array.from({ length: to - from }, (_, i) => writer.append(entry(from + i)))
  await writer.flush()
  return (await Promise.all(appended)).map(({ index }) => index)
}

/** MTH of RFC 6962 §2.1, word for word. */
export const rootOf = (entries: readonly Uint8Array[]): Buffer => {
  if (entries.length === 0) return sha()
  if (entries.length === 1) return sha(Uint8Array.of(0), entries[0]!)
  let k = 1
  while (k * 2 < entries.length) k *= 2
  return sha(Uint8Array.of(1), rootOf(entries.slice(0, k)), rootOf(entries.slice(k)))
}

const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** RFC 6962 §2.1 by itself: roots of complete subtrees with their sizes, largest first. */
export class Peaks {
  readonly #peaks: { size: number; hash: Buffer }[] = []

  push(entry: Uint8Array): void {
    let node = { size: 1, hash: sha(Uint8Array.of(0), entry) }
    while (this.#peaks.at(-1)?.size === node.size) {
      const left = this.#peaks.pop()!
      node = { size: node.size * 2, hash: sha(Uint8Array.of(1), left.hash, node.hash) }
    }
    this.#peaks.push(node)
  }

  root(): Buffer {
    return this.#peaks
      .map(({ hash }) => hash)
      .reduceRight((right, left) => sha(Uint8Array.of(1), left, right))
  }
}

/** Every entry of the bundles that a tree of `size` has, read by the layout of tlog-tiles. */
export const entriesOf = (log: Map<string, Uint8Array>, size: number): string[] => {
  const found: string[] = []
  for (let index = 0; index * 256 < size; index += 1) {
    const width = Math.min(256, size - index * 256)
    const path = `tile/entries/${String(index).padStart(3, '0')}`
    const bundle = Buffer.from((width < 256 && log.get(`${path}.p/${width}`)) || log.get(path)!)
    for (let at = 0, taken = 0; taken < width; taken += 1) {
      const end = at + 2 + bundle.readUInt16BE(at)
      found.push(bundle.toString('utf8', at + 2, end))
      at = end
    }
  }
  return found
}

export type Watched = { readonly path: string; readonly bytes: Uint8Array }

/** A store that counts its steps down and, at zero, does a part of the work and dies for good. */
export class Fuse {
  left: number
  readonly #error: () => Error
  constructor(left: number, error = () => new Error('the power went')) {
    this.left = left
    this.#error = error
  }

  burn(): boolean {
    this.left -= 1
    return this.left < 0
  }

  store(inner: ObjectStore, wrote: (written: Watched) => void = () => {}): ObjectStore {
    return {
      ...inner,
      write: async (objects) => {
        const dies = this.burn()
        // The order among the objects of one write is free: a power cut leaves any of them.
        const kept = [...objects].filter((_, i) => !dies || i % 2 === Math.abs(this.left) % 2)
        if (!dies || this.left === -1) await inner.write(new Map(kept))
        if (!dies || this.left === -1) for (const [path, bytes] of kept) wrote({ path, bytes })
        if (dies) throw this.#error()
      },
      remove: async (paths) => {
        if (this.burn()) throw this.#error()
        await inner.remove(paths)
      },
    }
  }

  head(inner: HeadStore): HeadStore {
    return {
      ...inner,
      swap: async (expected, next) => {
        if (this.burn()) {
          // The answer is lost on the way, the swap is not.
          if (this.left === -1) await inner.swap(expected, next)
          throw this.#error()
        }
        return inner.swap(expected, next)
      },
    }
  }
}

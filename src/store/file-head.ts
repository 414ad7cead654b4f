/**
 * The last head as a file, swapped by creating its next generation: `head.000000000042` is made with
 * link(2), which fails when the name exists, so of two writers one loses and no lock can be left
 * behind by the dead. The newest generation counts; one older is kept.
 */
import { link, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { HeadStore } from '../ledger/object-store.ts'
import { codeOf, flushFolder, makeFolder, storeErrorOf, writeFlushed } from './durable.ts'
import { sameBytes } from './lanes.ts'

/** Swaps of one process under way at once each need a file. */
let count = 0

const NAME = /^head\.(\d{12})$/

/** `folder` holds nothing else. Best on another disk than the log: it is what a restored back-up is compared with. */
export const fileHead = (folder: string): HeadStore => {
  const nameOf = (generation: number) =>
    join(folder, `head.${String(generation).padStart(12, '0')}`)

  /** What our own last swap left, so that a writer that swaps on and on reads nothing back. */
  let last: { readonly generation: number; readonly bytes: Uint8Array | null } | null = null

  const newest = async () => {
    const generation = (await generationsIn(folder)).at(-1) ?? 0
    return { generation, bytes: generation === 0 ? null : await readOrNull(nameOf(generation)) }
  }
  const swap = async (expected: Uint8Array | null, next: Uint8Array): Promise<boolean> => {
    if (last === null) for (const changed of await makeFolder(folder)) await flushFolder(changed)
    const kept = last !== null && sameBytes(last.bytes, expected) ? last : await newest()
    if (!sameBytes(kept.bytes, expected)) return false
    const generation = kept.generation + 1
    const partial = join(folder, `.${process.pid}-${(count += 1)}.partial`)
    await writeFlushed(partial, next)
    try {
      await link(partial, nameOf(generation))
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    } finally {
      await unlink(partial)
    }
    const generations = await generationsIn(folder)
    if (generations.at(-1) !== generation) {
      // Slower than two swaps of another, we made a name that it had already cleared.
      await removed(nameOf(generation))
      return false
    }
    await flushFolder(folder)
    for (const old of generations) if (old < generation - 1) await removed(nameOf(old))
    last = { generation, bytes: next.slice() }
    return true
  }

  return {
    read: async () => {
      try {
        for (;;) {
          const newest = (await generationsIn(folder)).at(-1)
          if (newest === undefined) return null
          const kept = await readOrNull(nameOf(newest))
          // Null: two swaps happened in between and cleared it.
          if (kept !== null) return kept
        }
      } catch (error) {
        throw storeErrorOf(folder, error)
      }
    },
    swap: async (expected, next) => {
      try {
        return await swap(expected, next)
      } catch (error) {
        throw storeErrorOf(folder, error)
      }
    },
  }
}

/** Oldest first. */
const generationsIn = async (folder: string): Promise<number[]> => {
  const names = await readdir(folder).catch((error) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  return names
    .flatMap((name) => {
      const match = NAME.exec(name)
      return match === null ? [] : [Number(match[1])]
    })
    .sort((a, b) => a - b)
}

/** `rm` would first ask what it is, twice. */
const removed = (path: string): Promise<void> =>
  unlink(path).catch((error) => {
    if (codeOf(error) !== 'ENOENT') throw error
  })

const readOrNull = (path: string) =>
  readFile(path).catch((error) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })

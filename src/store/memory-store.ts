/** Objects in memory: for tests, and for whoever wants a tree without a disk. Nothing survives. */
import type { HeadStore, ObjectStore } from '../ledger/object-store.ts'
import { sameBytes } from './lanes.ts'

/** Copies on the way in and out: what a caller does to its bytes later changes nothing here. */
export const memoryStore = (objects = new Map<string, Uint8Array>()): ObjectStore => ({
  read: async (path) => objects.get(path)?.slice() ?? null,
  write: async (added) => {
    for (const [path, bytes] of added) objects.set(path, bytes.slice())
  },
  remove: async (paths) => {
    for (const path of paths) objects.delete(path)
  },
  list: async function* (prefix) {
    for (const path of Array.from(objects.keys())) if (path.startsWith(prefix)) yield path
  },
})

export const memoryHead = (): HeadStore => {
  let kept: Uint8Array | null = null
  return {
    read: async () => kept?.slice() ?? null,
    swap: async (expected, next) => {
      if (!sameBytes(kept, expected)) return false
      kept = next.slice()
      return true
    },
  }
}

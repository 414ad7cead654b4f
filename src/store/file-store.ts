/**
 * Objects as files under a folder, named as they are. A file gets its name only when its bytes are
 * on the disk (tlog-tiles: fsync of file and directory before anything is signed).
 */
import { readdir, readFile, rename, rm, rmdir, unlink } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { StoreError, type ObjectStore } from '../ledger/object-store.ts'
import { codeOf, flushFolder, makeFolder, storeErrorOf, writeFlushed } from './durable.ts'
import { inLanes } from './lanes.ts'

/** Half-written files wait here until they have their name; nothing in it is ever read or listed. */
const PARTIAL = '.partial'
/** Files in flight at once. The system has four threads for this; more would only hold descriptors. */
const LANES = 16

/** The folder need not exist yet: the first write creates it. */
export const fileStore = (root: string): ObjectStore => {
  // Folders that were made, so that none is made anew for every object.
  const known = new Set<string>()
  const partials = join(root, PARTIAL)
  let count = 0

  /** The folders whose names changed: that of the file, and those above each one made for it. */
  const writeOne = async ([path, bytes]: readonly [string, Uint8Array]): Promise<string[]> => {
    const target = fileOf(root, path)
    const folder = dirname(target)
    const partial = join(partials, `${process.pid}-${(count += 1)}`)
    try {
      const made = known.has(folder) ? [] : await makeFolder(folder)
      await writeFlushed(partial, bytes)
      try {
        await rename(partial, target)
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error
        // The folder went with the last object in it a moment ago.
        made.push(...(await makeFolder(folder)))
        await rename(partial, target)
      }
      known.add(folder)
      return [...made, folder]
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
  }
  return {
    read: async (path) => {
      try {
        return await readFile(fileOf(root, path))
      } catch (error) {
        const code = codeOf(error)
        if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null
        throw storeErrorOf(join(root, path), error)
      }
    },
    write: async (objects) => {
      try {
        if (!known.has(partials)) {
          for (const folder of await makeFolder(partials)) await flushFolder(folder)
          known.add(partials)
        }
        const folders = await inLanes(LANES, [...objects], writeOne)
        await inLanes(LANES, [...new Set(folders.flat())], flushFolder)
      } catch (error) {
        known.clear()
        throw storeErrorOf(root, error)
      }
    },
    remove: async (paths) => {
      try {
        await inLanes(LANES, paths, (path) => removeOne(root, path, known))
      } catch (error) {
        throw storeErrorOf(root, error)
      }
    },
    list: (prefix) => list(root, prefix),
  }
}

/** Paths are ours or a verifier's; one that would leave the folder is never followed. */
const fileOf = (root: string, path: string): string => {
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes(sep)))
    throw new StoreError('unreachable', `not a path inside the store: ${JSON.stringify(path)}`)
  return join(root, ...parts)
}

/** Removes the file, and its folder when that was the last one in it (`000.p`). */
const removeOne = async (root: string, path: string, known: Set<string>) => {
  const file = fileOf(root, path)
  try {
    await unlink(file)
  } catch (error) {
    const code = codeOf(error)
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
  }
  const folder = dirname(file)
  if (folder === root) return
  try {
    await rmdir(folder)
    known.delete(folder)
  } catch (error) {
    // Not empty, or gone already: both are well.
    const code = codeOf(error)
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error
  }
}

/** Depth first, a folder at a time: the memory is that of one folder a level. */
async function* list(root: string, prefix: string): AsyncIterable<string> {
  const slash = prefix.lastIndexOf('/')
  const folder = slash < 0 ? '' : prefix.slice(0, slash)
  try {
    for await (const path of walk(root, folder)) if (path.startsWith(prefix)) yield path
  } catch (error) {
    throw storeErrorOf(root, error)
  }
}

async function* walk(root: string, folder: string): AsyncIterable<string> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error) => {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  })
  for (const entry of entries) {
    if (folder === '' && entry.name === PARTIAL) continue
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* walk(root, path)
    else yield path
  }
}

/** What an earlier life of the writer left half-written; only the one writer may call this. */
export const sweepPartials = async (root: string): Promise<void> => {
  try {
    await rm(join(root, PARTIAL), { recursive: true, force: true })
  } catch (error) {
    throw storeErrorOf(root, error)
  }
}

/** Files that somebody dropped on a page or chose there, as a bundle: read from disk piece by piece. */
import { sha256 as hasher } from '@noble/hashes/sha2.js'
import type { BundleFiles } from '../ledger/bundle-files.ts'

/** Files by their path under the folder that was dropped or chosen. */
export const filesOf = (files: ReadonlyMap<string, File>): BundleFiles => {
  const fileOf = (path: string): File => {
    const file = files.get(path)
    if (file === undefined) throw new RangeError(path)
    return file
  }
  return {
    paths: new Set(files.keys()),
    read: async (path) => new Uint8Array(await fileOf(path).arrayBuffer()),
    digest: async (...paths) => {
      const hash = hasher.create()
      let bytes = 0
      for (const path of paths) {
        const file = fileOf(path)
        for (let at = 0; at < file.size; at += PIECE_BYTES)
          hash.update(new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer()))
        bytes += file.size
      }
      return { bytes, sha256: hash.digest() }
    },
  }
}

const PIECE_BYTES = 1 << 22

/** Everything below an entry that was dropped; `readEntries` gives a hundred at a time. */
export const walk = async (
  entry: FileSystemEntry,
  prefix: string,
  found: Map<string, File>,
): Promise<void> => {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      ;(entry as FileSystemFileEntry).file(resolve, reject)
    })
    found.set(`${prefix}${entry.name}`, file)
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (entries.length === 0) return
    for (const inner of entries) await walk(inner, `${prefix}${entry.name}/`, found)
  }
}

/** Paths as they stand inside of the folder. */
export const withoutFolder = (files: ReadonlyMap<string, File>, folder: string) =>
  new Map([...files].map(([path, file]) => [path.slice(folder.length + 1), file]))

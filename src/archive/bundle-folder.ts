/** Where a bundle is put together or read: a folder on disk, or memory on the way to a zip. */
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { filesInMemory, type BundleFiles } from '../ledger/bundle-files.ts'
import { nodeSha256 } from './sha256.ts'

export type BundlePlace = {
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>
  /** What has been written so far. */
  readonly files: () => Promise<BundleFiles>
}

export const folderPlace = (folder: string): BundlePlace => ({
  write: async (path, bytes) => {
    const file = join(folder, ...path.split('/'))
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes)
  },
  files: () => folderFiles(folder),
})

export const memoryPlace = (files: Map<string, Uint8Array>): BundlePlace => ({
  write: (path, bytes) => {
    files.set(path, bytes)
    return Promise.resolve()
  },
  files: () => Promise.resolve(filesInMemory(files, nodeSha256)),
})

/**
 * The files under a folder; large ones are hashed as they stream by. Links are not followed and not
 * files: a bundle has none, and one could show the verifier something else than it shows others.
 */
export const folderFiles = async (folder: string): Promise<BundleFiles> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = found
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
  const fileOf = (path: string) => join(folder, ...path.split('/'))
  return {
    paths: new Set(paths),
    read: (path) => Promise.resolve(new Uint8Array(readFileSync(fileOf(path)))),
    digest: async (...parts) => {
      const hash = createHash('sha256')
      let bytes = 0
      for (const path of parts)
        for await (const chunk of piecesOf(fileOf(path))) {
          hash.update(chunk)
          bytes += chunk.length
        }
      return { bytes, sha256: hash.digest() }
    },
  }
}

/**
 * A bundle is mostly thousands of small files; read at once, each takes a tenth of the time that
 * the thread pool and a stream would.
 */
const WHOLE_BYTES = 1 << 20

const piecesOf = (file: string): Iterable<Uint8Array> | AsyncIterable<Uint8Array> =>
  statSync(file).size <= WHOLE_BYTES
    ? [readFileSync(file)]
    : (createReadStream(file) as AsyncIterable<Uint8Array>)

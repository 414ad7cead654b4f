/** The files of a bundle, wherever they lie: a folder, a zip, what somebody dropped on a page. */
import { concat, fromUtf8 } from './bytes.ts'
import { sha256, type Sha256 } from './hash.ts'

export type BundleFiles = {
  /** Every path under the bundle's folder, slash-separated. */
  readonly paths: ReadonlySet<string>
  /** The whole file: for the small ones, and one at a time. */
  readonly read: (path: string) => Promise<Uint8Array>
  /** Of one file, or of several joined; without holding them whole, where the place allows. */
  readonly digest: (
    ...paths: readonly string[]
  ) => Promise<{ readonly bytes: number; readonly sha256: Uint8Array }>
}

/** Files that are in memory already. */
export const filesInMemory = (
  files: ReadonlyMap<string, Uint8Array>,
  hash: Sha256 = sha256,
): BundleFiles => {
  const bytesOf = (path: string) => {
    const bytes = files.get(path)
    if (bytes === undefined) throw new RangeError(`no file ${path}`)
    return bytes
  }
  return {
    paths: new Set(files.keys()),
    read: (path) => Promise.resolve(bytesOf(path)),
    digest: (...paths) => {
      const bytes = paths.length === 1 ? bytesOf(paths[0]!) : concat(...paths.map(bytesOf))
      return Promise.resolve({ bytes: bytes.length, sha256: hash(bytes) })
    },
  }
}

/** The text of a file; null where it is missing or not UTF-8. */
export const readText = async (files: BundleFiles, path: string): Promise<string | null> =>
  files.paths.has(path) ? fromUtf8(await files.read(path)) : null

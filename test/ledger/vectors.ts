/** Other people's vectors, which lie beside the repository and not in it. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ObjectStore } from '../../src/ledger/object-store.ts'

const FOLDER = fileURLToPath(new URL('../../../shared/evidence/vectors/', import.meta.url))

/** For `describe.skipIf(!present)`: the vectors are not part of a plain clone. */
export const present = existsSync(FOLDER)
export const suite = (title: string) =>
  present ? title : `${title} (skipped: the vectors are not beside the repository)`

export const text = (path: string): string => readFileSync(FOLDER + path, 'utf8')
export const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(FOLDER + path))
export const json = (path: string): unknown => JSON.parse(text(path))
export const under = (path: string): string[] =>
  readdirSync(FOLDER + path, { recursive: true, encoding: 'utf8' }).sort()

/** A folder of vectors as a log's store, read-only. */
export const folderStore = (path: string): Pick<ObjectStore, 'read' | 'list'> => ({
  read: (name) => {
    const file = `${FOLDER}${path}/${name}`
    return Promise.resolve(existsSync(file) ? new Uint8Array(readFileSync(file)) : null)
  },
  list: async function* (prefix) {
    for (const name of under(path))
      if (name.startsWith(prefix) && statSync(`${FOLDER}${path}/${name}`).isFile()) yield name
  },
})

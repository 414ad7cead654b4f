/** What a user names into files: folders with everything below them, sorted; globs; `-`. */
import { stat } from 'node:fs/promises'
import { glob } from 'tinyglobby'
import { say } from '../language/say.ts'
import { Unreadable } from './unreadable.ts'

export type Named = {
  readonly path: string
  /** Named itself, not found in a folder: it must hold something. */
  readonly isExplicit: boolean
}

/** @throws Unreadable for a path that is not there, a folder or pattern without files. */
export const filesOf = async (paths: readonly string[]): Promise<readonly Named[]> => {
  const named = new Map<string, Named>()
  for (const path of paths)
    for (const file of await filesAt(path)) if (!named.has(file.path)) named.set(file.path, file)
  return [...named.values()]
}

const filesAt = async (path: string): Promise<readonly Named[]> => {
  if (path === '-') return [{ path, isExplicit: true }]
  const found = await stat(path).catch(() => undefined)
  if (found !== undefined && !found.isDirectory()) return [{ path, isExplicit: true }]
  if (found === undefined && !/[*?{[]/.test(path))
    throw new Unreadable(say('reading.no-such-file', { path }))
  const files = found?.isDirectory()
    ? (await glob('**/*', { cwd: path })).map((name) => `${path.replace(/\/+$/, '')}/${name}`)
    : await glob(path.replaceAll('\\', '/'), { absolute: path.startsWith('/') })
  if (files.length === 0) throw new Unreadable(say('reading.no-files', { path }))
  return files.sort().map((file) => ({ path: file, isExplicit: false }))
}

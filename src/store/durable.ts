/**
 * Files that survive a power cut: written beside, flushed, given their name, and the name flushed
 * too (a rename is durable only when its folder is). Errors of the system become StoreErrors.
 */
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StoreError } from '../ledger/object-store.ts'

/** Writes and flushes one file; its name is not yet durable. */
export const writeFlushed = async (path: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(path, 'w')
  try {
    await file.writeFile(bytes)
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** Makes the names in a folder durable. */
export const flushFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Creates a folder with its parents; gives those to be flushed for the new names to be durable. */
export const makeFolder = async (path: string): Promise<string[]> => {
  const first = await mkdir(path, { recursive: true })
  const changed: string[] = []
  if (first !== undefined)
    for (let at = path; at.length >= first.length; at = dirname(at)) changed.push(dirname(at))
  return changed
}

/** Replacements of one process under way at once each need a file. */
let count = 0

/** Replaces one file, whole or not at all, durably. Its folder must exist. */
export const replaceFile = async (path: string, bytes: Uint8Array): Promise<void> => {
  const partial = `${path}.${process.pid}-${(count += 1)}.partial`
  try {
    await writeFlushed(partial, bytes)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  await flushFolder(dirname(path))
}

const CODES: Readonly<Record<string, StoreError['code']>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
}

/** What the system says, as what a log can act upon. */
export const storeErrorOf = (path: string, error: unknown): StoreError => {
  if (error instanceof StoreError) return error
  const reason = error instanceof Error ? error.message : String(error)
  const code = CODES[codeOf(error)] ?? 'unreachable'
  return new StoreError(code, `${path}: ${reason}`, { cause: error })
}

/** `ENOENT` and its like; empty for what is no system error. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

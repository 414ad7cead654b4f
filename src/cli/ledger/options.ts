/** What the ledger commands are given, and what it must look like. */
import { readFile } from 'node:fs/promises'
import { say } from '../../language/say.ts'
import { parsePolicy, type Policy } from '../../ledger/policy.ts'
import { UsageError } from '../command.ts'

/** The first argument that is no option. */
export const folderOf = (positionals: readonly string[]): string => {
  const [dir] = positionals
  if (dir === undefined) throw new UsageError(say('ledger.no-folder'))
  return dir
}

/** A whole number from 0. */
export const wholeOf = (option: string, text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(say('ledger.bad-number', { option, text }))
  return Number(text)
}

export const readBytes = async (path: string): Promise<Buffer> => {
  try {
    return await readFile(path)
  } catch {
    throw new UsageError(say('ledger.no-file', { path }))
  }
}

/** @throws LedgerError `malformed-policy` */
export const readPolicyFile = async (path: string): Promise<Policy> =>
  parsePolicy((await readBytes(path)).toString())

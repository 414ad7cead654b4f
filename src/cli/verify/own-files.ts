/** Files that the verifier brings along: a policy, the certificates of time-stamping authorities. */
import { readFile } from 'node:fs/promises'
import { LedgerError } from '../../ledger/error.ts'
import { parsePolicy, type Policy } from '../../ledger/policy.ts'
import { say } from '../../language/say.ts'
import { UsageError } from '../command.ts'

/** @throws UsageError where it cannot be read */
export const readOwn = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new UsageError(say('verify.cannot-read', { path }))
  }
}

/** @throws UsageError */
export const readPolicyFile = async (path: string): Promise<Policy> => {
  const text = await readOwn(path)
  try {
    return parsePolicy(text)
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    throw new UsageError(
      say('bundle.page-bad-policy', { name: path, reason: { term: error.sentence } }),
    )
  }
}

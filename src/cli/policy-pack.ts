/** Reads a law pack from `policies/` by name, or from any folder by path. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { say } from '../language/say.ts'
import { parsePolicy, type Policy } from '../law/policy.ts'
import { UsageError } from './command.ts'

const SHIPPED = fileURLToPath(new URL('../../policies/', import.meta.url))

/** A pack by name under `policies/`, or any folder by path. */
export const packFolder = (pack: string): string =>
  /^[\w-]+$/.test(pack) ? join(SHIPPED, pack) : pack

/** @throws UsageError when the pack is not there or cannot be used */
export const readPolicy = async (pack: string): Promise<Policy> => {
  const folder = packFolder(pack)
  try {
    return parsePolicy(
      await json(folder, 'provisions.json'),
      await json(folder, 'findings.json'),
      existsSync(join(folder, 'market.json')) ? await json(folder, 'market.json') : null,
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(say('cli.bad-policy', { pack, reason }))
  }
}

const json = async (folder: string, name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, name), 'utf8'))

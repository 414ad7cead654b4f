/**
 * Everything that an audit holds words against: the word lists of a pack, its claims and its stance
 * table. Loaded only where there are words to read.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { WordDesk } from '../../engine/words.ts'
import { say } from '../../language/say.ts'
import type { Policy } from '../../law/policy.ts'
import { parseClaims } from '../../wording/claims/table.ts'
import { createReader } from '../../wording/read.ts'
import { createStance, parseStance } from '../../wording/stance.ts'
import { UsageError } from '../command.ts'
import { packFolder } from '../policy-pack.ts'
import { readLexicon } from './lists.ts'

const TABLES = ['claims.json', 'stance.json'] as const

/**
 * @returns undefined for a pack that holds no words
 * @throws UsageError naming the file that cannot be used, and what is wrong
 */
export const readDesk = async (pack: string, policy: Policy): Promise<WordDesk | undefined> => {
  const folder = packFolder(pack)
  const needed = ['wording', ...TABLES].map((name) => join(folder, name))
  if (!needed.every((path) => existsSync(path))) return undefined
  const lexicon = await readLexicon(pack)
  const claims = await table(folder, 'claims.json', parseClaims)
  const stance = await table(folder, 'stance.json', parseStance)
  try {
    return { lexicon, reader: createReader(lexicon, policy), claims, stance: createStance(stance) }
  } catch (error) {
    throw unusable(folder, error)
  }
}

const table = async <T>(
  folder: string,
  name: (typeof TABLES)[number],
  parse: (json: unknown) => T,
): Promise<T> => {
  try {
    return parse(JSON.parse(await readFile(join(folder, name), 'utf8')))
  } catch (error) {
    throw unusable(join(folder, name), error)
  }
}

const unusable = (pack: string, error: unknown): UsageError =>
  new UsageError(
    say('cli.bad-policy', { pack, reason: error instanceof Error ? error.message : String(error) }),
  )

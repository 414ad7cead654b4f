/** The word lists of a law pack, and those that an operator brings. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { say } from '../../language/say.ts'
import { parseLexicon, type Lexicon } from '../../wording/lexicon.ts'
import { UsageError } from '../command.ts'
import { packFolder } from '../policy-pack.ts'

/**
 * @param more further files of the same form, e.g. an operator's own list for red line 1
 * @throws UsageError when a list is not there or cannot be used; it names file and entry
 */
export const readLexicon = async (pack: string, more: readonly string[] = []): Promise<Lexicon> => {
  const folder = join(packFolder(pack), 'wording')
  try {
    const names = existsSync(folder)
      ? (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
      : []
    const paths = [...names.map((name) => join(folder, name)), ...more]
    return parseLexicon(
      await Promise.all(
        paths.map(async (path) => ({ name: basename(path), json: await json(path) })),
      ),
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(say('wording.cli.bad-lists', { pack, reason }))
  }
}

const json = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new Error(`${basename(path)}: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    })
  }
}

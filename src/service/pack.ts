/** Everything of a law pack that the service needs, read once at start. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseRetention, type RetentionPolicy } from '../archive/retention-table.ts'
import { keyRoomsFile, type KeyRooms } from '../law/key-rooms.ts'
import { parseLadder, type Ladder } from '../law/ladder.ts'
import { parsePolicy, type Policy } from '../law/policy.ts'
import type { RoomsStart } from './rooms/protocol.ts'

export type ServicePack = {
  /** As the rooms' thread takes it. */
  readonly files: RoomsStart['pack']
  readonly words: RoomsStart['words']
  readonly policy: Policy
  readonly ladder: Ladder
  readonly keyRooms: KeyRooms
  readonly retention: RetentionPolicy
}

/** @param folder of the pack · @throws where a file is missing or has the wrong shape */
export const readServicePack = async (folder: string): Promise<ServicePack> => {
  const market = existsSync(join(folder, 'market.json'))
    ? await json(join(folder, 'market.json'))
    : null
  const files = [
    await json(join(folder, 'provisions.json')),
    await json(join(folder, 'findings.json')),
    market,
  ] as const
  const policy = parsePolicy(...files)
  return {
    files,
    words: await wordsIn(folder),
    policy,
    ladder: parseLadder(await json(join(folder, 'ladder.json'))),
    keyRooms: keyRoomsFile.parse(await json(join(folder, 'key-rooms.json'))),
    retention: parseRetention(await json(join(folder, 'retention.json')), policy),
  }
}

/** The word lists, claims and stance of a pack; null for a pack without words. */
const wordsIn = async (folder: string): Promise<RoomsStart['words']> => {
  const lists = join(folder, 'wording')
  if (!existsSync(lists)) return null
  const names = (await readdir(lists)).filter((name) => name.endsWith('.json')).sort()
  return {
    lists: await Promise.all(
      names.map(async (name) => ({ name, json: await json(join(lists, name)) })),
    ),
    claims: await json(join(folder, 'claims.json')),
    stance: await json(join(folder, 'stance.json')),
  }
}

const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'))

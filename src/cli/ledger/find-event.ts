/**
 * Where an event lies in a log, by its id or by what it brings (vocabulary/event-names.ts). Of a named
 * broadcast only its own leaves are read, and where these are is known to a service whose data folder
 * holds the log; else the log is read once, to tell them. Without a broadcast every event is looked at.
 */
import { dirname, join, resolve } from 'node:path'
import { LeafCells } from '../../archive/leaf-cells.ts'
import { NamedSearch } from '../../archive/find-named.ts'
import { readEvents, type Logged } from '../../archive/read-log.ts'
import { Vault } from '../../archive/vault.ts'
import { say } from '../../language/say.ts'
import { readEntries } from '../../ledger/rooms.ts'
import { readLeafPlaces, type LeafPlaces } from '../../service/state-folder.ts'
import { codeOf } from '../../store/durable.ts'
import type { LedgerFolder } from '../../store/ledger-folder.ts'
import { publishedSize } from '../../store/open-ledger.ts'
import { namesOf } from '../../vocabulary/event-names.ts'
import type { Io } from '../command.ts'
import { progressOn } from '../progress.ts'

/** `within`: place in a chunk, from 0; null for a leaf of its own. */
export type Place = { readonly index: number; readonly within: number | null }

type Asked = { readonly event: string; readonly broadcast?: string | undefined }

type Tell = (leaves: number) => void

/** Null where nothing that is published has that name. @throws LogError, LedgerError, StoreError */
export const findEvent = async (
  folder: LedgerFolder,
  { event, broadcast }: Asked,
  io: Io,
): Promise<Place | null> => {
  const size = await publishedSize(folder)
  const logged = { log: folder.log, vault: new Vault(folder.vault), size }
  const progress = progressOn(io)
  const tell = (leaves: number) => {
    io.signal.throwIfAborted()
    progress.tell(() => say('ledger.prove.progress', { leaves, size }))
  }
  try {
    return broadcast === undefined
      ? await findAnywhere(logged, event, tell)
      : await findIn(broadcast, folder, logged, event, tell)
  } finally {
    progress.end()
  }
}

const findAnywhere = async (logged: Logged, event: string, tell: Tell): Promise<Place | null> => {
  for await (const found of readEvents(logged)) {
    if (namesOf(found.event).includes(event)) return found
    tell(found.index + 1)
  }
  return null
}

const ALWAYS = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }
/** Whoever asks here waits for himself alone. */
const UNBOUNDED = { leaves: Number.POSITIVE_INFINITY, chunks: Number.POSITIVE_INFINITY }

const NOWHERE = { position: 0, keys: [], take: () => undefined }

const findIn = async (
  broadcast: string,
  { dir, config }: LedgerFolder,
  logged: Logged,
  event: string,
  tell: Tell,
): Promise<Place | null> => {
  const look = async (places: LeafPlaces) => {
    const cells = new LeafCells(places)
    let leaf = places.position
    for await (const entry of readEntries(logged.log, leaf, logged.size)) {
      cells.learn(leaf, entry)
      leaf += 1
      tell(leaf)
    }
    const search = new NamedSearch([event], logged, UNBOUNDED)
    await search.look(cells.leavesOf(broadcast, ALWAYS, 'within'))
    return search.found.get(event) ?? null
  }
  try {
    const state = join(dirname(resolve(dir)), 'state')
    return await look((await readLeafPlaces(state, config.vkey, logged.size)) ?? NOWHERE)
  } catch (error) {
    // Not there, or the service has just replaced it: the log itself says the same.
    if (codeOf(error) !== 'ENOENT') throw error
    return look(NOWHERE)
  }
}

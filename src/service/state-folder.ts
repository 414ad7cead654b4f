/**
 * The state folder holds only what can be made again from the ledger: snapshots of the rooms, of
 * what was seen, of what the archive knows and of where each broadcast's leaves lie. They are of one
 * ledger and reach no further than it; where another ledger, or an older back-up of it, was put in
 * its place they are thrown away and everything is replayed.
 */
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SavedCells } from '../archive/leaf-cells.ts'
import { codeOf, replaceFile } from '../store/durable.ts'
import { Shelf } from './shelf.ts'

export type StateFolder = {
  readonly door: string
  readonly rooms: string
  readonly facts: string
  readonly leaves: string
}

const OWNER = 'ledger'
const LEAVES = 'leaves'

/**
 * @param vkey key of the log: its name for good
 * @param size leaves of the log
 */
export const openStateFolder = async (
  folder: string,
  vkey: string,
  size: number,
): Promise<StateFolder> => {
  const at = (name: string) => join(folder, name)
  const state = {
    door: at('door'),
    rooms: at('rooms'),
    facts: at('facts'),
    leaves: at(LEAVES),
  }
  await mkdir(folder, { recursive: true })
  const isOurs = (await ownerOf(join(folder, OWNER))) === vkey
  for (const path of Object.values(state))
    if (!isOurs || (await Shelf.open(path)).position > size)
      await rm(path, { recursive: true, force: true })
  if (!isOurs) await replaceFile(join(folder, OWNER), Buffer.from(vkey))
  return state
}

/** Where leaves lie, as `LeafCells` asks for it, and up to which leaf. */
export type LeafPlaces = SavedCells & { readonly position: number }

/**
 * What a service put away of where the leaves of its broadcasts lie; null where nobody did, or of
 * another log. Reads only. @throws `ENOENT` where the service replaces it meanwhile
 */
export const readLeafPlaces = async (
  folder: string,
  vkey: string,
  size: number,
): Promise<LeafPlaces | null> => {
  if ((await ownerOf(join(folder, OWNER))) !== vkey) return null
  const places = await Shelf.look<Uint8Array>(join(folder, LEAVES))
  return places !== null && places.position <= size ? places : null
}

const ownerOf = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

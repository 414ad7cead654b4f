/**
 * The events of a log, leaf by leaf, with what the vault still holds of each. Read in order, so the
 * same log gives the same facts to whoever reads it.
 */
import { isJsonObject, type Json, type JsonObject } from '../ledger/canonical.ts'
import { readChunk } from '../ledger/chunk-body.ts'
import { SALT_BYTES } from '../ledger/disclosure.ts'
import type { ObjectStore } from '../ledger/object-store.ts'
import { readEntries } from '../ledger/rooms.ts'
import { TILE_WIDTH } from '../ledger/tiles.ts'
import { isEventType, type AssayEvent } from '../vocabulary/event.ts'
import { fillIn, parseObject } from './quick-leaf.ts'
import { nodeSha256 } from './sha256.ts'
import type { Vault } from './vault.ts'

export { nodeSha256 }

export type LoggedEvent = {
  readonly index: number
  /** Place in a chunk, from 0; null for a leaf of its own. */
  readonly within: number | null
  /** Erased fields are missing, whatever the type says; an envelope never is. */
  readonly event: AssayEvent
  readonly disclosures: readonly string[]
}

export type Logged = {
  readonly log: Pick<ObjectStore, 'read'>
  readonly vault: Vault
  /** Leaves to read: the size of a published checkpoint. */
  readonly size: number
}

/** Every event that is left, in order of the log. @throws LogError, LedgerError, VaultError */
export const readEvents = async function* (logged: Logged, from = 0): AsyncGenerator<LoggedEvent> {
  let lines: readonly (readonly string[])[] = []
  let bucket = -1
  let next = from
  for await (const entry of readEntries(logged.log, from, logged.size)) {
    const index = next
    next += 1
    if (Math.floor(index / TILE_WIDTH) !== bucket) {
      bucket = Math.floor(index / TILE_WIDTH)
      lines = await logged.vault.bucket(bucket)
    }
    const disclosures = lines[index % TILE_WIDTH] ?? []
    const leaf = parseObject(entry)
    if (leaf?.['event'] !== undefined) {
      const event = eventOf(fillIn(leaf, disclosures)['event'])
      if (event !== null) yield { index, within: null, event, disclosures }
    } else if (leaf?.['chunk'] !== undefined) {
      const body = await logged.vault.body(index)
      for (const [within, salted] of body === null ? [] : eventsIn(body)) {
        const event = eventOf(parseObject(salted.subarray(SALT_BYTES)) ?? undefined)
        if (event !== null) yield { index, within, event, disclosures: [] }
      }
    }
  }
}

/** Place and salted bytes of every event that is left in a chunk; nothing is hashed. */
const eventsIn = (body: Uint8Array): [number, Uint8Array][] =>
  [...readChunk(body, () => body).entries()].flatMap(([within, { salted }]) =>
    salted === null ? [] : [[within, salted]],
  )

/** Null for what is no event of this vocabulary: a statement of counts, another producer's leaf. */
const eventOf = (value: Json | undefined): AssayEvent | null => {
  const event: JsonObject | null = isJsonObject(value) ? value : null
  const isOurs =
    event !== null &&
    typeof event['type'] === 'string' &&
    isEventType(event['type']) &&
    typeof event['time'] === 'string' &&
    isJsonObject(event['data'])
  return isOurs ? (event as unknown as AssayEvent) : null
}

/**
 * Envelope encryption of personal columns. Each broadcast and each subject has a data key of its
 * own, wrapped under the one master key. Erasing the data key erases what it sealed, wherever a row
 * was copied to; only a backup of this table from before still has it, and must not be kept longer
 * than the data may be. A new master key re-wraps the data keys and touches no data.
 *
 * A sealed value is: version (1 byte) ‖ id of the data key (16) ‖ nonce ‖ ciphertext ‖ tag.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import type { MasterKey } from './master-key.ts'
import { SqlError, type Sql, type SqlRunner } from './port.ts'
import { digest, KEY_BYTES, seal, unseal } from './sealed.ts'

/** What one key covers. `system` keys are erased by nobody. */
export type KeyScope =
  | { readonly broadcast: string }
  | { readonly subject: string }
  | { readonly system: 'accounts' | 'lookup' | 'webhooks' }

/** The one in use first, then older ones whose data keys are not yet re-wrapped. */
export type MasterKeys = readonly [inUse: MasterKey, ...older: MasterKey[]]

export type DataKeys = {
  /** Seals under the scope's key, made on first use. `place` is table and row. */
  readonly seal: (scope: KeyScope, place: string, text: string) => Promise<Uint8Array>
  /** The inverse; null where the key was erased. @throws Error where `place` is another */
  readonly open: (place: string, sealed: Uint8Array) => Promise<string | null>
  /** What a personal id is looked up by, one-way without the `lookup` key. */
  readonly digest: (kind: string, id: string) => Promise<Uint8Array>
  /** The key itself, for those who seal by other means (accounts). */
  readonly system: (name: Extract<KeyScope, { system: string }>['system']) => Promise<Uint8Array>
  /** False where there was nothing to erase. What is sealed afterwards gets a new key. */
  readonly erase: (scope: KeyScope) => Promise<boolean>
  /**
   * What is sealed from now on gets a new key, and what was sealed still opens: to be sealed anew,
   * and then given up by `eraseRetired`.
   */
  readonly retire: (scope: KeyScope) => Promise<void>
  readonly eraseRetired: (scope: KeyScope) => Promise<void>
  /** Wraps every data key under `next` instead. @returns how many */
  readonly rewrap: (next: MasterKey) => Promise<number>
}

type Known = { readonly key: string; readonly bytes: Uint8Array }
type Row = { key: string; wrapped: Uint8Array | null; master: string }

const VERSION = 1
const HEADER_BYTES = 17
/** Bounded: broadcasts go off the air, and a forgotten key is one query away. */
const CACHED = 10_000
/** Another process may have erased a key: it is asked for again after this long. */
const CACHE_MS = 60_000

/** @throws SqlError bad-master-key where the database is under another key */
export const openDataKeys = async (
  sql: Sql,
  masters: MasterKeys,
  now: () => number,
): Promise<DataKeys> => {
  let [inUse] = masters
  const known = new Map(masters.map((master) => [master.fingerprint, master]))
  // By the key's own id, and by the name of the scope whose present key it is.
  const cache = new Map<string, Known & { readonly untilMs: number }>()

  const recall = (name: string): Known | undefined => {
    const found = cache.get(name)
    if (found !== undefined && found.untilMs > now()) return found
    cache.delete(name)
    return undefined
  }

  const remember = (name: string, { key, bytes }: Known): Known => {
    if (cache.size >= CACHED) cache.delete(cache.keys().next().value!)
    cache.set(name, { key, bytes, untilMs: now() + CACHE_MS })
    return { key, bytes }
  }

  const unwrap = ({ key, wrapped, master }: Row & { wrapped: Uint8Array }): Uint8Array => {
    const found = known.get(master)
    if (found === undefined)
      throw new SqlError('bad-master-key', `the data is under the master key ${master}`)
    return unseal(found.bytes, placeOf(key), wrapped)
  }

  const byId = async (key: string): Promise<Uint8Array | null> => {
    const recalled = recall(key)
    if (recalled !== undefined) return recalled.bytes
    const [row] = await sql.query<Row>(
      'select key, wrapped, master from data_keys where key = $1',
      [key],
    )
    if (row === undefined || row.wrapped === null) return null
    return remember(key, { key, bytes: unwrap({ ...row, wrapped: row.wrapped }) }).bytes
  }

  /** The scope's present key, made where there is none. Two makers at once agree on one. */
  const current = async (name: string): Promise<Known> => {
    const recalled = recall(name)
    if (recalled !== undefined) return recalled
    const select =
      'select key, wrapped, master from data_keys where name = $1 and wrapped is not null'
    let [row] = await sql.query<Row>(select, [name])
    if (row === undefined) {
      const key = randomUUID()
      await sql.query(
        `insert into data_keys (key, name, wrapped, master) values ($1, $2, $3, $4)
         on conflict (name) where wrapped is not null do nothing`,
        [key, name, wrap(inUse, key, randomBytes(KEY_BYTES)), inUse.fingerprint],
      )
      ;[row] = await sql.query<Row>(select, [name])
    }
    if (row?.wrapped == null) throw new Error(`the data key of ${name} was erased while in use`)
    return remember(name, { key: row.key, bytes: unwrap({ ...row, wrapped: row.wrapped }) })
  }

  const system = async (name: string) => (await current(`system/${name}`)).bytes
  const lookup = await system('lookup')
  const digestOf = (kind: string, id: string) => digest(lookup, kind, Buffer.from(id))

  // The name of a key outlives it, so it must not tell whose it was.
  const nameOf = (scope: KeyScope): string => {
    if ('system' in scope) return `system/${scope.system}`
    const kind = 'broadcast' in scope ? 'broadcast' : 'subject'
    const id = 'broadcast' in scope ? scope.broadcast : scope.subject
    return `${kind}/${digestOf(kind, id).toString('base64url')}`
  }

  return {
    seal: async (scope, place, text) => {
      const { key, bytes } = await current(nameOf(scope))
      const id = Buffer.from(key.replaceAll('-', ''), 'hex')
      return Buffer.concat([Buffer.of(VERSION), id, seal(bytes, place, Buffer.from(text))])
    },
    open: async (place, sealed) => {
      if (sealed[0] !== VERSION) throw new RangeError('a sealed value of an unknown version')
      const bytes = await byId(uuidOf(sealed.subarray(1, HEADER_BYTES)))
      return bytes && unseal(bytes, place, sealed.subarray(HEADER_BYTES)).toString()
    },
    digest: async (kind, id) => digestOf(kind, id),
    system,
    erase: async (scope) => {
      const name = nameOf(scope)
      const erased = await sql.query<{ key: string }>(
        `update data_keys set wrapped = null, erased_at = now()
         where name = $1 and wrapped is not null returning key`,
        [name],
      )
      cache.delete(name)
      for (const { key } of erased) cache.delete(key)
      return erased.length > 0
    },
    retire: async (scope) => {
      const name = nameOf(scope)
      await sql.query('update data_keys set name = $2 where name = $1 and wrapped is not null', [
        name,
        `${name}/${randomUUID()}`,
      ])
      cache.delete(name)
    },
    eraseRetired: async (scope) => {
      const erased = await sql.query<{ key: string }>(
        `update data_keys set wrapped = null, erased_at = now()
         where starts_with(name, $1) and wrapped is not null returning key`,
        [`${nameOf(scope)}/`],
      )
      for (const { key } of erased) cache.delete(key)
    },
    rewrap: async (next) => {
      const count = await sql.transaction((runner) => rewrapAll(runner, unwrap, next))
      known.set(next.fingerprint, next)
      inUse = next
      return count
    },
  }
}

const rewrapAll = async (
  sql: SqlRunner,
  unwrap: (row: Row & { wrapped: Uint8Array }) => Uint8Array,
  next: MasterKey,
): Promise<number> => {
  const rows = await sql.query<Row & { wrapped: Uint8Array }>(
    'select key, wrapped, master from data_keys where wrapped is not null and master <> $1 for update',
    [next.fingerprint],
  )
  for (const row of rows)
    await sql.query('update data_keys set wrapped = $2, master = $3 where key = $1', [
      row.key,
      wrap(next, row.key, unwrap(row)),
      next.fingerprint,
    ])
  return rows.length
}

const wrap = (master: MasterKey, key: string, bytes: Uint8Array): Uint8Array =>
  seal(master.bytes, placeOf(key), bytes)

const placeOf = (key: string): string => `data-key/${key}`

const uuidOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

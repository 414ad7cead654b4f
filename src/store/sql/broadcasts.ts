/**
 * Broadcasts, their figures as they stand, and whose they are. All of it can be built again from
 * the ledger.
 */
import type { Sql } from './port.ts'
import { lastOfEach } from './documents.ts'
import { isoOf, msOf } from './time.ts'

/** What became known of a broadcast; merchants and sources are added to those known before. */
export type BroadcastNote = {
  readonly broadcast: string
  readonly room: string
  readonly merchants?: readonly string[]
  readonly sources?: readonly string[]
  readonly startedAt?: number
  readonly endedAt?: number
}

export type BroadcastRow = {
  readonly broadcast: string
  readonly room: string
  readonly merchants: readonly string[]
  readonly sources: readonly string[]
  /** ms from the epoch, null where unknown. */
  readonly startedAt: number | null
  readonly endedAt: number | null
}

export type FiguresRow = {
  readonly broadcast: string
  /** Of the ledger; what is older than the stored line is ignored. */
  readonly position: number
  readonly at: number
  readonly final: boolean
  readonly document: unknown
}

/** Which broadcasts: all, those of one merchant, or those that came from under one source. */
export type Whose = { readonly merchant?: string; readonly source?: string }

export const broadcastTable = (sql: Sql) => ({
  note: async (notes: readonly BroadcastNote[]): Promise<void> => {
    if (notes.length === 0) return
    await sql.query(NOTE, [JSON.stringify(merged(notes).map(lineOf))])
  },

  get: async (broadcast: string): Promise<BroadcastRow | undefined> =>
    (await sql.query<Stored>(`${SELECT} where broadcast = $1`, [broadcast])).map(rowOf)[0],

  /** The one on air in a room, or else the last that was. */
  inRoom: async (room: string): Promise<BroadcastRow | undefined> =>
    (
      await sql.query<Stored>(
        `${SELECT} where room = $1 order by (ended_at is null) desc, started_at desc nulls last limit 1`,
        [room],
      )
    ).map(rowOf)[0],

  /** By id. @param after the last id of the page before */
  list: async (whose: Whose, limit: number, after = ''): Promise<BroadcastRow[]> =>
    (
      await sql.query<Stored>(
        `${SELECT} where broadcast > $1 and ${WHOSE} order by broadcast limit $4`,
        [after, whose.merchant ?? null, whose.source ?? null, limit],
      )
    ).map(rowOf),
})

export const figuresTable = (sql: Sql) => ({
  save: async (rows: readonly FiguresRow[]): Promise<void> => {
    if (rows.length === 0) return
    const last = lastOfEach(rows, ({ broadcast }) => broadcast)
    const lines = last.map((row) => ({ ...row, at: isoOf(row.at) }))
    await sql.query(SAVE_FIGURES, [JSON.stringify(lines)])
  },

  get: async (broadcast: string): Promise<FiguresRow | undefined> => {
    const [row] = await sql.query<Omit<FiguresRow, 'at'> & { at: Date }>(
      'select broadcast, position, at, final, document from figures where broadcast = $1',
      [broadcast],
    )
    return row && { ...row, at: row.at.getTime() }
  },

  /** Position of the figures of every broadcast. */
  positions: async (): Promise<Map<string, number>> => {
    const rows = await sql.query<{ broadcast: string; position: number }>(
      'select broadcast, position from figures',
    )
    return new Map(rows.map(({ broadcast, position }) => [broadcast, position]))
  },
})

type Stored = Omit<BroadcastRow, 'startedAt' | 'endedAt'> & {
  started_at: Date | null
  ended_at: Date | null
}

const SELECT = 'select broadcast, room, merchants, sources, started_at, ended_at from broadcasts'

/** $2 merchant, $3 source; a source covers those below it. */
const WHOSE = `($2::text is null or merchants @> array[$2::text])
  and ($3::text is null or exists (
    select from unnest(sources) as s where s = $3 or starts_with(s, rtrim($3, '/') || '/')))`

const UNION = (column: string) =>
  `array(select distinct unnest(broadcasts.${column} || excluded.${column}) order by 1)`

const NOTE = `
  insert into broadcasts
  select broadcast, room, coalesce(merchants, '{}'), coalesce(sources, '{}'),
         started_at, ended_at, null
  from jsonb_to_recordset($1::jsonb) as line(
    broadcast text, room text, merchants text[], sources text[],
    started_at timestamptz, ended_at timestamptz)
  on conflict (broadcast) do update set
    room = excluded.room,
    merchants = ${UNION('merchants')},
    sources = ${UNION('sources')},
    started_at = coalesce(excluded.started_at, broadcasts.started_at),
    ended_at = coalesce(excluded.ended_at, broadcasts.ended_at)`

const SAVE_FIGURES = `
  insert into figures
  select * from jsonb_to_recordset($1::jsonb) as line(
    broadcast text, position bigint, at timestamptz, final boolean, document jsonb)
  on conflict (broadcast) do update set
    position = excluded.position, at = excluded.at,
    final = excluded.final, document = excluded.document
  where figures.position <= excluded.position`

/** One statement cannot touch a row twice. */
const merged = (notes: readonly BroadcastNote[]): BroadcastNote[] => {
  const byId = new Map<string, BroadcastNote>()
  for (const note of notes) {
    const before = byId.get(note.broadcast)
    byId.set(note.broadcast, {
      ...before,
      ...note,
      merchants: [...new Set([...(before?.merchants ?? []), ...(note.merchants ?? [])])],
      sources: [...new Set([...(before?.sources ?? []), ...(note.sources ?? [])])],
    })
  }
  return [...byId.values()]
}

const lineOf = ({ startedAt, endedAt, ...rest }: BroadcastNote) => ({
  ...rest,
  started_at: isoOf(startedAt),
  ended_at: isoOf(endedAt),
})

const rowOf = ({ started_at, ended_at, ...rest }: Stored): BroadcastRow => ({
  ...rest,
  startedAt: msOf(started_at),
  endedAt: msOf(ended_at),
})

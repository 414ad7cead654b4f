/**
 * SQL conditions for rows that the vocabulary would admit as they stand. They may be stricter than
 * it (lengths are counted in bytes, sources must be ASCII), never laxer: what fails them is judged
 * by the vocabulary itself.
 */
import { ENTRIES } from '../vocabulary/index.ts'
import { named, quoted } from './duck.ts'

export const HOT_TYPES = [
  'live.viewer.watched',
  'live.like.sent',
  'live.product.clicked',
  'live.viewer.left',
  'live.viewer.joined',
  'live.comment.posted',
] as const
export type HotType = (typeof HOT_TYPES)[number]

/** Column names and their SQL types. */
export type Columns = ReadonlyMap<string, string>

/** Bytes: no longer in UTF-16 units than that. */
const isId = (name: string) => `strlen(${named(name)}) BETWEEN 1 AND 128`
const isMaybeId = (name: string) => `(${named(name)} IS NULL OR ${isId(name)})`

const MAX_ZONES = 20

/** Well within a FLOAT; more than three thousand years. */
const MAX_SECONDS = 1e11

const INTEGER = /^U?(TINY|SMALL|BIG)?INT(EGER)?$/
const NUMBER = /^(DOUBLE|FLOAT|U?(TINY|SMALL|BIG)?INT(EGER)?)$/

/** How the `time` column is read: `plain` where it is known to be sound, else `checked`, or NULL. */
export type Instant = { readonly plain: string; readonly checked: string }

/** SQL of the instant in ms from the epoch; undefined for a column that is not plainly a time. */
export const instantOf = (
  column: string,
  type: string,
  sample: readonly string[],
): Instant | undefined => {
  const name = named(column)
  if (type.startsWith('TIMESTAMP')) return same(`epoch_ms(${name})::DOUBLE`)
  if (type === 'BIGINT') return same(`CASE WHEN ${name} > 100000000000 THEN ${name}::DOUBLE END`)
  if (type !== 'VARCHAR') return undefined
  // RFC 3339 with one of the offsets seen: DuckDB itself would take a local time as well.
  const zones = new Set(sample.map((time) => /(?:Z|[+-]\d\d:\d\d)$/.exec(time)?.[0] ?? ''))
  zones.delete('')
  if (zones.size === 0 || zones.size > MAX_ZONES) return undefined
  const zoned = [...zones].map((zone) => `ends_with(${name}, ${quoted(zone)})`).join(' OR ')
  const isPlain = `${name} LIKE '____-__-__T__:__:__%' AND (${zoned})`
  return {
    plain: castBy(name, 'CAST'),
    checked: `CASE WHEN ${isPlain} THEN ${castBy(name, 'TRY_CAST')} END`,
  }
}

const castBy = (name: string, cast: string) => `epoch_ms(${cast}(${name} AS TIMESTAMPTZ))::DOUBLE`

const same = (sql: string): Instant => ({ plain: sql, checked: sql })

/** Whether the columns that the hot types need are there and of one plain type. */
export const hasHotColumns = (columns: Columns): boolean =>
  ['id', 'source', 'type', 'subject', 'view', 'viewer'].every(
    (name) => columns.get(name) === 'VARCHAR',
  )

/** The condition of a sound row of a hot type. */
export const soundOf = (
  columns: Columns,
  at: string,
  createdAt: string | undefined,
  sources: readonly string[],
): string => {
  const isText = (name: string) => columns.get(name) === 'VARCHAR'
  // A column of another type is for the vocabulary to judge, unless it is empty.
  const isMaybe = (name: string) =>
    isText(name) ? isMaybeId(name) : columns.has(name) ? `${named(name)} IS NULL` : 'true'
  const isCreated = columns.has('accountCreatedAt')
    ? `("accountCreatedAt" IS NULL OR ${createdAt ?? 'NULL'} IS NOT NULL)`
    : 'true'
  const cases: Record<HotType, string | undefined> = {
    'live.viewer.watched': NUMBER.test(columns.get('seconds') ?? '')
      ? `${isId('view')} AND "seconds" BETWEEN 0 AND ${MAX_SECONDS}`
      : undefined,
    'live.like.sent': INTEGER.test(columns.get('count') ?? '')
      ? `${isId('viewer')} AND ${isMaybeId('view')} AND "count" BETWEEN 0 AND 4294967295`
      : undefined,
    'live.product.clicked':
      columns.get('product') === 'VARCHAR'
        ? `${isId('viewer')} AND ${isMaybeId('view')} AND ${isId('product')}`
        : undefined,
    'live.viewer.left': isId('view'),
    'live.viewer.joined': isText('entry')
      ? [
          `${isId('view')} AND "entry" IN (${ENTRIES.map(quoted).join(', ')})`,
          ...['viewer', 'device', 'ip', 'network', 'app'].map(isMaybe),
          isCreated,
        ].join(' AND ')
      : undefined,
    'live.comment.posted':
      isText('comment') && isText('text')
        ? [
            `${isId('comment')} AND ${isId('viewer')} AND strlen("text") BETWEEN 1 AND 100000`,
            isMaybeId('view'),
            isMaybe('replyTo'),
          ].join(' AND ')
        : undefined,
  }
  const whens = Object.entries(cases).flatMap(([type, condition]) =>
    condition === undefined ? [] : [`WHEN ${quoted(type)} THEN ${condition}`],
  )
  const conditions = [
    isId('id'),
    isId('subject'),
    `"source" IN (${sources.map(quoted).join(', ')})`,
    `${at} IS NOT NULL`,
    `CASE "type" ${whens.join(' ')} ELSE false END`,
  ]
  if (columns.has('specversion')) conditions.push(`"specversion" = '1.0'`)
  // Fields given nested stand before those of the columns.
  if (columns.has('data')) conditions.push('"data" IS NULL')
  for (const flag of ['visible', 'playing'])
    if (columns.has(flag) && columns.get(flag) !== 'BOOLEAN')
      conditions.push(`${named(flag)} IS NULL`)
  return `coalesce(${conditions.join(' AND ')}, false)`
}

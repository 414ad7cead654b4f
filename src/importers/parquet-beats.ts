/**
 * Heartbeats of a Parquet file, by far the most frequent rows, summed up by view inside DuckDB:
 * what ViewTable.watch keeps is minima, maxima, sums and counts, so millions of rows become one a
 * view before anything crosses over.
 */
import type { Beats } from '../detectors/tables/views.ts'
import { named, type Batch } from './duck.ts'

/** Fields of `Beats`, and what they are called in the query. */
const FIELDS = {
  count: 'n',
  seconds: 'total',
  most: 'most',
  least: 'least',
  // All of them, where the largest is the smallest too; else they are counted apart.
  atMost: 'coalesce(at_most, n)',
  phaseMin: 'phase_min',
  phaseMax: 'phase_max',
  turnedMin: 'turned_min',
  turnedMax: 'turned_max',
  idle: 'idle',
  lastAt: 'last_at',
} as const satisfies Record<keyof Beats, string>

/** What the query is made of, in SQL. */
type Parts = {
  /** FROM and WHERE. */
  readonly rows: string
  /** Hash of a view, the time in ms, and whether the page was hidden or the player stood still. */
  readonly view: string
  readonly at: string
  readonly seconds: string
  readonly idle: string
}

/** SQL of one row a view. The sum is Kahan's: the order of rows, which threads change, shows less. */
export const beatsSql = ({ rows, view, at, seconds, idle }: Parts): string => `
  WITH beats AS MATERIALIZED (
    SELECT view, count(*) AS n, fsum(stay) AS total, max(short) AS most, min(short) AS least,
      min(phase) AS phase_min, max(phase) AS phase_max, min(turned) AS turned_min,
      max(turned) AS turned_max, count(*) FILTER (idle) AS idle, min(moment) AS first_at,
      max(moment) AS last_at
    FROM (SELECT ${view} AS view, ${seconds} AS stay, stay::FLOAT AS short,
      ${idle} AS idle, (${at})::BIGINT AS moment, moment % 1000 AS phase,
      (moment + 500) % 1000 AS turned ${rows}) GROUP BY 1),
  tops AS (
    SELECT view, count(*) AS at_most
    FROM (SELECT ${view} AS view, (${seconds})::FLOAT AS short ${rows})
    JOIN (SELECT view, most FROM beats WHERE most > least) USING (view)
    WHERE short = most GROUP BY 1)
  SELECT view, first_at::DOUBLE AS first_at, ${Object.entries(FIELDS)
    .map(([field, sql]) => `(${sql})::DOUBLE AS ${named(field)}`)
    .join(', ')}
  FROM beats LEFT JOIN tops USING (view)`

/** The columns of `beatsSql`. */
export const BEATS_VALUES = {
  view: 'view',
  firstAt: 'first_at',
  ...Object.fromEntries(Object.keys(FIELDS).map((field) => [field, named(field)])),
}

/** Calls `take` for each row of such a batch, with one and the same object. */
export const eachBeats = (batch: Batch, take: (i: number, beats: Beats) => void): void => {
  const columns = Object.keys(FIELDS).map(
    (field) => [field as keyof Beats, batch.doubles(field)] as const,
  )
  const beats = Object.fromEntries(columns.map(([field]) => [field, Number.NaN])) as Beats
  for (let i = 0; i < batch.length; i += 1) {
    for (const [field, column] of columns) beats[field] = column[i]!
    take(i, beats)
  }
}

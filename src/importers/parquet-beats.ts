/**
 * Heartbeats of a Parquet file, by far the most frequent rows, summed up by view inside DuckDB:
 * what ViewTable.watch keeps is minima, maxima, sums and counts, so millions of rows become one a
 * view before anything crosses over.
 */
import type { DuckDBDataChunk } from '@duckdb/node-api'
import type { Beats } from '../detectors/tables/views.ts'
import { doubles, named, pairs } from './duck.ts'

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
  readonly idle: string
}

/** SQL of one row a view. The sum is Kahan's: the order of rows, which threads change, shows less. */
export const beatsSql = ({ rows, view, at, idle }: Parts): string => `
  WITH beats AS MATERIALIZED (
    SELECT view, count(*) AS n, fsum(stay) AS total, max(short) AS most, min(short) AS least,
      min(phase) AS phase_min, max(phase) AS phase_max, min(turned) AS turned_min,
      max(turned) AS turned_max, count(*) FILTER (idle) AS idle, min(moment) AS first_at,
      max(moment) AS last_at
    FROM (SELECT ${view} AS view, "seconds"::DOUBLE AS stay, "seconds"::FLOAT AS short,
      ${idle} AS idle, (${at})::BIGINT AS moment, moment % 1000 AS phase,
      (moment + 500) % 1000 AS turned ${rows}) GROUP BY 1),
  tops AS (
    SELECT view, count(*) AS at_most
    FROM (SELECT ${view} AS view, "seconds"::FLOAT AS short ${rows})
    JOIN (SELECT view, most FROM beats WHERE most > least) USING (view)
    WHERE short = most GROUP BY 1)
  SELECT view, first_at::DOUBLE, ${Object.entries(FIELDS)
    .map(([field, sql]) => `(${sql})::DOUBLE AS ${named(field)}`)
    .join(', ')}
  FROM beats LEFT JOIN tops USING (view)`

/** Calls `take` for each row of such a chunk. */
export const eachBeats = (
  chunk: DuckDBDataChunk,
  take: (views: Uint32Array, i: number, beats: Beats, firstAt: number) => void,
): void => {
  const views = pairs(chunk, 0)
  const firstAt = doubles(chunk, 1)
  const [n, seconds, most, least, atMost, phaseMin, phaseMax, turnedMin, turnedMax, idle, lastAt] =
    Object.keys(FIELDS).map((_, index) => doubles(chunk, index + 2)) as Eleven<Float64Array>
  for (let i = 0; i < chunk.rowCount; i += 1) {
    const beats = {
      count: n[i]!,
      seconds: seconds[i]!,
      most: most[i]!,
      least: least[i]!,
      atMost: atMost[i]!,
      phaseMin: phaseMin[i]!,
      phaseMax: phaseMax[i]!,
      turnedMin: turnedMin[i]!,
      turnedMax: turnedMax[i]!,
      idle: idle[i]!,
      lastAt: lastAt[i]!,
    }
    take(views, i, beats, firstAt[i]!)
  }
}

type Eleven<T> = [T, T, T, T, T, T, T, T, T, T, T]

/**
 * Heartbeats of a Parquet file, by far the most frequent rows, summed up by view inside DuckDB:
 * what ViewTable.watch keeps is minima, maxima, sums and counts, so millions of rows become one a
 * view before anything crosses over.
 */
import type { Beats } from '../detectors/tables/views.ts'
import { doubles, pairs, type Duck } from './duck.ts'

/** What a query of heartbeats is made of, in SQL. */
export type BeatQuery = {
  /** FROM and WHERE. */
  readonly rows: string
  /** Hash of a view, the time in ms, and whether the page was hidden or the player stood still. */
  readonly view: string
  readonly at: string
  readonly idle: string
}

export type TakeBeats = (views: Uint32Array, i: number, beats: Beats, firstAt: number) => void

/** Calls `take` once a view; `beats` is one object for all of them. */
export const eachBeats = async (
  duck: Duck,
  { rows, view, at, idle }: BeatQuery,
  take: TakeBeats,
  beat: () => void,
): Promise<void> => {
  // A sum by Kahan's method: the order of rows, which threads change, then does not show.
  await duck.run(
    `CREATE TABLE beats AS SELECT view, count(*) AS n, fsum(stay) AS total, max(short) AS most,
       min(short) AS least, min(phase) AS phase_min, max(phase) AS phase_max,
       min(turned) AS turned_min, max(turned) AS turned_max, count(*) FILTER (idle) AS idle,
       min(moment) AS first_at, max(moment) AS last_at
     FROM (SELECT ${view} AS view, "seconds"::DOUBLE AS stay, stay::FLOAT AS short,
       ${idle} AS idle, (${at})::BIGINT AS moment, moment % 1000 AS phase,
       (moment + 500) % 1000 AS turned ${rows}) GROUP BY 1`,
  )
  // How many carried the largest: all, where it is the smallest too; else they are counted again.
  await duck.run(
    `CREATE TABLE tops AS SELECT view, count(*) AS at_most
     FROM (SELECT ${view} AS view, "seconds"::FLOAT AS short ${rows})
     JOIN (SELECT view, most FROM beats WHERE most > least) USING (view)
     WHERE short = most GROUP BY 1`,
  )
  const columns = [
    ...['n', 'total', 'most', 'least', 'coalesce(at_most, n)', 'phase_min', 'phase_max'],
    ...['turned_min', 'turned_max', 'idle', 'last_at', 'first_at'],
  ].map((column) => `${column}::DOUBLE`)
  const beats = {} as Beats
  await duck.stream(
    `SELECT view, ${columns.join(', ')} FROM beats LEFT JOIN tops USING (view)`,
    (chunk) => {
      beat()
      const views = pairs(chunk, 0)
      const numbers = columns.map((_, column) => doubles(chunk, column + 1))
      for (let i = 0; i < chunk.rowCount; i += 1) {
        FIELDS.forEach((field, column) => (beats[field] = numbers[column]![i]!))
        take(views, i, beats, numbers[FIELDS.length]![i]!)
      }
    },
  )
  await duck.run('DROP TABLE beats; DROP TABLE tops')
}

/** In the order of the columns above. */
const FIELDS = [
  'count',
  'seconds',
  'most',
  'least',
  'atMost',
  'phaseMin',
  'phaseMax',
  'turnedMin',
  'turnedMax',
  'idle',
  'lastAt',
] as const satisfies readonly (keyof Beats)[]

/**
 * One pass over a Parquet file that judges every row of the hot types: where all rows of a type are
 * sound and near their broadcast, which is the rule, the queries that follow need not ask again.
 */
import { bulkOf, NEAR_MS, SAMPLE } from '../engine/time-gate.ts'
import { quoted, type Duck } from './duck.ts'
import { HOT_TYPES, type HotType } from './parquet-sound.ts'

/** More sources, or broadcasts with stray times, make a condition longer than it is worth. */
export const MAX_LISTED = 200

export type Survey = {
  /** SQL condition, by type, of the rows that are sound and near. */
  readonly isOf: Readonly<Record<HotType, string>>
  /** A time of the bulk of each broadcast, NaN where no bulk shows. */
  readonly centres: ReadonlyMap<string, number>
  /** Number of sound rows, and of all. */
  readonly rows: number
  readonly all: number
}

type Span = { low: number; high: number }

/**
 * @param at SQL of the time in ms, or NULL
 * @param sound SQL condition of a sound row
 * @returns undefined where the times of too many broadcasts stray
 */
export const surveyOf = async (
  duck: Duck,
  from: string,
  at: string,
  sound: string,
): Promise<Survey | undefined> => {
  const isHot = `"type" IN (${HOT_TYPES.map(quoted).join(', ')})`
  const found = await duck.rows(
    `SELECT "subject", "type", count(*), count(instant), min(instant), max(instant)
     FROM (SELECT "subject", "type", CASE WHEN ${sound} THEN ${at} END AS instant
       FROM ${from} WHERE ${isHot}) GROUP BY 1, 2`,
  )
  const unsound = new Set<string>()
  const spans = new Map<string, Span>()
  let rows = 0
  for (const [subject, type, count, good, low, high] of found) {
    rows += Number(good)
    if (Number(count) > Number(good)) unsound.add(String(type))
    if (Number(good) === 0) continue
    const span = spans.get(String(subject))
    spans.set(String(subject), {
      low: Math.min(span?.low ?? Infinity, Number(low)),
      high: Math.max(span?.high ?? -Infinity, Number(high)),
    })
  }
  const all = Number((await duck.rows(`SELECT count(*) FROM ${from}`))[0]![0])
  const centres = new Map([...spans].map(([subject, { low, high }]) => [subject, (low + high) / 2]))
  const wide = [...spans].filter(([, { low, high }]) => high - low > NEAR_MS).map(([name]) => name)
  if (wide.length > MAX_LISTED) return undefined
  const near: string[] = []
  for (const [subject, sample] of await samplesOf(duck, from, at, sound, wide)) {
    const centre = bulkOf(sample)
    centres.set(subject, centre)
    const isNear = `abs(${at} - ${centre}) <= ${NEAR_MS}`
    if (!Number.isNaN(centre)) near.push(`WHEN ${quoted(subject)} THEN ${isNear}`)
  }
  const isNear = near.length === 0 ? 'true' : `CASE "subject" ${near.join(' ')} ELSE true END`
  const conditionOf = (type: HotType) => {
    if (near.length === 0 && !unsound.has(type)) return typeIs(type)
    return `(${typeIs(type)} AND ${sound} AND ${isNear})`
  }
  const isOf = Object.fromEntries(HOT_TYPES.map((type) => [type, conditionOf(type)]))
  return { isOf: isOf as Survey['isOf'], centres, rows, all }
}

export const typeIs = (type: string): string => `"type" = ${quoted(type)}`

/** Times of the first rows of each broadcast, as the time gate takes them. */
const samplesOf = async (
  duck: Duck,
  from: string,
  at: string,
  sound: string,
  subjects: readonly string[],
): Promise<readonly (readonly [subject: string, sample: readonly number[]])[]> => {
  if (subjects.length === 0) return []
  const rows = await duck.rows(
    `SELECT "subject", arg_min(${at}, file_row_number, ${SAMPLE}) FROM ${from}
     WHERE "subject" IN (${subjects.map(quoted).join(', ')}) AND ${sound} GROUP BY 1`,
  )
  return rows.map(([subject, sample]) => [String(subject), (sample as unknown[]).map(Number)])
}

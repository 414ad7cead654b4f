/**
 * The Shopee Code League 2020 orders: the contest's score, and the time of the one-hour rule and of
 * the whole reading against parsing the file with the CSV library alone. Skips where the data are
 * not beside the repository.
 */
import { parse } from 'csv-parse/sync'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { concentration } from '../src/detectors/orders/concentration.ts'
import { Evidence } from '../src/detectors/room.ts'
import { readAll } from '../src/importers/read-all.ts'

const path = fileURLToPath(
  new URL('../../shared/data/shopee-order-brushing/orders.csv', import.meta.url),
)
const timed = async <T>(work: () => T | Promise<T>): Promise<[T, number]> => {
  const start = performance.now()
  const result = await work()
  return [result, Math.round(performance.now() - start)]
}

if (existsSync(path)) {
  const [rows, parseMs] = await timed(() => parse(readFileSync(path)))
  const evidence = new Evidence()
  const [, readMs] = await timed(() => readAll([path], evidence))
  const [answers, ruleMs] = await timed(() => concentration(evidence.orders))
  console.log(
    JSON.stringify({
      orders: rows.length - 1,
      merchants: answers.length,
      brushing: answers.filter(({ brushing }) => brushing).length,
      parseMs,
      readMs,
      ruleMs,
      ratio: Number(((readMs + ruleMs) / parseMs).toFixed(2)),
    }),
  )
} else console.log('skipped: the orders are not beside the repository')

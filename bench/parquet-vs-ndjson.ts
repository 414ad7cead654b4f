/**
 * How much faster the same events are read from Parquet than from NDJSON, a fresh process a run.
 *
 *   tsx bench/parquet-vs-ndjson.ts [events = 1000000] [rounds = 3]
 */
import { DuckDBInstance } from '@duckdb/node-api'
import { join } from 'node:path'
import { fresh, inFolder, median, rounds, writeEvents } from './lib.ts'
import { measured, readInto } from './reading.ts'

const [mode = '1000000', argument = '3'] = process.argv.slice(2)

/** Columns of the vocabulary flat, orders nested in `data`. */
const COLUMNS = `id, source, type, subject, time::TIMESTAMPTZ AS time, data->>'view' AS "view",
  data->>'viewer' AS viewer, data->>'device' AS device, data->>'ip' AS ip,
  data->>'network' AS network, data->>'app' AS app, data->>'entry' AS entry,
  (data->>'seconds')::DOUBLE AS "seconds", (data->>'visible')::BOOL AS visible,
  (data->>'playing')::BOOL AS playing, (data->>'count')::INT AS "count",
  data->>'comment' AS "comment", data->>'text' AS "text", data->>'product' AS product,
  (data->>'concurrent')::BIGINT AS concurrent, (data->>'viewers')::BIGINT AS viewers,
  CASE WHEN type = 'live.order.placed' THEN data END AS data`

const toParquet = async (from: string, to: string): Promise<void> => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`COPY (SELECT ${COLUMNS} FROM read_json('${from}',
    format = 'newline_delimited', columns = {id: 'VARCHAR', source: 'VARCHAR', type: 'VARCHAR',
    subject: 'VARCHAR', time: 'VARCHAR', data: 'JSON'})) TO '${to}' (FORMAT parquet)`)
  connection.closeSync()
  instance.closeSync()
}

if (mode === 'read') await measured(() => readInto(argument))
else
  await inFolder(async (folder) => {
    const events = Number(mode)
    const [ndjson, parquet] = [join(folder, 'events.ndjson'), join(folder, 'events.parquet')]
    writeEvents(ndjson, { events, viewers: Math.ceil(events * 0.03), broadcasts: 3, seed: 7 })
    await toParquet(ndjson, parquet)
    const self = new URL(import.meta.url)
    const [slow, fast] = rounds(Number(argument), [
      () => fresh(self, ['read', ndjson]),
      () => fresh(self, ['read', parquet]),
    ])
    const [ndjsonMs, parquetMs] = [slow!, fast!].map((runs) => median(runs.map(({ ms }) => ms)))
    console.log(
      JSON.stringify({
        events,
        ndjsonMs,
        parquetMs,
        ratio: Number((ndjsonMs! / parquetMs!).toFixed(2)),
        peakMiB: Math.max(...fast!.map(({ rssMiB }) => rssMiB)),
        runs: { ndjson: slow!.map(({ ms }) => ms), parquet: fast!.map(({ ms }) => ms) },
      }),
    )
  })

import { DuckDBInstance } from '@duckdb/node-api'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contents } from '../engine/contents.ts'
import { event, folder, lines, read, writeTo } from './lib.ts'

const dir = folder()

const COLUMNS = `id, source, type, subject, time, data->>'view' AS "view", data->>'viewer' AS viewer,
  data->>'device' AS device, data->>'ip' AS ip, data->>'entry' AS entry, data->>'text' AS "text",
  TRY_CAST(data->>'seconds' AS DOUBLE) AS "seconds", TRY_CAST(data->>'visible' AS BOOL) AS visible,
  TRY_CAST(data->>'count' AS INT) AS "count", data->>'product' AS product,
  data->>'comment' AS "comment", TRY_CAST(data->>'concurrent' AS BIGINT) AS concurrent,
  CASE WHEN type LIKE 'live.order.%' THEN data END AS data`

/** Writes the events of an NDJSON file as Parquet in the vocabulary's own column names. */
const toParquet = async (ndjson: string, name: string, columns = COLUMNS): Promise<string> => {
  const path = join(dir, name)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`COPY (SELECT ${columns} FROM read_json('${ndjson}', format = 'newline_delimited',
    columns = {id: 'VARCHAR', source: 'VARCHAR', type: 'VARCHAR', subject: 'VARCHAR', time: 'VARCHAR', data: 'JSON'}))
    TO '${path}' (FORMAT parquet)`)
  connection.closeSync()
  instance.closeSync()
  return path
}

/** 600 views of two rooms with everything that the hot path reads, and what it leaves to others. */
const evening = () =>
  Array.from({ length: 600 }, (_, i) => {
    const at = i * 5000
    const of = { subject: `broadcast-${i % 2}` }
    const viewer = i % 5 === 0 ? {} : { viewer: `u${i % 90}` }
    const who = `u${i % 90}`
    const ip = `10.0.${i % 7}.${i % 250}`
    return [
      event(
        `j${i}`,
        'viewer.joined',
        { view: `w${i}`, ...viewer, device: `d${i}`, ip, entry: 'feed' },
        at,
        of,
      ),
      event(`a${i}`, 'viewer.watched', { view: `w${i}`, seconds: 30.5 }, at + 30_000, of),
      event(
        `b${i}`,
        'viewer.watched',
        { view: `w${i}`, seconds: 10, visible: false },
        at + 40_013,
        of,
      ),
      event(
        `k${i}`,
        'like.sent',
        { viewer: who, count: 1 + (i % 9), ...(i % 3 === 0 ? {} : { view: `w${i}` }) },
        at + 7,
        of,
      ),
      event(
        `p${i}`,
        'product.clicked',
        { viewer: who, view: `w${i}`, product: `p${i % 4}` },
        at + 9,
        of,
      ),
      event(
        `c${i}`,
        'comment.posted',
        { comment: `c${i}`, viewer: who, text: i % 2 ? '多少钱' : 'nice' },
        at + 11,
        of,
      ),
      event(`l${i}`, 'viewer.left', { view: `w${i}` }, at + 50_000, of),
      event(
        `o${i}`,
        'order.placed',
        {
          order: `o${i}`,
          buyer: who,
          merchant: 'm',
          lines: [{ product: 'p1', quantity: 1, unitPrice: 5 }],
          total: 5,
        },
        at + 12,
        of,
      ),
    ]
  }).flat()

const twice = async (name: string, events: readonly unknown[]) => {
  const ndjson = writeTo(dir, `${name}.ndjson`, lines(events))
  const parquet = await toParquet(ndjson, `${name}.parquet`)
  return { ndjson: await read([ndjson]), parquet: await read([parquet]), paths: [ndjson, parquet] }
}

const tables = ({ evidence }: Awaited<ReturnType<typeof read>>) =>
  ['broadcast-0', 'broadcast-1'].map((name) => contents(evidence, evidence.room(name)))

describe('Parquet in the vocabulary’s own names', () => {
  it('gives the tables that the same events give as NDJSON', async () => {
    const { ndjson, parquet } = await twice('evening', evening())
    expect(parquet.input).toMatchObject({
      format: 'parquet',
      lines: 4800,
      events: 4800,
      refused: [],
    })
    expect(tables(parquet)).toEqual(tables(ndjson))
  })

  it('also where rows are repeated, refused or years off, and counts them alike', async () => {
    const events: object[] = evening()
    const [first] = events
    const stray = event('x1', 'viewer.watched', { view: 'w-stray', seconds: 3 }, -4e11)
    const late = event('x2', 'like.sent', { viewer: 'u-late', count: 1 }, 9e11)
    const negative = event('x3', 'viewer.watched', { view: 'w-bad', seconds: -1 }, 5)
    const nobody = event('x4', 'viewer.left', {}, 5)
    const unknown = event('x5', 'thing.done', {}, 5)
    const local = { ...event('x6', 'viewer.left', { view: 'w0' }), time: '2026-03-01 20:00:00' }
    const long = event('x7', 'viewer.left', { view: '看'.repeat(100) }, 5)
    events.splice(700, 0, stray, late, negative, nobody, unknown, local, long, first!, {
      ...events[1]!,
    })
    const { ndjson, parquet } = await twice('rough', events)
    expect(tables(parquet)).toEqual(tables(ndjson))
    const { events: count, repeats } = ndjson.input
    expect(parquet.input).toMatchObject({ events: count, repeats })
    expect(repeats).toBe(2)
    const codes = (refused: typeof ndjson.input.refused) =>
      refused.map(({ code, count }) => `${code} ${count}`).sort()
    expect(codes(parquet.input.refused)).toEqual(codes(ndjson.input.refused))
    const far = parquet.input.refused.find(({ code }) => code === 'far-off-time')!
    expect(far.examples.map(({ where }) => where.split(':').at(-1))).toEqual(['701', '702'])
  })

  it('knows repeats across files, of Parquet and of NDJSON', async () => {
    const { paths } = await twice('again', evening())
    const mixed = await read(paths)
    expect(mixed.inputs.map(({ events, repeats }) => [events, repeats])).toEqual([
      [4800, 0],
      [0, 4800],
    ])
    const copy = await toParquet(paths[0]!, 'copy.parquet')
    const both = await read([paths[1]!, copy])
    expect(both.inputs.map(({ events, repeats }) => [events, repeats])).toEqual([
      [4800, 0],
      [0, 4800],
    ])
  })

  it('takes times as TIMESTAMP and fields nested in `data`', async () => {
    const events = evening()
    const ndjson = writeTo(dir, 'nested.ndjson', lines(events))
    const columns = 'id, source, type, subject, time::TIMESTAMPTZ AS time, data::VARCHAR AS data'
    const parquet = await read([await toParquet(ndjson, 'nested.parquet', columns)])
    expect(tables(parquet)).toEqual(tables(await read([ndjson])))
  })

  it('leaves out what is later than asked, and counts the rest as NDJSON does', async () => {
    const { ndjson, parquet, paths } = await twice('until', evening())
    const until = Date.UTC(2026, 2, 1, 12) + 1_000_000
    const [slow, fast] = [await read([paths[0]!], { until }), await read([paths[1]!], { until })]
    expect(tables(fast)).toEqual(tables(slow))
    expect(fast.input).toMatchObject({ lines: 4800, events: slow.input.events, repeats: 0 })
    expect(slow.input.events).toBeLessThan(ndjson.input.events)
    expect(parquet.input.events).toBe(4800)
  })

  it('lets the first of two different rows of one id stand', async () => {
    const events: object[] = evening()
    const other = event('a7', 'viewer.watched', { view: 'w8', seconds: 9999 }, 35_000)
    const changed = event('k7', 'like.sent', { viewer: 'u-other', count: 77 }, 35_007)
    const { ndjson, parquet } = await twice('changed', [...events, other, changed])
    expect(parquet.input.repeats).toBe(2)
    expect(tables(parquet)).toEqual(tables(ndjson))
  })

  it('stops when asked, in the middle', async () => {
    const ndjson = writeTo(dir, 'stop.ndjson', lines(evening()))
    const path = await toParquet(ndjson, 'stop.parquet')
    const stopper = new AbortController()
    let beats = 0
    const onProgress = () => {
      beats += 1
      if (beats === 3) stopper.abort(new Error('enough'))
    }
    await expect(read([path], { onProgress, signal: stopper.signal })).rejects.toThrow('enough')
    expect(beats).toBe(3)
  })

  it('that is damaged is named in one line', async () => {
    const path = writeTo(dir, 'broken.parquet', 'PAR1 and nothing of the kind PAR1')
    await expect(read([path])).rejects.toThrow(/broken\.parquet: cannot be read: [^\n]+$/)
  })
})

describe('Parquet with a mapping file', () => {
  it('becomes events row by row', async () => {
    const ndjson = writeTo(dir, 'm.ndjson', lines([event('1', 'x', { view: 'A1', seconds: 12.5 })]))
    const path = await toParquet(ndjson, 'm.parquet')
    const mapping = {
      source: '/s',
      events: [
        {
          type: 'live.order.paid',
          time: 'time',
          data: { order: 'view', amount: { column: 'seconds', times: 100 } },
        },
      ],
    }
    const { evidence } = await read([path], { mapping: JSON.stringify(mapping) })
    expect(evidence.orders.columns.paid[0]).toBe(1250)
  })
})

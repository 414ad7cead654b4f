/**
 * An hour on air pressed into minutes: rooms begin, go on and end, twenty at a time, and leave memory
 * when they have been still. Prints the memory of the server minute by minute, and looks whether a
 * room that left comes back with everything it had.
 *
 *   tsx bench/live-memory.ts [--minutes 60] [--factor 20]
 *
 * `factor`: a minute of the hour takes 60 / factor seconds; what waits ten minutes waits as much less.
 */
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { inFolder } from './lib.ts'
import { LiveRoom } from './live-load.ts'
import { send, serveIn, type Served } from './live.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    factor: { type: 'string', default: '20' },
  },
})
const MINUTES = Number(values.minutes)
const FACTOR = Number(values.factor)
const ON_AIR = 20
/** A broadcast lasts so long, minutes. */
const LASTS = 10
/** Of one room in a minute. */
const EVENTS = 1_200

type Sample = { rss: number; heap: number; rooms: number; cells: number; leaves: number }

const sample = async ({ port, key }: Served): Promise<Sample> => {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
    headers: { authorization: `Bearer ${key}` },
  })
  const text = await answer.text()
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1])
  return {
    rss: read('process_resident_memory_bytes') / 2 ** 20,
    heap: read('nodejs_heap_size_used_bytes') / 2 ** 20,
    rooms: read('assay_rooms_in_memory'),
    cells: read('assay_repeat_cells'),
    leaves: read('assay_ledger_leaves'),
  }
}

/** Of all files below a folder. */
const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0)

const post = async ({ port, key }: Served, lines: readonly string[]) => {
  for (;;) {
    const { status, body, retryAfter } = await send(port, key, lines)
    if (status === 200) return
    if (status !== 429) throw new Error(`${status} ${body.slice(0, 200)}`)
    await pause(retryAfter * 1000)
  }
}

const views = async ({ port, key }: Served, broadcast: string): Promise<number> => {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/broadcasts/${broadcast}/figures`, {
    headers: { authorization: `Bearer ${key}` },
  })
  const { figures } = (await answer.json()) as { figures: { views: { observed: number } } }
  return figures.views.observed
}

await inFolder(async (folder) => {
  const served = await serveIn(folder, {
    pace: {
      snapshotMs: 120_000 / FACTOR,
      idleMs: 600_000 / FACTOR,
      repeatsMs: 1_800_000 / FACTOR,
    },
  })
  let rooms: { readonly room: LiveRoom; readonly until: number }[] = []
  let begun = 0
  let events = 0
  let first: LiveRoom | undefined
  const startsAt = Date.now()
  const curve: Sample[] = []
  console.log('minute   rss MiB  heap MiB  rooms in memory  cells  leaves')
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const at = performance.now()
    // Their own clock runs as the hour does.
    const now = startsAt + minute * 60_000
    rooms = rooms.filter(({ until }) => until > minute)
    while (rooms.length < ON_AIR) {
      const room = new LiveRoom(begun, 'memory')
      first ??= room
      // At first they must not all end together.
      const lasts = minute === 0 ? 1 + (begun % LASTS) : LASTS
      rooms.push({ room, until: minute + lasts })
      begun += 1
      await post(served, [room.start(now)])
    }
    for (const { room } of rooms) await post(served, room.second(now, EVENTS))
    events += rooms.length * EVENTS
    const taken = await sample(served)
    curve.push(taken)
    if (minute % 3 === 2)
      console.log(
        [minute + 1, taken.rss, taken.heap, taken.rooms, taken.cells, taken.leaves]
          .map((value, i) => Math.round(value).toString().padStart([6, 10, 10, 17, 7, 8][i]!))
          .join(''),
      )
    await pause(Math.max(0, 60_000 / FACTOR - (performance.now() - at)))
  }
  const third = Math.floor(curve.length / 3)
  const mean = (part: readonly Sample[]) =>
    Math.round(part.reduce((sum, { rss }) => sum + rss, 0) / part.length)
  console.log(
    `${begun} rooms, ${events} events; ` +
      `mean rss of the second third ${mean(curve.slice(third, 2 * third))} MiB, ` +
      `of the last ${mean(curve.slice(2 * third))} MiB`,
  )
  const before = await views(served, first!.broadcast)
  const late = first!.inflated(Date.now(), 1)
  await post(served, late)
  let after = before
  for (let tries = 0; tries < 100 && after === before; tries += 1) {
    await pause(200)
    after = await views(served, first!.broadcast)
  }
  console.log(
    `the first room had ${before} views, left memory, and has ${after} with one more event`,
  )
  await served.stop()
  const each = bytesIn(join(folder, 'ledger')) / events
  console.log(`the ledger takes ${Math.round(each)} bytes an event`)
  // Everything anew from the ledger: no snapshots, no database.
  for (const part of ['state', 'db']) rmSync(join(folder, part), { recursive: true, force: true })
  const at = performance.now()
  const again = await serveIn(folder)
  const seconds = (performance.now() - at) / 1000
  console.log(`without state and database started after ${seconds.toFixed(1)} s`)
  await again.stop()
})

/**
 * The large sizes of what test/service/hostile.test.ts does small, through a listening server:
 * ten thousand rooms of one viewer, and a million repeats. `rooms repeats` as arguments. Ratios are
 * to `JSON.parse` of the same bytes in one thread; memory is of the whole process.
 */
import { joined, lines, newHarness } from '../test/service/harness.ts'

const [rooms = 10_000, repeats = 1_000_000] = process.argv.slice(2).map(Number)
const BATCH = 1_000
const MIB = 1 << 20
const NOW = Date.now()

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

const parsing = (bodies: readonly string[]): number => {
  const startedAt = performance.now()
  for (const body of bodies) for (const line of body.split('\n')) if (line !== '') JSON.parse(line)
  return performance.now() - startedAt
}

const door = await newHarness()
const producer = await door.producer('/bench')
/** Embedded database and all, before the first event. */
const baseMib = Math.round(process.memoryUsage().rss / MIB)
let most = 0
const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 100)
const send = async (body: string) => {
  for (;;) {
    const { status, headers } = await door.post(producer, body)
    if (status === 200) return
    if (status !== 429) throw new Error(`answered ${status}`)
    const waitMs = Number(headers.get('retry-after')) * 1000
    await new Promise((resolve) => {
      setTimeout(resolve, waitMs)
    })
  }
}

const small: string[] = []
for (let from = 0; from < rooms; from += BATCH)
  small.push(
    lines(
      Array.from({ length: Math.min(BATCH, rooms - from) }, (_, n) =>
        joined('/bench', `small-${from + n}`, NOW),
      ),
    ),
  )
const sentMs = await timed(async () => {
  for (const body of small) await send(body)
})
const judgedMs = await timed(() => door.service.rooms.settle())
const putAwayMs = await timed(() => door.service.snapshot())
const roomsMostMib = Math.round(most / MIB)

const body = lines(Array.from({ length: BATCH }, () => joined('/bench', 'repeated', NOW)))
await send(body)
most = 0
const repeatsMs = await timed(async () => {
  for (let sent = 0; sent < repeats; sent += BATCH) await send(body)
})
const parsedMs = (parsing([body]) * repeats) / BATCH
clearInterval(timer)

console.log(
  JSON.stringify({
    bench: 'hostile',
    baseMib,
    rooms,
    sentMs: Math.round(sentMs),
    judgedMs: Math.round(judgedMs),
    putAwayMs: Math.round(putAwayMs),
    roomsMostMib,
    repeats,
    repeatsMs: Math.round(repeatsMs),
    repeatsToParse: Number((repeatsMs / parsedMs).toFixed(1)),
    repeatsMostMib: Math.round(most / MIB),
    failures: door.failures.length,
    isAlive: await door.isAlive(),
  }),
)
await door.close()

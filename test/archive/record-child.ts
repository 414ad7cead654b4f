/**
 * Records comments into the ledger of a folder until it is killed, and says which were acknowledged:
 * `tsx record-child.ts DIR FIRST`. Run by kill.test.ts.
 */
import { writeSync } from 'node:fs'
import { later } from '../../src/archive/later.ts'
import { Recorder } from '../../src/archive/recorder.ts'
import { randomSalt } from '../../src/archive/salt.ts'
import { Vault } from '../../src/archive/vault.ts'
import { openLedger } from '../../src/store/open-ledger.ts'
import type { AssayEvent } from '../../src/vocabulary/event.ts'

const [dir = '', first = '0'] = process.argv.slice(2)
const { writer, rooms, vault: store } = await openLedger(dir)
const vault = new Vault(store)
await vault.recover(writer.next)
const recorder = new Recorder({
  writer,
  rooms,
  vault,
  salt: randomSalt(),
  schedule: later,
})

/** Every fourth is telemetry, which goes through chunks. */
const eventOf = (n: number) =>
  ({
    specversion: '1.0',
    id: `e-${n}`,
    source: '/test',
    type: n % 4 === 0 ? 'live.like.sent' : 'live.comment.posted',
    subject: 'b1',
    time: new Date(Date.UTC(2026, 2, 1) + n).toISOString(),
    data:
      n % 4 === 0
        ? { viewer: `viewer-${n}`, count: 1 }
        : { comment: `c-${n}`, viewer: `viewer-${n}`, text: `text ${n}` },
  }) as unknown as AssayEvent

const sender = async (from: number) => {
  for (let n = from; ; n += 200) {
    await recorder.record(eventOf(n))
    // Synchronous: what was printed was acknowledged, whatever happens next.
    writeSync(1, `${n}\n`)
  }
}
await Promise.all(Array.from({ length: 200 }, (_, i) => sender(Number(first) + i)))

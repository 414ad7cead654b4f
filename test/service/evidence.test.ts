/** The evidence of a finding, found and proved: after restarts, after a kill, and of a lost state. */
import { randomBytes, randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Archive } from '../../src/archive/archive.ts'
import { later } from '../../src/archive/later.ts'
import { randomSalt } from '../../src/archive/salt.ts'
import type { ProvedEvidence } from '../../src/http/contract.ts'
import { HttpProblem } from '../../src/http/problem.ts'
import { checkEvidence } from '../../src/ledger/check-evidence.ts'
import { LedgerEvidence } from '../../src/service/evidence.ts'
import { openStateFolder } from '../../src/service/state-folder.ts'
import { simulateWhole } from '../../src/simulator/simulate.ts'
import { createLedger } from '../../src/store/create-ledger.ts'
import { openLedger } from '../../src/store/open-ledger.ts'
import type { AssayEvent } from '../../src/vocabulary/index.ts'
import { PACK } from './rig.ts'

const { events: simulated } = simulateWhole({ scenario: 'bought-likes', seed: 5, viewers: 100 })
const events = simulated as unknown as readonly AssayEvent[]
const broadcast = events[0]!.subject!
const half = Math.floor(events.length / 2)
const idsOf = (some: readonly AssayEvent[], type: string) =>
  some.filter((event) => event.type === type).map(({ id }) => id)
/** A leaf of its own, then rows of chunks. */
const EARLY = [
  ...idsOf(events.slice(0, half), 'live.broadcast.started'),
  ...idsOf(events.slice(0, half), 'live.like.sent').slice(0, 3),
]
const LATE = idsOf(events.slice(half), 'live.like.sent').slice(-3)
/** Put away so often: what lies beyond a multiple of it is read again after a restart. */
const PUT_LEAVES = 10
const REACHES = ['event', 'row', 'row', 'row']

const root = mkdtempSync(join(tmpdir(), 'assay-evidence-'))
const at = (name: string) => join(root, name)

/** As the service opens them, without its rooms and its database. */
const open = async (name: string) => {
  const ledger = await openLedger(join(at(name), 'ledger'))
  const { vkey } = ledger.config
  const state = await openStateFolder(join(at(name), 'state'), vkey, ledger.writer.size)
  const archive = await Archive.open({
    ...ledger,
    policy: PACK.retention,
    keyRooms: new Set(),
    salt: randomSalt(),
    newId: randomUUID,
    now: Date.now,
    schedule: later,
  })
  const evidence = await LedgerEvidence.open(ledger, archive.vault, state.leaves, {
    putLeaves: PUT_LEAVES,
  })
  return {
    evidence,
    size: () => ledger.writer.size,
    record: async (some: readonly AssayEvent[]) => {
      const recorded = some.map((event) => archive.record(event))
      await archive.flush()
      await Promise.all(recorded)
    },
    close: async () => {
      await evidence.follow()
      await ledger.close()
    },
    /** Closes the files and reads on no more. */
    kill: () => ledger.close(),
  }
}
const copy = (from: string, to: string, parts: readonly string[]) => {
  for (const part of parts)
    cpSync(join(at(from), part), join(at(to), part), {
      recursive: true,
      filter: (path) => !path.endsWith('.lock'),
    })
}

const question = (evidence: readonly string[]) => ({
  kind: 'bought-likes' as const,
  broadcast,
  evidence,
  from: events[0]!.time,
  until: events.at(-1)!.time,
})
const reachesOf = (evidence: ProvedEvidence) =>
  checkEvidence(evidence, { broadcast }).map((one) =>
    one.state === 'proved' ? one.reach : one.state,
  )
const leavesOf = ({ pieces }: ProvedEvidence) =>
  pieces.map(({ place }) => [place?.leaf, place?.row?.within])

beforeAll(async () => {
  const folder = join(at('live'), 'ledger')
  await createLedger(folder, { origin: 'example.test/log', seed: randomBytes(32) })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('the evidence of a finding', () => {
  it('is proved while the room is on air, and again after a restart or a kill', async () => {
    const first = await open('live')
    await first.record(events.slice(0, half))
    const early = await first.evidence.prove(question(EARLY))
    expect(reachesOf(early)).toEqual(REACHES)
    expect(early).toMatchObject({ count: 4, isCut: false, size: first.size() })
    await first.close()

    const second = await open('live')
    const putAway = second.evidence.position
    expect(putAway).toBe(second.size() - (second.size() % PUT_LEAVES))
    expect(putAway).toBeGreaterThan(0)
    expect(leavesOf(await second.evidence.prove(question(EARLY)))).toEqual(leavesOf(early))
    await second.record(events.slice(half))
    const before = second.evidence.position
    const both = await second.evidence.prove(question([...EARLY, ...LATE]))
    expect(reachesOf(both)).toEqual([...REACHES, 'row', 'row', 'row'])
    await second.kill()

    copy('live', 'bare', ['ledger'])
    const killed = await open('live')
    // What was read on and not put away is read again.
    expect(killed.evidence.position).toBeGreaterThan(before)
    expect(killed.evidence.position).toBe(killed.size() - (killed.size() % PUT_LEAVES))
    expect(leavesOf(await killed.evidence.prove(question([...EARLY, ...LATE])))).toEqual(
      leavesOf(both),
    )
    await killed.close()

    const bare = await open('bare')
    expect(bare.evidence.position).toBe(0)
    expect(leavesOf(await bare.evidence.prove(question([...EARLY, ...LATE])))).toEqual(
      leavesOf(both),
    )
    await bare.close()
  }, 60_000)

  it('that nobody logged is not found, nor that of another broadcast', async () => {
    const { evidence, close } = await open('live')
    const missing = await evidence.prove(question(['nothing', ...EARLY]))
    expect(missing.pieces[0]).toEqual({ name: 'nothing', place: null })
    expect(reachesOf(missing)).toEqual(['missing', ...REACHES])
    const elsewhere = await evidence.prove({ ...question(EARLY), broadcast: 'another' })
    expect(reachesOf(elsewhere)).toEqual(['missing', 'missing', 'missing', 'missing'])
    await close()
  }, 30_000)

  it('is found where the finding names another time than the event', async () => {
    const { evidence, close } = await open('live')
    const late = { from: '2020-01-01T00:00:00.000Z', until: '2020-01-01T00:01:00.000Z' }
    expect(reachesOf(await evidence.prove({ ...question(EARLY), ...late }))).toEqual(REACHES)
    await close()
  }, 30_000)

  it('has rows of telemetry that open, each the event that it is said to be', async () => {
    const { evidence, close } = await open('live')
    const { rows } = await evidence.rows(question(EARLY))
    const opened = new Map(rows.map(({ name, salted }) => [name, salted]))
    // A leaf of its own has no row to open.
    expect([...opened.keys()]).toEqual(EARLY.slice(1))
    const proved = await evidence.prove(question(EARLY))
    const checked = checkEvidence(proved, { broadcast, opened }).slice(1)
    const says = checked.map((one) =>
      one.state === 'proved' ? (JSON.parse(one.says ?? 'null') as unknown) : one,
    )
    expect(says).toEqual(EARLY.slice(1).map((id) => events.find((event) => event.id === id)))
    // The row of one piece does not pass for that of another.
    const [a, b] = EARLY.slice(1) as [string, string]
    const swapped = new Map([[a, opened.get(b)!]])
    expect(checkEvidence(proved, { broadcast, opened: swapped })[1]).toMatchObject({
      state: 'failed',
    })
    await close()
  }, 30_000)

  it('is cut at fifty pieces, and says of how many', async () => {
    const { evidence, close } = await open('live')
    const many = Array.from({ length: 80 }, (_, i) => `nothing-${i}`)
    const { pieces, count } = await evidence.prove(question(many))
    expect([pieces.length, count]).toEqual([50, 80])
    await close()
  }, 30_000)

  it('is asked for by so many at once and no more: the next is told to come back', async () => {
    const { evidence, close } = await open('live')
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, () => evidence.prove(question(EARLY))),
    )
    const refused = answers.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as unknown] : [],
    )
    expect(refused.length).toBe(8)
    for (const reason of refused) {
      expect(reason).toBeInstanceOf(HttpProblem)
      expect((reason as HttpProblem).code).toBe('busy')
    }
    // Whoever comes back is answered.
    expect(reachesOf(await evidence.prove(question(EARLY)))).toEqual(REACHES)
    await close()
  }, 30_000)
})

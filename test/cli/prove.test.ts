/** Where `assay ledger prove --event` looks: at one broadcast's leaves, where a service knows them. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Archive } from '../../src/archive/archive.ts'
import { later } from '../../src/archive/later.ts'
import { randomSalt } from '../../src/archive/salt.ts'
import type { Io } from '../../src/cli/command.ts'
import { findEvent } from '../../src/cli/ledger/find-event.ts'
import { LedgerEvidence } from '../../src/service/evidence.ts'
import { openStateFolder } from '../../src/service/state-folder.ts'
import { createLedger } from '../../src/store/create-ledger.ts'
import { readLedgerFolder, type LedgerFolder } from '../../src/store/ledger-folder.ts'
import { openLedger } from '../../src/store/open-ledger.ts'
import type { AssayEvent } from '../../src/vocabulary/index.ts'
import { PACK } from '../service/rig.ts'

const START = Date.UTC(2026, 2, 1, 12)
/** A comment a second in each of two broadcasts, one after the other, and one like in each. */
const COMMENTS = 600
const PUT_LEAVES = 100

const eventOf = (broadcast: string, n: number, type: string, data: object) =>
  ({
    specversion: '1.0',
    id: `${broadcast}-e${n}`,
    source: '/s',
    type,
    subject: broadcast,
    time: new Date(START + n * 1000).toISOString(),
    data,
  }) as unknown as AssayEvent

const EVENTS = ['a', 'b'].flatMap((broadcast) => [
  ...Array.from({ length: COMMENTS }, (_, n) =>
    eventOf(broadcast, n, 'live.comment.posted', {
      comment: `${broadcast}-c${n}`,
      viewer: `viewer-${n}`,
      text: 'hello',
    }),
  ),
  eventOf(broadcast, COMMENTS, 'live.like.sent', { viewer: 'viewer-1', count: 3 }),
])

const data = mkdtempSync(join(tmpdir(), 'assay-prove-'))
const dir = join(data, 'ledger')

beforeAll(async () => {
  await createLedger(dir, { origin: 'example.test/log', seed: randomBytes(32) })
  const ledger = await openLedger(dir)
  const { vkey } = ledger.config
  const state = await openStateFolder(join(data, 'state'), vkey, ledger.writer.size)
  const archive = await Archive.open({
    ...ledger,
    policy: PACK.retention,
    keyRooms: new Set(),
    salt: randomSalt(),
    newId: randomUUID,
    now: Date.now,
    schedule: later,
  })
  const recorded = EVENTS.map((event) => archive.record(event))
  await archive.flush()
  await Promise.all(recorded)
  const evidence = await LedgerEvidence.open(ledger, archive.vault, state.leaves, {
    putLeaves: PUT_LEAVES,
  })
  await evidence.follow()
  await ledger.close()
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

const IO: Io = {
  out: () => {},
  err: () => {},
  isTerminal: false,
  language: 'en',
  signal: new AbortController().signal,
}

/** The ledger's folder, and which bundles of its log were read. */
const watched = async (at = dir) => {
  const folder = await readLedgerFolder(at)
  const bundles = new Set<string>()
  const log: LedgerFolder['log'] = {
    ...folder.log,
    read: (path) => {
      if (path.startsWith('tile/entries/')) bundles.add(path)
      return folder.log.read(path)
    },
  }
  return { folder: { ...folder, log }, bundles }
}

describe('an event that is to be proved', () => {
  it.each([
    ['by its id', 'b-e0'],
    ['by the comment that it brought', 'b-c599'],
    ['as a row of a chunk', `b-e${COMMENTS}`],
  ])('is found %s at the same place, with its broadcast or without', async (_, event) => {
    const { folder } = await watched()
    const found = await findEvent(folder, { event, broadcast: 'b' }, IO)
    const anywhere = await findEvent(folder, { event }, IO)
    expect(found).toMatchObject({ index: anywhere!.index, within: anywhere!.within })
    expect(anywhere!.within).toBe(event === `b-e${COMMENTS}` ? 0 : null)
  })

  it('is looked for among the leaves of its broadcast alone, where a service knows them', async () => {
    const known = await watched()
    await findEvent(known.folder, { event: 'a-e0', broadcast: 'a' }, IO)
    const unknown = await watched()
    await findEvent(
      { ...unknown.folder, dir: join(data, 'elsewhere', 'ledger') },
      {
        event: 'a-e0',
        broadcast: 'a',
      },
      IO,
    )
    // 1,202 leaves are five bundles of 256. Known are all but those after the last time that they were
    // put away: these lie in the last bundle, and the event itself in the first.
    expect(unknown.bundles.size).toBe(5)
    expect(known.bundles.size).toBe(2)
  })

  it('is not found in another broadcast, nor where nothing has that name', async () => {
    const { folder } = await watched()
    expect(await findEvent(folder, { event: 'a-e0', broadcast: 'b' }, IO)).toBeNull()
    expect(await findEvent(folder, { event: 'nothing', broadcast: 'a' }, IO)).toBeNull()
    expect(await findEvent(folder, { event: 'nothing' }, IO)).toBeNull()
  })
})

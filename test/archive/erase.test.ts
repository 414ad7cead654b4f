/** Erasing a person: what is left names nobody, and every proof still stands. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Archive } from '../../src/archive/archive.ts'
import { erasePersons } from '../../src/archive/erase.ts'
import { readEvents } from '../../src/archive/read-log.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'
import { formatVerifierKey } from '../../src/ledger/note-key.ts'
import { verifyLog } from '../../src/ledger/verify-log.ts'
import { fileStore } from '../../src/store/file-store.ts'
import { memoryHead } from '../../src/store/memory-store.ts'
import type { AssayEvent } from '../../src/vocabulary/event.ts'
import {
  cst,
  delivered,
  ended,
  event,
  openArchive,
  placed,
  signer,
  started,
  type Stores,
} from './lib.ts'

/** Unmistakable on a disk, and of lengths that fall on every place of a base64 group. */
const PERSON = {
  account: 'viewer-Q7XK2',
  device: 'device-9ZW4TT',
  ip: '203.0.113.77',
  address: 'No. 8, Plum Lane QQ',
  text: 'my cousin Quixley sells these cheaper',
  complaint: 'I, Quixley, want my money back',
  tracking: 'TRACK-88XYZZY',
  reason: 'reason-Quixote: wrong size',
}
const SECRETS = Object.values(PERSON)

const at = (minute: number) => cst('2026-03-01 20:00') + minute * 60_000
const data = {
  viewer: PERSON.account,
  device: PERSON.device,
  ip: PERSON.ip,
}
/** All that one evening leaves of a person. */
const life: readonly AssayEvent[] = [
  event('live.viewer.joined', at(1), { view: 'w1', ...data, entry: 'feed' }, 'b1'),
  event('live.like.sent', at(2), { viewer: PERSON.account, view: 'w1', count: 3 }, 'b1'),
  event(
    'live.comment.posted',
    at(3),
    { comment: 'c1', viewer: PERSON.account, text: PERSON.text },
    'b1',
  ),
  event(
    'live.comment.removed',
    at(4),
    { comment: 'c1', by: 'operator-a', reason: 'privacy', note: `names Quixley: ${PERSON.text}` },
    'b1',
  ),
  event(
    'live.order.placed',
    at(5),
    {
      order: 'o1',
      buyer: PERSON.account,
      merchant: 'merchant-a',
      lines: [{ product: 'p', quantity: 1, unitPrice: 9900 }],
      total: 9900,
      address: PERSON.address,
      payer: PERSON.account,
      device: PERSON.device,
      ip: PERSON.ip,
    },
    'b1',
  ),
  event('live.order.shipped', at(100), { order: 'o1', carrier: 'c', tracking: PERSON.tracking }),
  delivered('o1', '2026-03-05 10:00'),
  event('live.refund.requested', at(9000), {
    refund: 'r1',
    order: 'o1',
    amount: 100,
    reason: PERSON.reason,
    goodsReturned: false,
  }),
  event('live.review.posted', at(9001), { review: 'v1', buyer: PERSON.account, text: PERSON.text }),
  event('live.review.removed', at(9002), { review: 'v1', by: 'operator-a', reason: PERSON.reason }),
]
const complaintEvents: readonly AssayEvent[] = [
  event('live.complaint.lodged', at(9100), {
    complaint: 'k1',
    consumer: PERSON.account,
    against: 'merchant-a',
    order: 'o1',
    kind: 'price',
    text: PERSON.complaint,
  }),
  event('live.complaint.answered', at(9101), {
    complaint: 'k1',
    by: 'merchant-a',
    text: `to ${PERSON.complaint}`,
  }),
]
const others: readonly AssayEvent[] = [
  event(
    'live.comment.posted',
    at(3),
    { comment: 'c2', viewer: 'viewer-2', text: 'how much is it' },
    'b1',
  ),
  event('live.like.sent', at(2), { viewer: 'viewer-2', count: 1 }, 'b1'),
  placed('o2', '2026-03-01 20:10', 'b1'),
  delivered('o2', '2026-03-04 10:00'),
]

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assay-erase-'))
})
afterEach(() => rm(dir, { recursive: true }))

const storesIn = (): Stores => ({
  log: fileStore(join(dir, 'log')),
  journal: fileStore(join(dir, 'journal')),
  vault: fileStore(join(dir, 'vault')),
  segments: fileStore(join(dir, 'segments')),
  head: memoryHead(),
})

const recorded = async (clock: { now: number }, events: readonly AssayEvent[]) => {
  const opened = await openArchive(storesIn(), clock)
  await Promise.all(events.map((each) => opened.archive.record(each)))
  await opened.archive.flush()
  return opened.archive
}

/** The forms in which bytes of a text may lie in a file: itself, hexadecimal, both base64s. */
const spellings = (text: string): Buffer[] => {
  const bytes = Buffer.from(text)
  // At each of three places in a base64 group; what depends on the neighbours is cut off.
  const shifted = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url')
    return encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6))
  })
  return [
    text,
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...shifted,
    ...shifted.map((encoded) => encoded.replaceAll('-', '+').replaceAll('_', '/')),
  ].map((spelling) => Buffer.from(spelling))
}

/** Which secrets lie in which files. */
const onDisk = async (): Promise<string[]> => {
  const found: string[] = []
  for (const name of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue
    const bytes = await readFile(join(name.parentPath, name.name))
    for (const secret of SECRETS)
      if (spellings(secret).some((spelling) => bytes.includes(spelling)))
        found.push(`${secret} in ${name.name}`)
  }
  return found
}

const verified = async (archive: Archive) => {
  const policy = parsePolicy(`log ${formatVerifierKey(signer.verifier)}\nquorum none\n`)
  const report = await verifyLog(archive.parts.log as never, policy)
  return report.failures
}

const textsOf = async (archive: Archive, type: string, field: string): Promise<unknown[]> => {
  const texts: unknown[] = []
  for await (const { event: each } of readEvents(archive.logged))
    if (each.type === type) texts.push((each.data as Record<string, unknown>)[field])
  return texts
}

const request = {
  ids: [PERSON.account, PERSON.device, PERSON.ip],
  ground: 'consent withdrawn',
  by: 'data-protection',
}

describe('erasing a person', () => {
  // Three years after the last delivery, on 5 March 2029, everything may go.
  const afterAll = cst('2029-04-01 10:00')

  it('leaves nothing of them on the disk in any spelling, and every proof standing', async () => {
    const archive = await recorded({ now: afterAll }, [
      started('b1', '2026-03-01 20:00'),
      ...life,
      ...others,
      ended('b1', '2026-03-01 23:00'),
    ])
    const before = await onDisk()
    for (const secret of SECRETS.filter((each) => each !== PERSON.complaint))
      expect(before.join('\n'), 'the search finds it while it is there').toContain(secret)
    const checkpoint = archive.logged.size
    const erasure = await erasePersons(archive, { ...request, at: afterAll })
    // Joined and liked; comment (2), removal (2), order (5), shipping, refund, review (2), removal (2).
    expect(erasure).toMatchObject({
      chunkEvents: 2,
      disclosures: 15,
      held: 0,
      kept: 0,
      finding: null,
    })
    expect(await onDisk()).toEqual([])
    expect(await verified(archive)).toEqual([])
    expect(archive.logged.size).toBe(checkpoint + 1)
    expect(await textsOf(archive, 'live.comment.posted', 'text')).toEqual([
      undefined,
      'how much is it',
    ])
    expect(await textsOf(archive, 'live.like.sent', 'viewer')).toEqual(['viewer-2'])
    expect(await textsOf(archive, 'live.order.placed', 'buyer')).toEqual([undefined, 'viewer-1'])
  })

  it('writes to the log how much went, why and by whom, and no list that links it', async () => {
    const archive = await recorded({ now: afterAll }, [started('b1', '2026-03-01 20:00'), ...life])
    await erasePersons(archive, { ...request, at: afterAll })
    const [range] = await textsOf(archive, 'live.evidence.erased', 'range')
    expect(range).toBe('persons: 0 segments, 15 disclosures, 2 chunk events, leaves 0-255')
    expect(await textsOf(archive, 'live.evidence.erased', 'ground')).toEqual(['consent withdrawn'])
  })

  it('changes nothing when repeated', async () => {
    const archive = await recorded({ now: afterAll }, [started('b1', '2026-03-01 20:00'), ...life])
    await erasePersons(archive, { ...request, at: afterAll })
    const size = archive.logged.size
    const again = await erasePersons(archive, { ...request, at: afterAll })
    expect(again).toMatchObject({ disclosures: 0, chunkEvents: 0 })
    expect(archive.logged.size).toBe(size)
  })

  it('takes one host of several out of a broadcast and leaves the others', async () => {
    const two = event(
      'live.broadcast.started',
      at(0),
      {
        room: 'room-1',
        operator: 'operator-a',
        title: 't',
        form: 'video',
        currency: 'CNY',
        hosts: [
          { account: PERSON.account, role: 'host' },
          { account: 'host-b', role: 'guest' },
        ],
      },
      'b1',
    )
    const archive = await recorded({ now: afterAll }, [two, ended('b1', '2026-03-01 23:00')])
    await erasePersons(archive, { ...request, at: afterAll })
    expect(await textsOf(archive, 'live.broadcast.started', 'hosts')).toEqual([
      [{ role: 'host' }, { role: 'guest', account: 'host-b' }],
    ])
  })

  it('keeps what the law wants kept, says until when, and takes it when a court orders', async () => {
    const soon = cst('2026-04-01 10:00')
    const archive = await recorded({ now: soon }, [
      started('b1', '2026-03-01 20:00'),
      ...life,
      ended('b1', '2026-03-01 23:00'),
    ])
    const refused = await erasePersons(archive, { ...request, at: soon })
    // The last of it is the removal of the review, 9,002 minutes after 20:00 on 1 March: 8 March.
    const keptUntil = cst('2029-03-09 00:00')
    expect(refused).toMatchObject({ disclosures: 0, chunkEvents: 0, kept: 9, keptUntil })
    const ordered = { ...request, at: soon, ground: 'court order', overridesRetention: true }
    expect(await erasePersons(archive, ordered)).toMatchObject({ disclosures: 15, kept: 0 })
    expect(await onDisk()).toEqual([])
  })

  it('erases nothing under hold, whatever is ordered, and raises what was refused', async () => {
    const archive = await recorded({ now: afterAll }, [
      started('b1', '2026-03-01 20:00'),
      ...life,
      ...complaintEvents,
      ended('b1', '2026-03-01 23:00'),
    ])
    const ordered = { ...request, at: afterAll, overridesRetention: true }
    const erasure = await erasePersons(archive, ordered)
    expect(erasure.held).toBeGreaterThan(0)
    expect(erasure.finding).toMatchObject({ kind: 'deletion-under-hold', verdict: 'undetermined' })
    expect(await textsOf(archive, 'live.finding.raised', 'kind')).toEqual(['deletion-under-hold'])
    expect(await textsOf(archive, 'live.complaint.lodged', 'text')).toEqual([PERSON.complaint])
    await archive.releaseHold('hold-k1')
    await erasePersons(archive, ordered)
    expect(await onDisk()).toEqual([])
  })
})

/** Checking a whole log: what is changed, missing or rewritten is named. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex, utf8 } from '../../src/ledger/bytes.ts'
import { encodeEntries } from '../../src/ledger/entry-bundle.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'
import { verifyLog } from '../../src/ledger/verify-log.ts'
import { LOG, WITNESS, checkpointOf, entriesOf, logByTheBook, memory, policyOf } from './build.ts'
import { folderStore, json, present } from './vectors.ts'

const SIZE = 600
const ENTRIES = entriesOf(SIZE)

/** A log of 600, cosigned, with the partial objects of two earlier checkpoints still there. */
const GROWN = (() => {
  const { objects } = logByTheBook(ENTRIES, [LOG, WITNESS])
  for (const size of [100, 530])
    for (const [path, bytes] of logByTheBook(ENTRIES.slice(0, size)).objects)
      if (path.includes('.p/')) objects.set(path, bytes)
  return objects
})()
const grown = () => memory(new Map(GROWN))

const failuresOf = async ({ store }: ReturnType<typeof memory>, policy = policyOf('W1')) =>
  (await verifyLog(store, policy)).failures.map(({ object, code }) => `${object}: ${code}`)

describe('a log that nobody touched', () => {
  it.each([0, 1, 255, 256, 257, 512, 600, 65_793])('of %i entries holds', async (size) => {
    const { store } = logByTheBook(entriesOf(size), [LOG, WITNESS])
    const report = await verifyLog(store, policyOf('W1'))
    expect(report.failures).toEqual([])
    expect(report.trusted?.checkpoint.size).toBe(size)
    expect(report.unsigned).toEqual([])
  })

  it('holds with the partial tiles of earlier checkpoints, and shows every entry once', async () => {
    const seen: string[] = []
    const { failures } = await verifyLog(grown().store, policyOf('W1'), {
      onEntries: (entries, first) => {
        expect(first).toBe(seen.length)
        seen.push(...entries.map(hex))
      },
    })
    expect(failures).toEqual([])
    expect(seen).toEqual(ENTRIES.map(hex))
  })

  it('holds with entries written and not yet signed, and names them as unproved', async () => {
    const log = grown()
    for (const [path, bytes] of logByTheBook(entriesOf(700)).objects)
      if (path !== 'checkpoint') log.objects.set(path, bytes)
    const report = await verifyLog(log.store, policyOf('W1'))
    expect(report.failures).toEqual([])
    expect(report.unsigned).toEqual(['tile/0/002.p/188', 'tile/entries/002.p/188'])
  })

  it.skipIf(!present)(
    'holds when others wrote it: the Tessera log, with all its partials',
    async () => {
      const { vkey } = json('tessera-log/KEYS.json') as { vkey: string }
      const policy = parsePolicy(`log ${vkey}\nquorum none`)
      const { failures, trusted } = await verifyLog(folderStore('tessera-log'), policy)
      expect(failures).toEqual([])
      expect(trusted!.checkpoint.size).toBe(15)
    },
  )
})

describe('a log with one bit flipped', () => {
  it('names the object it was flipped in, and no other', async () => {
    const paths = [...grown().objects.keys()].sort()
    expect(paths).toHaveLength(12)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(7),
        async (path, share, bit) => {
          const log = grown()
          const bytes = log.objects.get(path)!.slice()
          bytes[Math.min(bytes.length - 1, Math.floor(share * bytes.length))]! ^= 1 << bit
          log.objects.set(path, bytes)
          const { failures } = await verifyLog(log.store, policyOf('W1'))
          expect([...new Set(failures.map(({ object }) => object))]).toEqual([path])
        },
      ),
      { numRuns: 60 },
    )
  })

  it.each([...grown().objects.keys()].filter((path) => path !== 'checkpoint'))(
    'at the start, or one byte longer or shorter, is named in %s',
    async (path) => {
      const bytes = grown().objects.get(path)!
      const flipped = bytes.map((byte, i) => (i === 2 ? byte ^ 1 : byte))
      for (const changed of [flipped, Uint8Array.of(...bytes, 0), bytes.subarray(0, -1)]) {
        const log = grown()
        log.objects.set(path, changed)
        const failures = await failuresOf(log)
        expect(failures).toHaveLength(1)
        expect(failures[0]).toContain(`${path}: `)
      }
    },
  )
})

describe('a log that was tampered with', () => {
  it('is told apart: entries changed, or hashes', async () => {
    const entries = grown()
    entries.objects.set(
      'tile/entries/001',
      encodeEntries([utf8('forged'), ...ENTRIES.slice(257, 512)]),
    )
    expect(await failuresOf(entries)).toEqual(['tile/entries/001: wrong-entries'])
    const last = grown()
    last.objects.set(
      'tile/entries/002.p/88',
      encodeEntries([utf8('forged'), ...ENTRIES.slice(513)]),
    )
    expect(await failuresOf(last)).toContain('tile/entries/002.p/88: wrong-entries')
    const hashes = grown()
    hashes.objects.set('tile/0/001', new Uint8Array(8192))
    expect(await failuresOf(hashes)).toEqual(['tile/0/001: wrong-hashes'])
  })

  it('in several places has each of them named', async () => {
    const log = grown()
    log.objects.set('tile/entries/000', encodeEntries([utf8('forged'), ...ENTRIES.slice(1, 256)]))
    log.objects.set('tile/0/001', new Uint8Array(8192))
    expect(await failuresOf(log)).toEqual([
      'tile/entries/000: wrong-entries',
      'tile/0/001: wrong-hashes',
    ])
  })

  it('names both where entries and hashes disagree and the level above agrees with neither', async () => {
    const log = grown()
    log.objects.set('tile/entries/001', encodeEntries([utf8('forged'), ...ENTRIES.slice(257, 512)]))
    log.objects.set('tile/0/001', new Uint8Array(8192))
    const failures = await failuresOf(log)
    expect(failures).toContain('tile/entries/001: disagree')
    expect(failures).toContain('tile/0/001: disagree')
    expect(failures).toContain('checkpoint: wrong-root')
  })

  it('is caught when it was rewritten whole, under the old signed checkpoint', async () => {
    const log = logByTheBook(entriesOf(SIZE, 'rewritten'))
    log.objects.set('checkpoint', grown().objects.get('checkpoint')!)
    expect(await failuresOf(log)).toEqual(['checkpoint: wrong-root'])
  })

  it.each([
    ['tile/entries/001', ['tile/entries/001: missing']],
    ['tile/0/001', ['tile/0/001: missing']],
    ['tile/0/002.p/88', ['tile/0/002.p/88: missing']],
    ['tile/1/000.p/2', ['tile/1/000.p/2: missing']],
    ['checkpoint', ['checkpoint: missing']],
    ['tile/0/000.p/100', []],
  ])('without %s names it, unless a full tile stands in its place', async (path, expected) => {
    const log = grown()
    log.objects.delete(path)
    expect(await failuresOf(log)).toEqual(expected)
  })

  it('without both entries and hashes says so, and still checks what follows', async () => {
    const log = grown()
    log.objects.delete('tile/entries/000')
    log.objects.delete('tile/0/000')
    log.objects.set('tile/entries/001', encodeEntries([utf8('forged'), ...ENTRIES.slice(257, 512)]))
    expect(await failuresOf(log)).toEqual([
      'tile/entries/000: missing',
      'tile/0/000: missing',
      'tile/entries/001: wrong-entries',
    ])
  })

  it('has objects named that no log has', async () => {
    const log = grown()
    log.objects.set('tile/0/000.bak', new Uint8Array(32))
    expect(await failuresOf(log)).toEqual(['tile/0/000.bak: unexpected'])
  })
})

describe('the checkpoint of a log', () => {
  it('must open under the policy, and the sentence says why it does not', async () => {
    const report = await verifyLog(grown().store, policyOf('both'))
    expect(report.trusted).toBeNull()
    expect(report.failures).toMatchObject([{ object: 'checkpoint', code: 'checkpoint' }])
    expect(report.failures[0]!.sentence.en).toContain('W1')
    expect(report.failures[0]!.sentence.zh).toContain('见证方')
  })

  it('with a line of a stranger is refused unless strangers are let pass', async () => {
    const policy = parsePolicy(
      `log ${LOG.verifier.name}+${LOG.verifier.id}+${Buffer.from([1, ...LOG.verifier.publicKey]).toString('base64')}\nquorum none`,
    )
    expect(await failuresOf(grown(), policy)).toEqual(['checkpoint: unknown-signature'])
    const { failures } = await verifyLog(grown().store, policy, { allowUnknownSignatures: true })
    expect(failures).toEqual([])
  })

  it('of a fork signed by the log itself is not that of these entries', async () => {
    const log = grown()
    log.objects.set('checkpoint', utf8(checkpointOf(SIZE, new Uint8Array(32), [LOG, WITNESS])))
    expect(await failuresOf(log)).toEqual(['checkpoint: wrong-root'])
  })
})

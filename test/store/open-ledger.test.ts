/** A ledger in a folder: one writer, witnesses that remember, and back-ups that do not fork it. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { witnessApp } from '../../src/http/witness-server.ts'
import { COSIGNATURE, formatSignerKey, formatVerifierKey } from '../../src/ledger/note-key.ts'
import { openCheckpoint } from '../../src/ledger/policy.ts'
import { storeErrorOf } from '../../src/store/durable.ts'
import { fileStore } from '../../src/store/file-store.ts'
import { readLedgerFolder } from '../../src/store/ledger-folder.ts'
import { takeLock } from '../../src/store/lock-file.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { nodeSigner } from '../../src/store/node-keys.ts'
import { latestCheckpoint, openLedger } from '../../src/store/open-ledger.ts'
import { startS3 } from '../contracts/s3-server.ts'

let folder = ''
let ledgers = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-ledger-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ORIGIN = 'log.example/rooms'
const SKEY = formatSignerKey(ORIGIN, new Uint8Array(32).fill(1))
const VKEY = formatVerifierKey(nodeSigner(SKEY).verifier)
const witnessKey = (i: number) =>
  nodeSigner(
    formatSignerKey(`witness.example/w${i}`, new Uint8Array(32).fill(100 + i), COSIGNATURE),
  )

const makeLedger = async (rest = 'quorum none\n', config: object = { head: 'head' }) => {
  const dir = join(folder, `ledger-${(ledgers += 1)}`)
  await fileStore(dir).write(
    new Map([
      ['ledger.json', Buffer.from(JSON.stringify({ origin: ORIGIN, vkey: VKEY, ...config }))],
      ['policy.txt', Buffer.from(`log ${VKEY}\n${rest}`)],
      ['key', Buffer.from(`${SKEY}\n`)],
    ]),
  )
  return dir
}

/** Two witnesses under one address, and a policy that wants both. */
const witnesses = async () => {
  const apps = await Promise.all(
    [1, 2].map((i) =>
      witnessApp({
        key: witnessKey(i),
        logs: [nodeSigner(SKEY).verifier],
        store: memoryStore(),
        nowSeconds: () => 1_760_000_000 + i,
      }),
    ),
  )
  const away = new Set<number>()
  const ask: typeof fetch = async (url, init) => {
    const [, i, path] = /^http:\/\/w(\d)\.example(\/.*)$/.exec(url as string)!
    if (away.has(Number(i))) throw new TypeError('fetch failed')
    return apps[Number(i) - 1]!.request(path!, init)
  }
  const lines = [1, 2].map(
    (i) => `witness w${i} ${formatVerifierKey(witnessKey(i).verifier)} http://w${i}.example\n`,
  )
  return { away, ask, policy: `${lines.join('')}group both all w1 w2\nquorum both\n` }
}

const put = async ({ writer }: Awaited<ReturnType<typeof openLedger>>, ...texts: string[]) => {
  const appended = Promise.all(texts.map((text) => writer.append(Buffer.from(text))))
  await Promise.allSettled([writer.flush(), appended])
  return (await appended).map(({ index }) => index)
}

describe('a ledger in a folder', () => {
  it('is kept from one opening to the next', async () => {
    const dir = await makeLedger()
    for (const index of [0, 1, 2]) {
      const ledger = await openLedger(dir)
      expect(await put(ledger, `e${index}`)).toEqual([index])
      await ledger.close()
    }
    expect((await latestCheckpoint(await readLedgerFolder(dir))).size).toBe(3)
  })

  it('has one writer: a second is told who the first is', async () => {
    const dir = await makeLedger()
    const first = await openLedger(dir)
    await expect(openLedger(dir)).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(String(process.pid)) as string,
    })
    await first.close()
    await (await openLedger(dir)).close()
  })

  it('is no ledger without its parts, and says which', async () => {
    await expect(openLedger(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'no-ledger' })
    const dir = await makeLedger()
    rmSync(join(dir, 'key'))
    await expect(openLedger(dir)).rejects.toMatchObject({ code: 'no-ledger' })
    writeFileSync(join(dir, 'ledger.json'), '{}')
    await expect(readLedgerFolder(dir)).rejects.toMatchObject({ code: 'no-ledger' })
  })
})

describe('a ledger in object storage', () => {
  it('has one writer even on two machines: the later takes over, the earlier signs nothing more', async () => {
    const s3 = await startS3()
    const { accessKeyId, secretAccessKey, ...place } = s3.settings
    vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey)
    try {
      const machine = () => makeLedger('quorum none\n', { head: 's3', s3: place })
      const [here, there] = [await machine(), await machine()]
      const first = await openLedger(here)
      expect(await put(first, 'a', 'b')).toEqual([0, 1])
      const second = await openLedger(there)
      await expect(put(first, 'lost')).rejects.toMatchObject({ code: 'fenced' })
      expect(await put(second, 'c')).toEqual([2])
      await second.close()
      expect(await latestCheckpoint(await readLedgerFolder(here))).toMatchObject({ size: 3 })
    } finally {
      vi.unstubAllEnvs()
      await s3.close()
    }
  })
})

describe('a lock', () => {
  it('of the dead is taken over, of the living is not', async () => {
    const path = join(folder, 'some.lock')
    // No process has this number: Linux ends at 2^22.
    writeFileSync(path, '4194999 12345\n')
    const release = await takeLock(path)
    await expect(takeLock(path)).rejects.toMatchObject({ code: 'locked' })
    await release()
    // Our number, but of a process that began at another time.
    writeFileSync(path, `${process.pid} 1\n`)
    await (
      await takeLock(path)
    )()
  })

  it('wanted by many at once goes to one', async () => {
    const path = join(folder, 'wanted.lock')
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(path)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('witnesses of a ledger', () => {
  it('cosign what is published, and their note becomes the public one', async () => {
    const { ask, policy } = await witnesses()
    const dir = await makeLedger(policy)
    const ledger = await openLedger(dir, { fetch: ask })
    await put(ledger, 'a', 'b')
    const { cosigned, isQuorum, failures } = await ledger.cosign()
    expect([cosigned, isQuorum, failures]).toEqual([['w1', 'w2'], true, []])
    const published = await ledger.log.read('checkpoint')
    expect(openCheckpoint(published!, ledger.policy).checkpoint.size).toBe(2)
    // The log grows: proofs of the old entries still rest on what was cosigned.
    await put(ledger, 'c')
    await ledger.close()
    const latest = async (size: number) => latestCheckpoint(await readLedgerFolder(dir), size)
    expect(await latest(2)).toMatchObject({ size: 2, isQuorum: true })
    expect(await latest(3)).toMatchObject({ size: 3, isQuorum: false })
    await expect(latest(4)).rejects.toMatchObject({ code: 'no-ledger' })
  })

  it('that are away are named, and no quorum is claimed', async () => {
    const { ask, away, policy } = await witnesses()
    const dir = await makeLedger(policy)
    away.add(2)
    const ledger = await openLedger(dir, { fetch: ask })
    expect(ledger.unasked).toHaveLength(1)
    await put(ledger, 'a')
    const { isQuorum, cosigned, failures } = await ledger.cosign()
    expect([isQuorum, cosigned]).toEqual([false, ['w1']])
    expect(failures).toMatchObject([{ witness: 'w2', code: 'unreachable' }])
    // Back again, it takes up from nothing while the other knows size 1.
    away.delete(2)
    await put(ledger, 'b')
    expect((await ledger.cosign()).isQuorum).toBe(true)
    await ledger.close()
  })

  it('keep a back-up, restored whole with its head, from being written on', async () => {
    const { ask, away, policy } = await witnesses()
    const dir = await makeLedger(policy)
    const ledger = await openLedger(dir, { fetch: ask })
    await put(ledger, 'a')
    await ledger.cosign()
    await ledger.close()
    const backUp = `${dir}-back-up`
    cpSync(dir, backUp, { recursive: true })
    const again = await openLedger(dir, { fetch: ask })
    await put(again, 'b')
    await again.cosign()
    await again.close()

    await expect(openLedger(backUp, { fetch: ask })).rejects.toMatchObject({
      code: 'older-than-seen',
    })
    // Opened while they are away it does not get a cosignature for its second history.
    away.add(1).add(2)
    const restored = await openLedger(backUp, { fetch: ask })
    away.clear()
    await put(restored, 'other')
    const { isQuorum, failures } = await restored.cosign()
    expect(isQuorum).toBe(false)
    expect(failures.map(({ code }) => code)).toEqual(['refused', 'refused'])
    await restored.close()
    await expect(openLedger(backUp, { fetch: ask })).rejects.toMatchObject({ code: 'forked' })
    await (await openLedger(dir, { fetch: ask })).close()
  })
})

describe('what the system complains of', () => {
  it.each([
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'read-only'],
    ['EIO', 'unreachable'],
  ])('%s means %s', (code, meant) => {
    const error = Object.assign(new Error(code), { code })
    expect(storeErrorOf('/somewhere', error)).toMatchObject({ code: meant, cause: error })
  })
})

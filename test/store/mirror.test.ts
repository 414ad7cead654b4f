/** A mirror: copies everything, believes nothing, keeps what contradicts it. */
import { describe, expect, it } from 'vitest'
import { formatVerifierKey } from '../../src/ledger/note-key.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'
import { verifyLog } from '../../src/ledger/verify-log.ts'
import { httpSource } from '../../src/store/http-source.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { follow } from '../../src/store/mirror.ts'
import { nodeSha256 } from '../../src/store/node-keys.ts'
import { backUp, grow, openLog, ORIGIN, places, SIGNER } from '../ledger/log.ts'

const POLICY = parsePolicy(`log ${formatVerifierKey(SIGNER.verifier)}\nquorum none\n`)

const mirrorOf = (log: Map<string, Uint8Array>) => {
  const copy = new Map<string, Uint8Array>()
  const contradictions = new Map<string, Uint8Array>()
  const from = (source: Map<string, Uint8Array>) =>
    follow({
      source: memoryStore(source),
      target: memoryStore(copy),
      contradictions: memoryStore(contradictions),
      policy: POLICY,
      sha256: nodeSha256,
    })
  return { copy, contradictions, from, follow: () => from(log) }
}

describe('a mirror', () => {
  it('holds after every step a log that verifies by itself', async () => {
    const at = places()
    const writer = await openLog(at)
    const mirror = mirrorOf(at.log)
    let size = 0
    for (const next of [0, 5, 5, 256, 300, 5000]) {
      await grow(writer, size, next)
      expect(await mirror.follow()).toEqual({ origin: ORIGIN, from: size, to: next })
      size = next
      const { failures } = await verifyLog(memoryStore(mirror.copy), POLICY, { hash: nodeSha256 })
      expect(failures).toEqual([])
      expect(mirror.copy.get('checkpoint')).toEqual(at.log.get('checkpoint'))
    }
    for (const [path, bytes] of at.log)
      if (!path.includes('.p/')) expect(mirror.copy.get(path), path).toEqual(bytes)
  })

  it('refuses a log that forks, and keeps the checkpoint that proves it', async () => {
    const at = places()
    await grow(await openLog(at), 0, 300)
    const fork = await backUp(at, true)
    const mirror = mirrorOf(at.log)
    await grow(await openLog(at), 300, 400)
    await mirror.follow()
    const held = new Map(mirror.copy)
    // The other history goes as far, and further.
    for (const to of [1400, 1700]) {
      const writer = await openLog(fork)
      await grow(writer, writer.size + 1000, to)
      await expect(mirror.from(fork.log)).rejects.toMatchObject({ code: 'forked' })
      expect([...mirror.contradictions.values()]).toContainEqual(fork.log.get('checkpoint'))
      expect(mirror.copy).toEqual(held)
    }
  })

  it('refuses a log that goes back on what it showed', async () => {
    const at = places()
    await grow(await openLog(at), 0, 300)
    const early = await backUp(at, true)
    const mirror = mirrorOf(at.log)
    await grow(await openLog(at), 300, 400)
    await mirror.follow()
    await expect(mirror.from(early.log)).rejects.toMatchObject({ code: 'older-than-seen' })
  })

  it('refuses entries that do not lead to the signed root, and leaves no trace of them', async () => {
    const at = places()
    await grow(await openLog(at), 0, 10)
    const mirror = mirrorOf(at.log)
    await mirror.follow()
    await grow(await openLog(at), 10, 600)
    const held = new Map(mirror.copy)
    for (const path of ['tile/entries/001', 'tile/entries/002.p/88', 'tile/entries/000']) {
      const changed = new Map(at.log)
      const bytes = changed.get(path)!.slice()
      bytes[bytes.length - 1]! ^= 1
      changed.set(path, bytes)
      await expect(mirror.from(changed), path).rejects.toMatchObject({ code: 'damaged' })
      expect(mirror.copy).toEqual(held)
      changed.delete(path)
      await expect(mirror.from(changed), path).rejects.toMatchObject({ code: 'damaged' })
    }
    expect(await mirror.follow()).toMatchObject({ from: 10, to: 600 })
  })

  it('reads over HTTP, and tells missing from unreachable', async () => {
    const at = places()
    await grow(await openLog(at), 0, 300)
    const asked: string[] = []
    const serve: typeof fetch = async (url) => {
      asked.push(url as string)
      const bytes = at.log.get((url as string).replace('https://log.example/rooms/', ''))
      if (bytes === undefined) return new Response('none', { status: 404 })
      return new Response(new Uint8Array(bytes))
    }
    const source = httpSource('https://log.example/rooms/', { fetch: serve })
    const copy = new Map<string, Uint8Array>()
    await follow({
      source,
      target: memoryStore(copy),
      contradictions: memoryStore(),
      policy: POLICY,
      sha256: nodeSha256,
    })
    expect(copy.get('tile/0/000')).toEqual(at.log.get('tile/0/000'))
    expect(asked[0]).toBe('https://log.example/rooms/checkpoint')
    expect(await source.read('nothing')).toBeNull()
    const broken = httpSource('https://log.example/rooms', {
      fetch: async () => new Response('', { status: 500 }),
    })
    await expect(broken.read('checkpoint')).rejects.toMatchObject({ code: 'unreachable' })
  })
})

/** A witness over HTTP: the foreign request sequence, and that it forgets nothing. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { witnessApp } from '../../src/http/witness-server.ts'
import { COSIGNATURE, formatSignerKey, parseVerifierKey } from '../../src/ledger/note-key.ts'
import { openNote } from '../../src/ledger/note.ts'
import type { ObjectStore } from '../../src/ledger/object-store.ts'
import { proveConsistency, tileHashReader } from '../../src/ledger/prove.ts'
import { formatAddCheckpoint, witnessedPath } from '../../src/ledger/witness.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { nodeSha256, nodeSigner } from '../../src/store/node-keys.ts'
import { submit, fetchWitnessed } from '../../src/store/witness-client.ts'
import { grow, openLog, ORIGIN, places, SIGNER, type Places } from '../ledger/log.ts'

const VECTORS = new URL('../../../shared/evidence/vectors/', import.meta.url)
const present = existsSync(fileURLToPath(VECTORS))

const KEY = nodeSigner(
  formatSignerKey('example.com/witness', new Uint8Array(32).fill(9), COSIGNATURE),
)
const witness = (memory = new Map<string, Uint8Array>(), logs = [SIGNER.verifier]) =>
  witnessApp({ key: KEY, logs, store: memoryStore(memory), nowSeconds: () => 1_760_000_000 })

type App = Awaited<ReturnType<typeof witness>>
const fetchOf = (app: App) =>
  (async (url: string, init?: RequestInit) => app.request(url, init)) as typeof fetch
const post = async (app: App, body: string) => {
  const response = await app.request('/add-checkpoint', { method: 'POST', body })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: await response.text(),
  }
}
/** What the log sends to have its published checkpoint cosigned. */
const submissionOf = (at: Places, app: App, old?: number) => ({
  url: 'http://witness.example/',
  key: KEY.verifier,
  checkpoint: at.log.get('checkpoint')!,
  prove: (from: number, to: number) =>
    proveConsistency(tileHashReader(memoryStore(at.log), to, { hash: nodeSha256 }), from, to),
  fetch: fetchOf(app),
  ...(old === undefined ? {} : { old }),
})

describe.skipIf(!present)('the litewitness sequence (needs ../shared/evidence/vectors)', () => {
  it('is answered with the statuses of tlog-witness, over HTTP, also after restarts', async () => {
    type Step = { request: string; spec_status: number; assert: string; body: string }
    const { log_vkey, requests } = JSON.parse(
      readFileSync(new URL('witness-add-checkpoint.json', VECTORS), 'utf8'),
    ) as { log_vkey: string; requests: Step[] }
    const memory = new Map<string, Uint8Array>()
    expect(requests).toHaveLength(9)
    for (const { request, spec_status, assert, body } of requests) {
      // A new life for every request: all it knows is what it wrote down.
      const answer = await post(await witness(memory, [parseVerifierKey(log_vkey)]), request)
      expect(answer.status).toBe(spec_status)
      if (assert === '==') expect(answer.body).toBe(body)
      if (spec_status === 409) expect(answer.type).toBe('text/x.tlog.size')
      if (spec_status === 200) expect(answer.body).toContain(body)
    }
  })
})

describe('a witness', () => {
  it('cosigns a log that grows, and serves what it cosigned', async () => {
    const at = places()
    const writer = await openLog(at)
    const app = await witness()
    let size = 0
    for (const next of [1, 2, 300, 301, 600]) {
      await grow(writer, size, next)
      size = next
      // The client knows nothing of before: the witness says 409 and it asks again.
      const cosigned = await submit(submissionOf(at, app))
      expect(cosigned).toMatchObject({ ok: true })
      const note = Buffer.from(at.log.get('checkpoint')!).toString()
      const line = cosigned.ok ? cosigned.line : ''
      const { verified } = openNote(note + line, [SIGNER.verifier, KEY.verifier])
      expect(verified.map(({ timeSeconds }) => timeSeconds)).toEqual([undefined, 1_760_000_000])
      const served = await app.request(`/${witnessedPath(ORIGIN)}`)
      expect(await served.text()).toBe(note + line)
    }
  })

  it('answers 404 for what it never saw, and refuses a body without end', async () => {
    const app = await witness()
    expect((await app.request(`/${witnessedPath(ORIGIN)}`)).status).toBe(404)
    expect(
      await fetchWitnessed({ url: 'http://w.example', fetch: fetchOf(app) }, ORIGIN),
    ).toBeNull()
    expect((await post(app, 'old 0\n'.repeat(20_000))).status).toBe(400)
    expect((await post(app, '')).status).toBe(400)
  })

  it('has written down what it signs before it says so, and says nothing when it cannot', async () => {
    const at = places()
    await grow(await openLog(at), 0, 3)
    const memory = new Map<string, Uint8Array>()
    let isFull = true
    const inner = memoryStore(memory)
    const store: ObjectStore = {
      ...inner,
      write: async (objects) => {
        if (isFull) throw new Error('no space')
        await inner.write(objects)
      },
    }
    const app = await witnessApp({
      key: KEY,
      logs: [SIGNER.verifier],
      store,
      nowSeconds: () => 1_760_000_000,
    })
    const request = formatAddCheckpoint(0, [], Buffer.from(at.log.get('checkpoint')!).toString())
    const refused = await post(app, request)
    expect(refused.status).toBe(500)
    expect(refused.body).not.toContain('—')
    expect(memory.size).toBe(0)
    isFull = false
    expect((await post(app, request)).status).toBe(200)
    expect([...memory.keys()]).toEqual([witnessedPath(ORIGIN)])
  })

  it('signs one of two histories that arrive at the same moment', async () => {
    const [one, other] = [places(), places()]
    await grow(await openLog(one), 0, 3)
    await grow(await openLog(other), 10, 13)
    const app = await witness()
    const answers = await Promise.all(
      [one, other].map((at) =>
        post(app, formatAddCheckpoint(0, [], Buffer.from(at.log.get('checkpoint')!).toString())),
      ),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]))
  })

  it('does not start on a memory that it did not sign', async () => {
    const at = places()
    await grow(await openLog(at), 0, 3)
    const forged = new Map([[witnessedPath(ORIGIN), at.log.get('checkpoint')!]])
    await expect(witness(forged)).rejects.toMatchObject({ code: 'damaged' })
  })
})

const away: typeof fetch = () => Promise.reject(new TypeError('fetch failed'))
const refusing: typeof fetch = async () => new Response('no\n', { status: 403 })
const silent: typeof fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal!.reason as Error))
  })

describe('a client of witnesses', () => {
  it('tells a log that was restored from a back-up that it is behind', async () => {
    const at = places()
    await grow(await openLog(at), 0, 3)
    const early = new Map(at.log)
    await grow(await openLog(at), 3, 9)
    const app = await witness()
    await submit(submissionOf(at, app))
    expect(await submit(submissionOf({ ...at, log: early }, app))).toMatchObject({
      ok: false,
      code: 'ahead',
    })
  })

  it('does not believe an answer that the witness did not sign, or that is another’s', async () => {
    const at = places()
    await grow(await openLog(at), 0, 3)
    const app = await witness()
    const changed: typeof fetch = async (url, init) => {
      const response = await app.request(url, init)
      const line = await response.text()
      return new Response(line.replace(/.{6}=*\n$/, 'AAAAAA==\n'), { status: response.status })
    }
    const options = submissionOf(at, app)
    expect(await submit({ ...options, fetch: changed })).toMatchObject({ code: 'distrusted' })
    const other = nodeSigner(formatSignerKey('other', new Uint8Array(32).fill(3), COSIGNATURE))
    expect(await submit({ ...options, key: other.verifier })).toMatchObject({ code: 'distrusted' })
  })

  it('gives up on one that is away, refuses for ever, or never answers', async () => {
    const at = places()
    await grow(await openLog(at), 0, 3)
    const options = submissionOf(at, await witness())
    expect(await submit({ ...options, fetch: away })).toMatchObject({ code: 'unreachable' })
    expect(await submit({ ...options, fetch: refusing })).toMatchObject({ code: 'refused' })
    let asked = 0
    const never: typeof fetch = async () => {
      asked += 1
      return new Response(`${asked % 2}\n`, { status: 409 })
    }
    expect(await submit({ ...options, fetch: never })).toMatchObject({ code: 'refused' })
    expect(asked).toBeLessThan(10)
    expect(await submit({ ...options, fetch: silent, timeoutMs: 20 })).toMatchObject({
      code: 'unreachable',
    })
  })
})

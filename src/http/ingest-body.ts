/**
 * The body of an ingest request as events: NDJSON, one CloudEvent or a batch of them, plain, gzip
 * or Zstandard. Bounds hold before and after decompression, and a body that trickles is cut off.
 */
import { say } from '../language/say.ts'
import type { Refusal } from '../engine/refusal-tally.ts'
import { readLines } from '../importers/json-lines.ts'
import { decompress, type Compression } from '../importers/source.ts'
import { BrokenArchive } from '../importers/unreadable.ts'
import { HttpProblem } from './problem.ts'

export const TYPES = [
  'application/x-ndjson',
  'application/cloudevents-batch+json',
  'application/cloudevents+json',
] as const
type Type = (typeof TYPES)[number]

export type BodyLimits = {
  /** As it comes over the wire. */
  readonly wireBytes: number
  readonly expandedBytes: number
  /** The whole body must have come within so long, ms. */
  readonly withinMs: number
}

export const BODY_LIMITS: BodyLimits = {
  wireBytes: 16 << 20,
  expandedBytes: 64 << 20,
  withinMs: 30_000,
}

/** Who takes what was found, in order. */
export type Taker = {
  readonly value: (value: unknown) => void
  readonly refuse: (refusal: Refusal) => void
}

type Headers = { readonly get: (name: string) => string | null }

/** What the headers announce. @throws HttpProblem */
export const announced = (headers: Headers): { type: Type; encoding: Compression } => {
  const [given = ''] = (headers.get('content-type') ?? '').split(';')
  const name = given.trim().toLowerCase()
  const type = name === 'application/ndjson' ? 'application/x-ndjson' : name
  if (!isType(type))
    throw new HttpProblem(
      'wrong-type',
      say('problem.wrong-type', { got: name.slice(0, 80), expected: TYPES.join(', ') }),
      { accept: TYPES.join(', ') },
    )
  const encoding = (headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  if (encoding !== 'gzip' && encoding !== 'zstd' && encoding !== 'identity')
    throw new HttpProblem(
      'wrong-encoding',
      say('problem.wrong-encoding', { got: encoding.slice(0, 80) }),
      {
        'accept-encoding': 'gzip, zstd',
      },
    )
  return { type, encoding: encoding === 'identity' ? 'none' : encoding }
}

/** @throws HttpProblem where the body as a whole cannot be taken; what was found before it stands */
export const readBody = async (
  body: AsyncIterable<Uint8Array>,
  { type, encoding }: { type: Type; encoding: Compression },
  taker: Taker,
  limits: BodyLimits = BODY_LIMITS,
): Promise<void> => {
  const wire = bounded(timely(body, limits.withinMs), limits.wireBytes)
  const plain = bounded(decompress(encoding, wire), limits.expandedBytes)
  if (type === 'application/x-ndjson') {
    await readLines(rethrowing(plain), {
      value: taker.value,
      refuse: (refusal) => {
        if (refusal.code === 'broken-archive') throw broken()
        taker.refuse(refusal)
      },
      beat: () => {},
    })
    return
  }
  const value = await parsed(plain)
  if (type === 'application/cloudevents+json') taker.value(value)
  else if (Array.isArray(value)) for (const each of value as unknown[]) taker.value(each)
  else throw new HttpProblem('bad-request', say('problem.no-batch'))
}

/** A body as it is. @throws HttpProblem `too-large`, `timeout` */
export const wholeBody = async (
  body: AsyncIterable<Uint8Array> | null,
  { wireBytes, withinMs }: Pick<BodyLimits, 'wireBytes' | 'withinMs'>,
): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: Uint8Array[] = []
  if (body !== null)
    for await (const part of bounded(timely(body, withinMs), wireBytes)) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}

/** Lets a body go by that is not taken: its connection can then be used again. @throws as `wholeBody` */
export const passBy = async (
  body: AsyncIterable<Uint8Array> | null,
  { wireBytes, withinMs }: Pick<BodyLimits, 'wireBytes' | 'withinMs'>,
): Promise<void> => {
  if (body === null) return
  const pieces = bounded(timely(body, withinMs), wireBytes)[Symbol.asyncIterator]()
  while ((await pieces.next()).done !== true);
}

const isType = (type: string): type is Type => (TYPES as readonly string[]).includes(type)

const broken = () => new HttpProblem('broken-archive', say('problem.broken-archive'))

async function* bounded(
  bytes: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Uint8Array> {
  let taken = 0
  for await (const chunk of bytes) {
    taken += chunk.length
    if (taken > most) throw new HttpProblem('too-large', say('problem.too-large', { most }))
    yield chunk
  }
}

/** Cuts off whoever sends a byte now and then to keep a place occupied. */
async function* timely(
  bytes: AsyncIterable<Uint8Array>,
  withinMs: number,
): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seconds = withinMs / 1000
      reject(
        new HttpProblem('timeout', say('problem.timeout', { seconds }), { connection: 'close' }),
      )
    }, withinMs)
  })
  late.catch(() => {})
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), late])
      if (next.done === true) return
      yield next.value
    }
  } finally {
    clearTimeout(timer)
    void iterator.return?.()
  }
}

/** A problem of ours comes through a decompressor wrapped as a broken archive; it is unwrapped. */
async function* rethrowing(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (error) {
    if (!(error instanceof BrokenArchive)) throw error
    throw error.cause instanceof HttpProblem ? error.cause : broken()
  }
}

const parsed = async (bytes: AsyncIterable<Uint8Array>): Promise<unknown> => {
  const parts: Uint8Array[] = []
  for await (const chunk of rethrowing(bytes)) parts.push(chunk)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)))
  } catch {
    throw new HttpProblem('not-json', say('problem.not-json'))
  }
}

/** In: events by HTTP. Acknowledged when durable; a bad event is refused alone, by its place. */
import { Hono } from 'hono'
import { say } from '../../language/say.ts'
import { Busy, type Offering } from '../../engine/live/ingest.ts'
import { display } from '../../vocabulary/refusal.ts'
import { speaksFor, type Producer } from '../access/actor.ts'
import type { AppEnv, Door } from '../door.ts'
import {
  announced,
  BODY_LIMITS,
  passBy,
  readBody,
  type BodyLimits,
  type Taker,
} from '../ingest-body.ts'
import { HttpProblem } from '../problem.ts'

/** A body of unknown length is taken for this large while it comes. */
const UNKNOWN_BYTES = 4 << 20
/** JSON packs about so well: what a compressed body may become counts against its source. */
const EXPANDS = 8

export const eventRoutes = (door: Door, limits: BodyLimits = BODY_LIMITS): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.post('/v1/events', async (c) => {
    const producer = c.get('actor') as Producer
    const { headers, body } = c.req.raw
    const kind = announced(headers)
    const length = Number(headers.get('content-length') ?? UNKNOWN_BYTES)
    const bytes = kind.encoding === 'none' ? length : length * EXPANDS
    const most = Math.min(bytes, limits.expandedBytes)
    const release = await reserveFor(door, producer.source, most, { body, limits })
    try {
      const offering = door.ingest.open()
      await readBody(body ?? nothing(), kind, takerOf(offering, producer), limits)
      return c.json(await durable(offering.end()))
    } finally {
      release()
    }
  })
  return app
}

/** @throws HttpProblem `busy` */
export const reserve = (door: Pick<Door, 'ingest'>, source: string, bytes: number) => {
  try {
    return door.ingest.reserve(source, bytes)
  } catch (error) {
    if (!(error instanceof Busy)) throw error
    const seconds = error.retryAfterSeconds
    throw new HttpProblem('busy', say('problem.busy', { seconds }), {
      'retry-after': String(seconds),
    })
  }
}

type Coming = {
  readonly body: AsyncIterable<Uint8Array> | null
  readonly limits: Pick<BodyLimits, 'wireBytes' | 'withinMs'>
}

/**
 * The same for a request. That it is busy is said when the body has gone by: who is answered in the
 * midst of sending finds its connection closed, and with it the next request.
 * @throws HttpProblem `busy`, `too-large`, `timeout`
 */
export const reserveFor = async (
  door: Pick<Door, 'ingest'>,
  source: string,
  bytes: number,
  { body, limits }: Coming,
) => {
  try {
    return reserve(door, source, bytes)
  } catch (error) {
    await passBy(body, limits)
    throw error
  }
}

/** A producer speaks for its own source only; whatever else it sends is refused alone. */
export const takerOf = (offering: Offering, producer: Producer): Taker => ({
  value: (value) => {
    const source = sourceOf(value)
    if (source === undefined || speaksFor(producer, source)) offering.value(value)
    else
      offering.refuse({
        code: 'wrong-source',
        field: 'source',
        expected: producer.source,
        got: display(source),
      })
  },
  refuse: (refusal) => offering.refuse(refusal),
})

/** @throws HttpProblem `not-durable`: nothing of it counts as acknowledged */
export const durable = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    throw new HttpProblem('not-durable', say('problem.not-durable'), { 'retry-after': '5' }, error)
  }
}

const sourceOf = (value: unknown): string | undefined =>
  typeof value === 'object' &&
  value !== null &&
  'source' in value &&
  typeof value.source === 'string'
    ? value.source
    : undefined

async function* nothing(): AsyncGenerator<Uint8Array> {}

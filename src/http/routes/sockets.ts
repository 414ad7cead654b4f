/**
 * WebSockets: events in, and what is found out. The same rules, bounds and messages as by HTTP; a
 * request that asks for no upgrade is told so.
 *
 * In: each text message is NDJSON or one JSON array of events, answered in order by one message,
 * the answer of `POST /v1/events` or a problem. Out: `{ topic, broadcast, data }`.
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { say } from '../../language/say.ts'
import type { Producer } from '../access/actor.ts'
import type { LiveMessage } from '../contract.ts'
import type { AppEnv, Door } from '../door.ts'
import { BODY_LIMITS, readBody } from '../ingest-body.ts'
import { HttpProblem, problemOf, STATUS } from '../problem.ts'
import type { Answer, Sockets } from '../sockets.ts'
import { isTheirs } from './broadcasts.ts'
import { durable, reserve, takerOf } from './events.ts'
import { figuresMessage, shapeFor, topicsAsked } from './streams.ts'

export type DoorSockets = { readonly producers: Sockets; readonly listeners: Sockets }

/** @param failed told of what nobody foresaw, under the id that the caller is given */
export const socketRoutes = (
  door: Door,
  { producers, listeners }: DoorSockets,
  failed: (id: string, error: unknown) => void,
): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()

  app.get('/v1/events/socket', (c) => {
    const producer = c.get('actor') as Producer
    return upgraded(
      c,
      producers.accept(producer.source, () => answering(door, producer, failed)),
    )
  })

  app.get('/v1/socket', (c) => {
    const actor = c.get('actor')
    const mine = c.get('reach') === 'own'
    const topics = topicsAsked(c)
    const shape = (message: LiveMessage) =>
      mine && !isTheirs(door, actor, message.broadcast) ? null : shapeFor(actor, message)
    const owner = actor.kind === 'person' ? actor.id : actor.kind === 'producer' ? actor.source : ''
    const accept = listeners.accept(owner, (socket) => {
      const take = (message: LiveMessage) => {
        const shown = shape(message)
        if (shown !== null) listeners.send(socket, textOf(shown))
      }
      if (topics.has('figures')) for (const room of door.desk.rooms) take(figuresMessage(room))
      socket.on('close', door.hub.subscribe({ topics }, take))
      return undefined
    })
    return upgraded(c, accept)
  })

  return app
}

/** @throws HttpProblem `upgrade-needed` */
const upgraded = (
  c: Context<AppEnv>,
  accept: NonNullable<NonNullable<AppEnv['Bindings']['upgrade']>['accept']>,
): Response => {
  const { upgrade } = c.env
  if (upgrade === undefined)
    throw new HttpProblem('upgrade-needed', say('problem.upgrade-needed'), { upgrade: 'websocket' })
  upgrade.accept = accept
  return c.body(null, 204)
}

const answering =
  (door: Door, producer: Producer, failed: (id: string, error: unknown) => void): Answer =>
  async (message) => {
    try {
      return JSON.stringify(await taken(door, producer, message))
    } catch (error) {
      if (error instanceof HttpProblem && error.code !== 'not-durable')
        return JSON.stringify(documentOf(error))
      const id = door.newId()
      failed(id, error)
      return JSON.stringify(
        documentOf(
          error instanceof HttpProblem
            ? error
            : new HttpProblem('internal', say('problem.internal', { id })),
        ),
      )
    }
  }

const ARRAY = 0x5b

const taken = async (door: Door, producer: Producer, message: Buffer) => {
  const release = reserve(door, producer.source, message.length)
  try {
    const offering = door.ingest.open()
    const isArray = message.find((byte) => byte > 0x20) === ARRAY
    const type = isArray ? 'application/cloudevents-batch+json' : 'application/x-ndjson'
    await readBody(once(message), { type, encoding: 'none' }, takerOf(offering, producer), {
      ...BODY_LIMITS,
      wireBytes: message.length,
    })
    return await durable(offering.end())
  } finally {
    release()
  }
}

/** What is a header by HTTP is a field here. */
const documentOf = ({ code, sentence, headers }: HttpProblem) => {
  const retryAfter = headers['retry-after']
  return {
    ...problemOf(STATUS[code], code, sentence),
    ...(retryAfter === undefined ? {} : { retryAfter: Number(retryAfter) }),
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Written once for all who are shown the same. */
const texts = new WeakMap<LiveMessage, string>()

const textOf = (message: LiveMessage): string => {
  let text = texts.get(message)
  if (text === undefined) texts.set(message, (text = JSON.stringify(message)))
  return text
}

/** Out, as it happens: figures, findings, measures and notes by server-sent events. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { say } from '../../language/say.ts'
import type { Finding } from '../../vocabulary/finding.ts'
import { ANYONE, type Actor } from '../access/actor.ts'
import { figuresFor, findingFor, seesAll } from '../access/views.ts'
import type { LiveFigures, LiveMessage } from '../contract.ts'
import type { AppEnv, Door } from '../door.ts'
import type { Filter } from '../hub.ts'
import { badRequest, HttpProblem } from '../problem.ts'
import { isTheirs } from './broadcasts.ts'
import { embedMessage, PUBLIC_TOPICS } from './embed.ts'

const TOPICS: readonly LiveMessage['topic'][] = ['figures', 'finding', 'measure', 'note', 'room']

export const streamRoutes = (door: Door): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  // Ten thousand players in one room are told the same: it is made, and written as text, once.
  const embedded = once(({ broadcast }) => embedMessage(door, broadcast))

  app.get('/v1/stream', (c) => {
    const actor = c.get('actor')
    const mine = c.get('reach') === 'own'
    const shape = (message: LiveMessage) =>
      mine && !isTheirs(door, actor, message.broadcast) ? null : shapeFor(actor, message)
    const first = [...door.desk.rooms].map(figuresMessage)
    return stream(c, door, { topics: topicsAsked(c) }, first, shape)
  })

  app.get('/v1/broadcasts/:broadcast/stream', (c) => {
    const broadcast = c.req.param('broadcast')
    const actor = c.get('actor')
    const figures = door.desk.figures(broadcast)
    const first = figures === undefined ? [] : [figuresMessage(figures)]
    return stream(c, door, { broadcast, topics: topicsAsked(c) }, first, (message) =>
      shapeFor(actor, message),
    )
  })

  app.get('/v1/embed/:room/stream', (c) => {
    const broadcast = door.register.inRoom(c.req.param('room'))
    if (broadcast === undefined) throw new HttpProblem('not-found', say('problem.not-found'))
    const first = embedMessage(door, broadcast)
    return stream(c, door, { broadcast, topics: PUBLIC_TOPICS }, [first], embedded)
  })

  return app
}

/** What one listener sees of a message; notes are for those who investigate. */
export const shapeFor = (actor: Actor, message: LiveMessage): LiveMessage | null => {
  if (seesAll(actor)) return message
  if (message.topic === 'note') return null
  return factsOf(message)
}

/** One message made of another, the same one for everybody. */
const once = (make: (message: LiveMessage) => LiveMessage) => {
  const made = new WeakMap<LiveMessage, LiveMessage>()
  return (message: LiveMessage): LiveMessage => {
    let shown = made.get(message)
    if (shown === undefined) made.set(message, (shown = make(message)))
    return shown
  }
}

/** What whoever does not see all is shown. */
const factsOf = once((message) => {
  if (message.topic === 'figures')
    return { ...message, data: figuresFor(ANYONE, message.data as LiveFigures) }
  if (message.topic === 'finding')
    return { ...message, data: findingFor(ANYONE, message.data as Finding) }
  return message
})

export const figuresMessage = (figures: LiveFigures): LiveMessage => ({
  topic: 'figures',
  broadcast: figures.broadcast,
  data: figures,
})

export const topicsAsked = (c: Context<AppEnv>): ReadonlySet<LiveMessage['topic']> => {
  const asked = c.req.query('topics')?.split(',') ?? TOPICS
  const topics = TOPICS.filter((topic) => asked.includes(topic))
  if (topics.length === 0 || topics.length !== asked.length) throw badRequest('topics')
  return new Set(topics)
}

const stream = (
  c: Context<AppEnv>,
  { streams }: Door,
  filter: Filter,
  first: readonly LiveMessage[],
  shape: (message: LiveMessage) => LiveMessage | null,
): Response => {
  const { outgoing } = c.env
  if (outgoing === undefined) throw badRequest('server-sent events need a server')
  // Headers that the middleware has put on the answer so far do not reach a raw response by themselves.
  const headers = Object.fromEntries(c.res.headers)
  if (!streams.open(outgoing, filter, first, headers, shape))
    throw new HttpProblem('busy', say('problem.busy', { seconds: 30 }), { 'retry-after': '30' })
  return RESPONSE_ALREADY_SENT
}

/**
 * All routes × all standings × one's own, other people's and no objects, through the real guard.
 * What is expected is written here a second time, by hand: whoever changes the table of rules
 * changes this one as well, or is told.
 */
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { STANDINGS, type Actor, type Standing } from '../../../src/http/access/actor.ts'
import type { Owners, Rule } from '../../../src/http/access/check.ts'
import { guard, type Guarded } from '../../../src/http/access/guard.ts'
import { findRule, RULES } from '../../../src/http/access/rules.ts'
import { answerProblem, HttpProblem } from '../../../src/http/problem.ts'

const WATCHERS = 'inspector adjudicator regulator admin'
const OWN_BROADCAST = `${WATCHERS} merchant:own producer:own`
const OWN_FINDING = `${WATCHERS} merchant:own`
const OWN_REQUEST = 'inspector adjudicator consumer:own'
const OWN_APPEAL = 'inspector adjudicator merchant:own'
const OWN_RECEIVER = 'admin merchant:own'

const OWN_FILE = `${WATCHERS.split(' ')
  .map((name) => `${name}:own`)
  .join(' ')} merchant:own`

const EXPECTED: Readonly<Record<string, string>> = {
  'GET /health': 'everybody',
  'GET /ready': 'everybody',
  'GET /metrics': 'inspector adjudicator admin producer',
  'GET /docs': 'everybody',
  'GET /docs/page.js': 'everybody',
  'GET /docs/page.css': 'everybody',
  'GET /openapi.json': 'everybody',
  'GET /asyncapi.json': 'everybody',
  'GET /': 'everybody',
  'GET /sign-in': 'everybody',
  'GET /broadcasts/:broadcast': 'everybody',
  'GET /findings/:finding': 'everybody',
  'GET /audits/:broadcast': 'everybody',
  'GET /broadcasts/:broadcast/prices': 'everybody',
  'GET /rooms/:room': 'everybody',
  'GET /evidence': 'everybody',
  'GET /appeals': 'everybody',
  'GET /verify': 'everybody',
  'GET /prices': 'everybody',
  'GET /upload': 'everybody',
  'GET /assets/:name': 'everybody',
  'GET /embed.js': 'everybody',
  'GET /v1/embed/:room': 'everybody',
  'GET /v1/embed/:room/stream': 'everybody',
  'POST /v1/events': 'producer',
  'GET /v1/events/socket': 'producer',
  'GET /v1/broadcasts': OWN_BROADCAST,
  'GET /v1/broadcasts/:broadcast': OWN_BROADCAST,
  'GET /v1/broadcasts/:broadcast/figures': OWN_BROADCAST,
  'GET /v1/broadcasts/:broadcast/findings': OWN_BROADCAST,
  'GET /v1/broadcasts/:broadcast/measures': OWN_BROADCAST,
  'POST /v1/broadcasts/:broadcast/measures': 'inspector adjudicator',
  'GET /v1/broadcasts/:broadcast/stream': OWN_BROADCAST,
  'GET /v1/broadcasts/:broadcast/suspects': 'inspector adjudicator regulator',
  'GET /v1/broadcasts/:broadcast/promises': OWN_BROADCAST,
  'POST /v1/erasures': 'admin',
  'GET /v1/promises': OWN_FINDING,
  'POST /v1/prices/preflight': OWN_FINDING,
  'GET /v1/audits': OWN_FILE,
  'POST /v1/audits': OWN_FILE,
  'GET /v1/audits/:audit': OWN_FILE,
  'POST /v1/audits/:audit/mapping': OWN_FILE,
  'GET /v1/audits/:audit/report': OWN_FILE,
  'GET /v1/audits/:audit/page': OWN_FILE,
  'GET /v1/broadcasts/:broadcast/moments': WATCHERS,
  'GET /v1/broadcasts/:broadcast/recording': OWN_FINDING,
  'GET /v1/broadcasts/:broadcast/recording/:piece': OWN_FINDING,
  'PUT /v1/broadcasts/:broadcast/recording/init': 'producer:own',
  'PUT /v1/broadcasts/:broadcast/recording/:piece': 'producer:own',
  'GET /v1/stream': OWN_BROADCAST,
  'GET /v1/socket': OWN_BROADCAST,
  'GET /v1/findings': OWN_FINDING,
  'GET /v1/findings/:finding': OWN_FINDING,
  'GET /v1/findings/:finding/evidence': OWN_FINDING,
  'GET /v1/findings/:finding/evidence/rows': 'inspector adjudicator regulator',
  'GET /v1/measures': OWN_BROADCAST,
  'GET /v1/measures/:measure': OWN_BROADCAST,
  'POST /v1/measures/:measure/lift': 'adjudicator',
  'GET /v1/appeals': OWN_APPEAL,
  'POST /v1/appeals': 'merchant:own',
  'GET /v1/appeals/:appeal': OWN_APPEAL,
  'POST /v1/appeals/:appeal/decision': 'adjudicator',
  'GET /v1/notes': 'inspector adjudicator',
  'POST /v1/notes/:note/close': 'inspector adjudicator',
  'POST /v1/orders/:order/evidence-requests': 'consumer:own',
  'POST /v1/complaints/:complaint/evidence-requests': 'consumer:own',
  'GET /v1/evidence-requests': OWN_REQUEST,
  'GET /v1/evidence-requests/:request': OWN_REQUEST,
  'POST /v1/evidence-requests/:request/answer': 'inspector adjudicator',
  'GET /v1/webhooks': OWN_RECEIVER,
  'POST /v1/webhooks': OWN_RECEIVER,
  'DELETE /v1/webhooks/:webhook': OWN_RECEIVER,
  'POST /v1/webhooks/:webhook/rotate': OWN_RECEIVER,
  'GET /v1/webhooks/:webhook/deliveries': OWN_RECEIVER,
  'GET /v1/webhooks/:webhook/dead-letters': OWN_RECEIVER,
  'POST /v1/webhooks/:webhook/dead-letters/:delivery/retry': OWN_RECEIVER,
  'GET /v1/ingest-keys': 'admin',
  'POST /v1/ingest-keys': 'admin',
  'POST /v1/ingest-keys/:key/rotate': 'admin',
  'DELETE /v1/ingest-keys/:key': 'admin',
  'POST /v1/invitations': 'admin',
  'POST /v1/invitations/accept': 'everybody',
  'GET /v1/people': 'admin',
  'DELETE /v1/people/:person': 'admin',
  'GET /v1/reads': 'admin regulator consumer:own',
  'GET /v1/me': `${WATCHERS} merchant consumer`,
  'GET /v1/auth/*': 'everybody',
  'POST /v1/auth/*': 'everybody',
}

const actorOf = (standing: Standing): Actor => {
  if (standing === 'anyone') return { kind: 'anyone' }
  if (standing === 'producer')
    return { kind: 'producer', key: 'k', source: '/mine', scopes: ['ingest', 'read', 'record'] }
  return { kind: 'person', id: `my-${standing}`, role: standing, party: 'my-party' }
}

/** `mine` is everybody's who could own anything; `theirs` is somebody else's in every way. */
const OWNERS: Readonly<Record<string, Owners>> = {
  mine: {
    merchants: ['my-party'],
    consumers: ['my-party'],
    sources: ['/mine/rooms'],
    people: STANDINGS.map((standing) => `my-${standing}`),
  },
  theirs: {
    merchants: ['their-party'],
    consumers: ['their-party'],
    sources: ['/mineral', '/theirs'],
    people: ['somebody'],
  },
}

const harness = () => {
  const recorded: string[] = []
  const app = new Hono<Guarded>()
  app.use(
    guard({
      origin: 'http://assay.test',
      identify: async (headers) => actorOf(headers.get('x-standing') as Standing),
      ownersOf: async (_, id) => OWNERS[id],
      recordRead: async (reader, rule, object) => {
        recorded.push(`${reader.role} ${rule.method} ${rule.path} ${object}`)
      },
      addressOf: () => '192.0.2.1',
      now: () => 0,
    }),
  )
  for (const { method, path } of RULES)
    app.on(method, path, (c) => c.json({ reach: c.get('reach') }))
  app.onError((error, c) => {
    if (error instanceof HttpProblem) return answerProblem(c, error)
    throw error
  })
  return { app, recorded }
}

const pathFor = (rule: Rule, id: string) => rule.path.replace(/:\w+/g, id).replace('*', 'x')
const idOf = (rule: Rule) => `${rule.method} ${rule.path}`
const takesObject = (rule: Rule) => rule.path.includes(':')

describe('the table of rules', () => {
  it('is the one that was agreed on, line by line', () => {
    expect(RULES.map(idOf).sort()).toEqual(Object.keys(EXPECTED).sort())
  })

  it.each(RULES.map((rule) => [idOf(rule), rule] as const))('%s', async (id, rule) => {
    const granted = EXPECTED[id]!.split(' ')
    for (const standing of STANDINGS)
      for (const object of takesObject(rule) ? ['mine', 'theirs', 'nobody'] : ['mine']) {
        const { app, recorded } = harness()
        const answer = await app.request(pathFor(rule, object), {
          method: rule.method,
          headers: { 'x-standing': standing },
        })
        const may = granted.includes('everybody') || granted.includes(standing)
        const mayOwn = granted.includes(`${standing}:own`)
        let status = standing === 'anyone' ? 401 : 403
        if (may) status = 200
        else if (mayOwn) status = object === 'mine' || rule.object === 'many' ? 200 : 404
        expect(answer.status, `${standing} asks for ${object}`).toBe(status)
        if (status === 200) {
          expect(await answer.json()).toEqual({ reach: mayOwn ? 'own' : 'all' })
        } else {
          expect(answer.headers.get('content-type')).toBe('application/problem+json')
          expect(await answer.json()).toMatchObject({ status })
        }
        const isRead = rule.personal === true && status === 200 && !mayOwn
        expect(recorded).toHaveLength(isRead ? 1 : 0)
      }
  })

  it('names whoever sees identities: never a merchant, a producer, or the public', () => {
    for (const rule of RULES.filter(({ personal }) => personal === true))
      expect(Object.keys(rule.may)).not.toEqual(expect.arrayContaining(['merchant']))
    expect(RULES.some(({ personal }) => personal === true)).toBe(true)
    for (const rule of RULES.filter(({ personal }) => personal === true)) {
      expect(rule.may.producer).toBeUndefined()
      expect(rule.may.anyone).toBeUndefined()
    }
  })

  it('lets a key do only what it was issued for', async () => {
    const app = new Hono<Guarded>()
    app.use(
      guard({
        origin: 'http://assay.test',
        identify: async () => ({ kind: 'producer', key: 'k', source: '/mine', scopes: ['read'] }),
        ownersOf: async () => OWNERS['mine'],
        recordRead: async () => undefined,
        addressOf: () => '192.0.2.1',
        now: () => 0,
      }),
    )
    app.onError((error, c) => answerProblem(c, error as HttpProblem))
    app.all('*', (c) => c.text('in'))
    expect((await app.request('/v1/broadcasts')).status).toBe(200)
    expect((await app.request('/health')).status).toBe(200)
    const refused = await app.request('/v1/events', { method: 'POST' })
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      403,
      'scope-missing',
    ])
  })

  it('refuses whatever it does not name, in any spelling', async () => {
    const { app } = harness()
    for (const path of [
      '/v1',
      '/v1/',
      '/v1/unknown',
      '/v1/broadcasts/',
      '/v1//broadcasts',
      '/V1/broadcasts',
      '/v1/broadcasts/mine/figures/x',
    ])
      expect((await app.request(path, { headers: { 'x-standing': 'admin' } })).status, path).toBe(
        404,
      )
    const put = await app.request('/v1/broadcasts', {
      method: 'PUT',
      headers: { 'x-standing': 'admin' },
    })
    expect(put.status).toBe(404)
  })

  it('finds the literal line before the one with a parameter', () => {
    const rules = [
      { ...RULES[0]!, path: '/a/:b' },
      { ...RULES[0]!, path: '/a/c' },
    ]
    expect(findRule('GET', '/a/c', rules)?.path).toBe('/a/c')
    expect(findRule('HEAD', '/a/x', rules)?.path).toBe('/a/:b')
  })
})

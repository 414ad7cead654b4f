/**
 * The one table of rules: every route, who may, and on whose objects. A route that is not here is
 * not served (guard.ts), and a line here without a route fails test/http/access/walk.test.ts.
 *
 * A merchant sees the figures and findings of its own broadcasts, as facts (views.ts); identities
 * of viewers are for those who must investigate, and each such read is recorded. Nobody who is
 * measured sees the thresholds.
 */
import { PAGE_PATHS } from '../page-paths.ts'
import type { Method, ObjectKind, Rule } from './check.ts'

/** Most bytes of a request body, except where the handler reads it piece by piece. */
export const SMALL_BODY = 64 * 1024

/** Whoever may come at all; every standing may do what `anyone` may. */
const PUBLIC = { anyone: 'all' } as const
const JUDGES = { inspector: 'all', adjudicator: 'all' } as const
const WATCHERS = { ...JUDGES, admin: 'all', regulator: 'all' } as const
const SIGNED_IN = { ...WATCHERS, merchant: 'all', consumer: 'all' } as const
/** Watchers see every broadcast; its merchants and its producer see their own. */
const BROADCAST = { ...WATCHERS, merchant: 'own', producer: 'own' } as const
const FINDING = { ...WATCHERS, merchant: 'own' } as const
const REQUEST = { ...JUDGES, consumer: 'own' } as const
const APPEAL = { ...JUDGES, merchant: 'own' } as const
const RECEIVER = { admin: 'all', merchant: 'own' } as const
const CONSUMER = { consumer: 'own' } as const
const ADMIN = { admin: 'all' } as const
const PRODUCER = { producer: 'all' } as const
const RECORDER = { producer: 'own' } as const

/** Whoever hands a file in reads what was made of it, and nobody else. */
const OWN_FILE = {
  inspector: 'own',
  adjudicator: 'own',
  admin: 'own',
  regulator: 'own',
  merchant: 'own',
} as const

const READ = { scope: 'read' } as const
const INGEST = { scope: 'ingest', streams: true, limit: 'own' } as const
const RECORD = { scope: 'record', streams: true } as const
const PERSONAL = { personal: true } as const
const EMBED = { limit: 'public' } as const
const SIGN_IN = { limit: 'sign-in' } as const

const rule = (
  method: Method,
  path: string,
  object: ObjectKind,
  may: Rule['may'],
  more: Pick<Rule, 'scope' | 'personal' | 'limit' | 'streams'> = {},
): Rule => ({ method, path, object, may, ...more })

export const RULES: readonly Rule[] = [
  // The service itself.
  rule('GET', '/health', 'none', PUBLIC),
  rule('GET', '/ready', 'none', PUBLIC),
  rule('GET', '/metrics', 'none', { ...JUDGES, admin: 'all', producer: 'all' }, READ),
  rule('GET', '/docs', 'none', PUBLIC),
  rule('GET', '/docs/page.js', 'none', PUBLIC),
  rule('GET', '/docs/page.css', 'none', PUBLIC),
  rule('GET', '/openapi.json', 'none', PUBLIC),
  rule('GET', '/asyncapi.json', 'none', PUBLIC),

  // The console: files that know nobody; what they show comes from the routes below.
  ...PAGE_PATHS.map((path) => rule('GET', path, 'none', PUBLIC)),
  rule('GET', '/assets/:name', 'none', PUBLIC),

  // What the player of any platform shows to everybody.
  rule('GET', '/embed.js', 'none', PUBLIC, EMBED),
  rule('GET', '/v1/embed/:room', 'room', PUBLIC, EMBED),
  rule('GET', '/v1/embed/:room/stream', 'room', PUBLIC, EMBED),

  // Where its link to evidence leads.

  // In.
  rule('POST', '/v1/events', 'none', PRODUCER, INGEST),
  rule('GET', '/v1/events/socket', 'none', PRODUCER, INGEST),

  // Broadcasts: figures, findings, measures, as they stand and as they come.
  rule('GET', '/v1/broadcasts', 'many', BROADCAST, READ),
  rule('GET', '/v1/broadcasts/:broadcast', 'broadcast', BROADCAST, READ),
  rule('GET', '/v1/broadcasts/:broadcast/figures', 'broadcast', BROADCAST, READ),
  rule('GET', '/v1/broadcasts/:broadcast/findings', 'broadcast', BROADCAST, READ),
  rule('GET', '/v1/broadcasts/:broadcast/measures', 'broadcast', BROADCAST, READ),
  rule('POST', '/v1/broadcasts/:broadcast/measures', 'broadcast', JUDGES),
  rule('GET', '/v1/broadcasts/:broadcast/stream', 'broadcast', BROADCAST, READ),
  rule(
    'GET',
    '/v1/broadcasts/:broadcast/suspects',
    'broadcast',
    { ...JUDGES, regulator: 'all' },
    PERSONAL,
  ),
  rule('GET', '/v1/broadcasts/:broadcast/recording', 'broadcast', FINDING),
  rule('GET', '/v1/broadcasts/:broadcast/recording/:piece', 'broadcast', FINDING),
  rule('PUT', '/v1/broadcasts/:broadcast/recording/init', 'recording', RECORDER, RECORD),
  rule('PUT', '/v1/broadcasts/:broadcast/recording/:piece', 'recording', RECORDER, RECORD),
  // Comments were public; who wrote them is not told here.
  rule('GET', '/v1/broadcasts/:broadcast/moments', 'broadcast', WATCHERS),
  rule('GET', '/v1/stream', 'many', BROADCAST, READ),
  rule('GET', '/v1/socket', 'many', BROADCAST, READ),

  // Promises, and coupons before they are issued.
  rule('GET', '/v1/broadcasts/:broadcast/promises', 'broadcast', BROADCAST, READ),
  rule('GET', '/v1/promises', 'many', FINDING),
  // `many`, because it is asked against the shop on file unless one is brought along.
  rule('POST', '/v1/prices/preflight', 'many', FINDING, { streams: true }),

  // Audits of files: `many`, because the handler knows whose each is.
  rule('GET', '/v1/audits', 'many', OWN_FILE),
  rule('POST', '/v1/audits', 'many', OWN_FILE, { streams: true }),
  rule('GET', '/v1/audits/:audit', 'many', OWN_FILE),
  rule('POST', '/v1/audits/:audit/mapping', 'many', OWN_FILE),
  rule('GET', '/v1/audits/:audit/report', 'many', OWN_FILE),
  rule('GET', '/v1/audits/:audit/page', 'many', OWN_FILE),

  // Findings and measures by their own ids.
  rule('GET', '/v1/findings', 'many', FINDING),
  rule('GET', '/v1/findings/:finding', 'finding', FINDING),
  rule('GET', '/v1/findings/:finding/evidence', 'finding', FINDING),
  // Telemetry in clear says who watched, liked and commented.
  rule(
    'GET',
    '/v1/findings/:finding/evidence/rows',
    'finding',
    { ...JUDGES, regulator: 'all' },
    PERSONAL,
  ),
  rule('GET', '/v1/measures', 'many', BROADCAST, READ),
  rule('GET', '/v1/measures/:measure', 'measure', BROADCAST, READ),
  rule('POST', '/v1/measures/:measure/lift', 'measure', { adjudicator: 'all' }),

  // Appeals: the measure is named in the body, so the handler sees to whose it is.
  rule('GET', '/v1/appeals', 'many', APPEAL),
  rule('POST', '/v1/appeals', 'many', { merchant: 'own' }),
  rule('GET', '/v1/appeals/:appeal', 'appeal', APPEAL),
  rule('POST', '/v1/appeals/:appeal/decision', 'appeal', { adjudicator: 'all' }),

  // Notes to a person: what leads to nothing by itself and must be looked at.
  rule('GET', '/v1/notes', 'many', JUDGES, PERSONAL),
  rule('POST', '/v1/notes/:note/close', 'note', JUDGES),

  // Evidence on request (M26-18): a consumer asks, and follows the own request only.
  rule('POST', '/v1/orders/:order/evidence-requests', 'order', CONSUMER),
  rule('POST', '/v1/complaints/:complaint/evidence-requests', 'complaint', CONSUMER),
  rule('GET', '/v1/evidence-requests', 'many', REQUEST, PERSONAL),
  rule('GET', '/v1/evidence-requests/:request', 'evidence-request', REQUEST, PERSONAL),
  rule('POST', '/v1/evidence-requests/:request/answer', 'evidence-request', JUDGES),

  // Webhooks: a receiver belongs to whoever set it up.
  rule('GET', '/v1/webhooks', 'many', RECEIVER),
  rule('POST', '/v1/webhooks', 'none', RECEIVER),
  rule('DELETE', '/v1/webhooks/:webhook', 'webhook', RECEIVER),
  rule('POST', '/v1/webhooks/:webhook/rotate', 'webhook', RECEIVER),
  rule('GET', '/v1/webhooks/:webhook/deliveries', 'webhook', RECEIVER),
  rule('GET', '/v1/webhooks/:webhook/dead-letters', 'webhook', RECEIVER),
  rule('POST', '/v1/webhooks/:webhook/dead-letters/:delivery/retry', 'webhook', RECEIVER),

  // Administration.
  rule('GET', '/v1/ingest-keys', 'many', ADMIN),
  rule('POST', '/v1/ingest-keys', 'none', ADMIN),
  rule('POST', '/v1/ingest-keys/:key/rotate', 'ingest-key', ADMIN),
  rule('DELETE', '/v1/ingest-keys/:key', 'ingest-key', ADMIN),
  rule('POST', '/v1/invitations', 'none', ADMIN),
  rule('POST', '/v1/invitations/accept', 'none', PUBLIC, SIGN_IN),
  rule('GET', '/v1/people', 'many', ADMIN, PERSONAL),
  rule('DELETE', '/v1/people/:person', 'person', ADMIN),
  rule('POST', '/v1/erasures', 'none', ADMIN),
  rule('GET', '/v1/reads', 'many', { admin: 'all', regulator: 'all', consumer: 'own' }),
  rule('GET', '/v1/me', 'none', SIGNED_IN),

  // Signing in and out, passkeys, OIDC: the auth library's own routes and checks.
  rule('GET', '/v1/auth/*', 'none', PUBLIC),
  rule('POST', '/v1/auth/*', 'none', PUBLIC, SIGN_IN),
]

/**
 * The rule of a request, or undefined. HEAD is asked as GET. A literal segment wins over a
 * parameter (`/v1/invitations/accept`), whatever the order of lines.
 */
export const findRule = (
  method: string,
  path: string,
  rules: readonly Rule[] = RULES,
): Rule | undefined => {
  const asked = path.split('/')
  let best: Rule | undefined
  for (const rule of rules)
    if (rule.method === (method === 'HEAD' ? 'GET' : (method as Method)) && fits(rule.path, asked))
      if (best === undefined || literals(rule.path) > literals(best.path)) best = rule
  return best
}

/** The values of a pattern's parameters, in the pattern's order. The path must fit. */
export const paramsOf = (pattern: string, path: string): Readonly<Record<string, string>> => {
  const asked = path.split('/')
  return Object.fromEntries(
    pattern
      .split('/')
      .map((part, index) => [part, asked[index] ?? ''] as const)
      .filter(([part]) => part.startsWith(':'))
      .map(([part, value]) => [part.slice(1), decoded(value)]),
  )
}

/** As Hono does: what is no valid escape stands for itself. */
const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

const fits = (pattern: string, asked: readonly string[]): boolean => {
  const parts = pattern.split('/')
  const open = parts.at(-1) === '*'
  if (open ? asked.length < parts.length : asked.length !== parts.length) return false
  return parts.every(
    (part, index) =>
      (open && index === parts.length - 1) ||
      (part.startsWith(':') ? asked[index] !== '' : part === asked[index]),
  )
}

const literals = (pattern: string): number =>
  pattern.split('/').filter((part) => part !== '*' && !part.startsWith(':')).length

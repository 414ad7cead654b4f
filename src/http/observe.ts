/**
 * What is said of each request, to the log and to OpenTelemetry: the pattern of its route, never its
 * path or query, for those name orders, complaints and people; and the kind of actor, never who.
 *
 * Traces go through `@opentelemetry/api` alone. They cost nothing until whoever runs the service
 * registers an SDK before it starts (`node --import ./tracing.js`); names are those of the semantic
 * conventions for HTTP 1.29.
 */
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './door.ts'
import { standingOf } from './access/actor.ts'

export type RequestLine = {
  readonly method: string
  /** `/v1/broadcasts/:broadcast`; empty where no rule fits. */
  readonly route: string
  readonly status: number
  readonly ms: number
  /** A role, `producer` or `anyone`; empty where the guard did not get so far. */
  readonly standing: string
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** To be the first middleware. @param nowMs a steady clock */
export const observeRequests =
  (log: (line: RequestLine) => void, nowMs: () => number): MiddlewareHandler<AppEnv> =>
  (c, next) => {
    const startedAt = nowMs()
    // A method that nobody knows is text of the caller's: it must not become a label.
    const method = METHODS.has(c.req.method) ? c.req.method : '_OTHER'
    const caller = propagation.extract(context.active(), c.req.raw.headers, headersAsCarrier)
    const attributes = { 'http.request.method': method }
    return trace
      .getTracer('assay')
      .startActiveSpan(method, { kind: SpanKind.SERVER, attributes }, caller, async (span) => {
        try {
          await next()
        } finally {
          // Undefined where the guard refused before it set them.
          const route = (c.get('rule') as AppEnv['Variables']['rule'] | undefined)?.path ?? ''
          const actor = c.get('actor') as AppEnv['Variables']['actor'] | undefined
          const { status } = c.res
          span.updateName(route === '' ? method : `${method} ${route}`)
          span.setAttributes({ 'http.route': route, 'http.response.status_code': status })
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
          const standing = actor === undefined ? '' : standingOf(actor)
          log({ method, route, status, ms: Math.round(nowMs() - startedAt), standing })
        }
      })
  }

const headersAsCarrier = {
  get: (headers: Headers, name: string) => headers.get(name) ?? undefined,
  keys: (headers: Headers) => [...headers.keys()],
}

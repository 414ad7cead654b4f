/**
 * Headers of every answer. Pages load nothing from elsewhere, nobody frames them, and answers are
 * for our own origin only; except for what is made to be embedded: the public counters.
 */
import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'

const SELF = "'self'"
const NONE = "'none'"

/** Paths that any page may load: what a player embeds. */
const isEmbedded = (path: string) => path === '/embed.js' || path.startsWith('/v1/embed/')

export const answerHeaders = (origin: string): MiddlewareHandler => {
  const headersOf = (resourcePolicy: string) =>
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: [NONE],
        scriptSrc: [SELF],
        styleSrc: [SELF],
        imgSrc: [SELF, 'data:'],
        fontSrc: [SELF],
        // Recordings are put together by the player (Media Source Extensions).
        mediaSrc: [SELF, 'blob:'],
        workerSrc: [SELF],
        connectSrc: [SELF],
        formAction: [SELF],
        baseUri: [NONE],
        frameAncestors: [NONE],
      },
      crossOriginResourcePolicy: resourcePolicy,
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
      strictTransportSecurity: origin.startsWith('https:') ? 'max-age=31536000' : false,
    })
  const own = headersOf('same-origin')
  const embedded = headersOf('cross-origin')
  // Without credentials: what is embedded knows nobody.
  const anybody = cors({ origin: '*', allowMethods: ['GET'] })
  return (c, next) =>
    isEmbedded(c.req.path)
      ? embedded(c, async () => {
          const answer = await anybody(c, next)
          if (answer !== undefined) c.res = answer
        })
      : own(c, next)
}

/**
 * An audit of a file that somebody drops on the console: taken piece by piece, judged beside the
 * service, kept for a while, and shown to whoever handed it in and to nobody else.
 */
import { Hono } from 'hono'
import { z } from 'zod'
import { mappingFile, type Mapping } from '../../importers/mapping.ts'
import type { Language } from '../../language/sentence.ts'
import type { Actor } from '../access/actor.ts'
import type { AuditView } from '../contract.ts'
import type { AppEnv } from '../door.ts'
import { bodyOf } from '../json-body.ts'
import { badRequest, notFound } from '../problem.ts'

export type Audits = {
  /** Resolves when the whole file is on disk. @throws HttpProblem `too-large`, `busy`, `timeout` */
  readonly take: (
    owner: string,
    file: { readonly name: string; readonly language: Language },
    body: AsyncIterable<Uint8Array>,
  ) => Promise<AuditView>
  /**
   * Says what the columns of a table are that waits for it; undefined where it is not there, somebody
   * else's, or does not wait.
   */
  readonly map: (owner: string, audit: string, mapping: Mapping) => AuditView | undefined
  /** Newest first. */
  readonly list: (owner: string) => readonly AuditView[]
  /** Undefined where it is not there, or somebody else's. */
  readonly get: (owner: string, audit: string) => AuditView | undefined
  /** What was made of it; undefined until it is done. */
  readonly read: (
    owner: string,
    audit: string,
    what: 'report.json' | 'report.html',
  ) => Promise<string | undefined>
}

const naming = z.object({
  name: z.string().min(1).max(200),
  language: z.enum(['en', 'zh']).default('en'),
})

export const auditRoutes = (audits: Audits): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()

  app.post('/v1/audits', async (c) => {
    const asked = naming.safeParse(c.req.query())
    if (!asked.success) throw badRequest(asked.error.issues[0]!.path.join('.'))
    const body = c.req.raw.body
    if (body === null) throw badRequest('body')
    return c.json(await audits.take(ownerOf(c.get('actor')), asked.data, body), 202)
  })

  app.get('/v1/audits', (c) => c.json({ audits: audits.list(ownerOf(c.get('actor'))) }))

  app.get('/v1/audits/:audit', (c) => {
    const view = audits.get(ownerOf(c.get('actor')), c.req.param('audit'))
    if (view === undefined) throw notFound()
    return c.json(view)
  })

  app.post('/v1/audits/:audit/mapping', async (c) => {
    const mapping = await bodyOf(c, mappingFile)
    const view = audits.map(ownerOf(c.get('actor')), c.req.param('audit'), mapping)
    if (view === undefined) throw notFound()
    return c.json(view, 202)
  })

  app.get('/v1/audits/:audit/report', async (c) => {
    const text = await audits.read(ownerOf(c.get('actor')), c.req.param('audit'), 'report.json')
    if (text === undefined) throw notFound()
    return c.body(text, 200, { 'content-type': 'application/json' })
  })

  // A document with a script of its own is saved, never shown from our origin.
  app.get('/v1/audits/:audit/page', async (c) => {
    const text = await audits.read(ownerOf(c.get('actor')), c.req.param('audit'), 'report.html')
    if (text === undefined) throw notFound()
    return c.body(text, 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'attachment; filename="audit.html"',
    })
  })

  return app
}

/** The table of rules lets only people through. */
const ownerOf = (actor: Actor): string => (actor.kind === 'person' ? actor.id : '')

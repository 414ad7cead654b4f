/**
 * The console's pages: what `npm run build` put into dist/console, read once. Files under /assets
 * carry a hash in their names and are kept by browsers for ever; the document is asked for again
 * each time, so that a new version is seen at once. Compressed once, when first asked for.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { Hono, type Context } from 'hono'
import type { AppEnv } from '../door.ts'
import { PAGE_PATHS } from '../page-paths.ts'
import { notFound } from '../problem.ts'

const BUILT = fileURLToPath(new URL('../../../dist/console', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** @param folder as Vite builds it; where there is none, its paths are answered with `not-found` */
export const pageRoutes = (folder: string = BUILT): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  const document = join(folder, 'index.html')
  const page = existsSync(document) ? fileAnswer(document, 'no-cache') : undefined
  for (const path of PAGE_PATHS)
    app.get(path, (c) => {
      if (page === undefined) throw notFound()
      return page(c)
    })
  const assets = new Map(
    page === undefined
      ? []
      : readdirSync(join(folder, 'assets')).map((name) => [
          name,
          fileAnswer(join(folder, 'assets', name), 'public, max-age=31536000, immutable'),
        ]),
  )
  // By name among those that are there: no path is ever made of what somebody asks for.
  return app.get('/assets/:name', (c) => {
    const answer = assets.get(c.req.param('name'))
    if (answer === undefined) throw notFound()
    return answer(c)
  })
}

const fileAnswer = (path: string, cacheControl: string) => {
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  const bytes = readFileSync(path)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  let compressed: Buffer | undefined
  return (c: Context): Response => {
    const headers = { etag, 'cache-control': cacheControl, vary: 'accept-encoding' }
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
    const typed = { ...headers, 'content-type': type }
    if (c.req.header('accept-encoding')?.includes('gzip') !== true)
      return c.body(new Uint8Array(bytes), 200, typed)
    compressed ??= gzipSync(bytes, { level: 9 })
    return c.body(new Uint8Array(compressed), 200, { ...typed, 'content-encoding': 'gzip' })
  }
}

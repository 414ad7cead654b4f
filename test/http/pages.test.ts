/** The console's files: who gets what, how long it is kept, and that nothing else is ever read. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, describe, expect, it } from 'vitest'
import { PAGE_PATHS } from '../../src/http/page-paths.ts'
import { answerProblem, HttpProblem } from '../../src/http/problem.ts'
import { pageRoutes } from '../../src/http/routes/pages.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-pages-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Assay</title>')
writeFileSync(join(folder, 'assets', 'main-Ab12.js'), 'console.log("实时")')
writeFileSync(join(folder, 'secret.txt'), 'not for anybody')
afterAll(() => rmSync(folder, { recursive: true }))

const appOf = (of: string) => {
  const app = new Hono()
  app.route('/', pageRoutes(of) as never)
  app.notFound((c) => c.body(null, 404))
  app.onError((error, c) => answerProblem(c, error as HttpProblem))
  return app
}
const app = appOf(folder)

describe('the pages of the console', () => {
  it('are one document at every path, asked for again each time', async () => {
    for (const path of PAGE_PATHS) {
      const answer = await app.request(path.replace(/:\w+/g, 'some-id'))
      expect(answer.status, path).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(answer.headers.get('cache-control')).toBe('no-cache')
      expect(await answer.text()).toContain('<title>Assay</title>')
    }
  })

  it('are not sent twice to whoever has them', async () => {
    const etag = (await app.request('/')).headers.get('etag')!
    const again = await app.request('/', { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('bring scripts that are kept for ever, compressed for whoever takes that', async () => {
    const asked = { headers: { 'accept-encoding': 'br, gzip' } }
    const answer = await app.request('/assets/main-Ab12.js', asked)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(await answer.arrayBuffer()).toString()).toBe('console.log("实时")')
    const plain = await app.request('/assets/main-Ab12.js')
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toBe('console.log("实时")')
  })

  it('let nobody out of the folder', async () => {
    for (const path of ['..%2Fsecret.txt', '%2e%2e%2fsecret.txt', 'nothing.js', '__proto__'])
      expect((await app.request(`/assets/${path}`)).status, path).toBe(404)
  })

  it('are not found where nothing was built', async () => {
    expect((await appOf(join(folder, 'nowhere')).request('/')).status).toBe(404)
  })
})

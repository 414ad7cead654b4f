/** Files that are served as they lie in `public/`: read once, with a tag so that browsers ask cheaply. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Context } from 'hono'

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
} as const

/** @throws where there is no such file: at the start, not at a request */
export const asset = (name: `${string}.${keyof typeof TYPES}`) => {
  const text = readFileSync(fileURLToPath(new URL(`../../public/${name}`, import.meta.url)), 'utf8')
  return textAnswer(text, TYPES[name.split('.').at(-1) as keyof typeof TYPES])
}

/** A handler that answers with the same text always. */
export const textAnswer = (text: string, type: string) => {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  return (c: Context): Response => {
    const headers = { etag, 'cache-control': 'public, max-age=300' }
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
    return c.body(text, 200, { ...headers, 'content-type': type })
  }
}

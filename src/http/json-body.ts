/** A small JSON body against its schema. @throws HttpProblem `not-json`, `bad-request` */
import type { Context } from 'hono'
import type { z } from 'zod'
import { say } from '../language/say.ts'
import { badRequest, HttpProblem } from './problem.ts'

/** An empty body is an empty object: every field may have a default. */
export const bodyOf = async <T>(c: Context, schema: z.ZodType<T>): Promise<T> => {
  const text = await c.req.text()
  let value: unknown
  try {
    value = text === '' ? {} : JSON.parse(text)
  } catch {
    throw new HttpProblem('not-json', say('problem.not-json'))
  }
  // Postgres has no text with a zero in it.
  if (/\\u0000/.test(text)) throw badRequest('U+0000')
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw badRequest(`${issue!.path.join('.') || 'body'}: ${issue!.message}`)
}

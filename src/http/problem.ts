/**
 * Every error that goes out is a problem document (RFC 9457) with a stable code of ours and a
 * sentence in both languages; this is the one place where codes become statuses.
 */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import type { Problem } from './contract.ts'

export const STATUS = {
  'bad-request': 400,
  'not-json': 400,
  'broken-archive': 400,
  'wrong-digest': 400,
  'sign-in-needed': 401,
  'not-allowed': 403,
  'scope-missing': 403,
  'cross-site': 403,
  'not-found': 404,
  'email-taken': 409,
  'measure-refused': 409,
  'appeal-refused': 409,
  'wrong-number': 409,
  'invitation-spent': 410,
  'too-often': 429,
  timeout: 408,
  'too-large': 413,
  'wrong-type': 415,
  'wrong-encoding': 415,
  'upgrade-needed': 426,
  'headers-too-large': 431,
  busy: 429,
  internal: 500,
  'not-durable': 503,
  'not-ready': 503,
} as const satisfies Readonly<Record<string, ContentfulStatusCode>>
export type ProblemCode = keyof typeof STATUS

/** Thrown by whoever handles a request; the app turns it into a document. */
export class HttpProblem extends Error {
  readonly code: ProblemCode
  readonly sentence: Sentence
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    sentence: Sentence,
    headers: Readonly<Record<string, string>> = {},
    cause?: unknown,
  ) {
    super(sentence.en, { cause })
    this.code = code
    this.sentence = sentence
    this.headers = headers
  }
}

export const notFound = () => new HttpProblem('not-found', say('problem.not-found'))

export const badRequest = (reason: string) =>
  new HttpProblem('bad-request', say('problem.bad-request', { reason }))

/** The document itself; `type` is relative, for the manual of the codes lies in docs/. */
export const problemOf = (status: number, code: string, text: Sentence): Problem => ({
  type: `about:blank#${code}`,
  title: text.en,
  status,
  code,
  text,
})

export const answerProblem = (c: Context, problem: HttpProblem): Response => {
  const status = STATUS[problem.code]
  return c.json(problemOf(status, problem.code, problem.sentence), status, {
    ...problem.headers,
    'content-type': 'application/problem+json',
  })
}

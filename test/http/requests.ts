/**
 * Requests made from the OpenAPI document, in the manner of Schemathesis (Z. Hatfield-Dodds,
 * D. Dygalo, "Deriving Semantics-Aware Fuzzers from Web API Schemas", 2022): valid ones, valid ones
 * with one thing wrong, and wild ones.
 */
import fc from 'fast-check'
import { problem } from '../../src/http/contract.ts'
import { API_RULES, codesOf, idOf, openApi, templateOf } from '../../src/http/api/openapi.ts'
import { OPERATIONS } from '../../src/http/api/operations.ts'
import type { ApiRig } from './api-rig.ts'

type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
}

type Operation = {
  readonly parameters?: readonly { name: string; in: string; schema: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> }
}

export type Generated = {
  readonly id: string
  readonly as: string | null
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
}

const DOCUMENT = openApi('test') as unknown as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const STANDINGS = [
  null,
  'inspector',
  'adjudicator',
  'merchant',
  'merchant/merchant-b',
  'consumer',
  'consumer/viewer-9',
  'regulator',
  'admin',
  'producer',
]

/** As a client would, where it can: half a surrogate pair stays what it is not. */
function encoded(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return '%ED%A0%80'
  }
}

/** Ids that exist, ids that do not, and ids that somebody hopes will break something. */
const hostileText = fc.oneof(
  fc.constantFrom(
    '../x',
    '%',
    '\0',
    "'; drop table people; --",
    '__proto__',
    'constructor',
    '\ud800',
    '☃',
    '*',
    '-1',
    '9'.repeat(40),
    'x'.repeat(5_000),
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
)
const known = fc.constantFrom(
  'broadcast-1',
  'room-1',
  'order-1',
  'complaint-1',
  'hook-1',
  'finding-1',
  'measure-1',
  'note-1',
  'letter-1',
  'request-1',
)
const param = fc.oneof(known, hostileText).map(encoded)
/** What stands behind `/v1/auth/*`, as the auth library names it. */
const authOperation = fc.constantFrom(
  'get-session',
  'list-sessions',
  'sign-in/email',
  'sign-in/oauth2',
  'sign-in/social',
  'sign-up/email',
  'sign-out',
  'change-password',
  'change-email',
  'update-user',
  'delete-user',
  'request-password-reset',
  'reset-password',
  'reset-password/x',
  'verify-email',
  'callback/oidc',
  'oauth2/callback/oidc',
  'link-social',
  'passkey/generate-register-options',
  'passkey/generate-authenticate-options',
  'passkey/verify-registration',
  'passkey/verify-authentication',
  'passkey/list-user-passkeys',
  'passkey/delete-passkey',
  'error',
  'ok',
  'nothing/here',
)

const wild = fc.oneof(
  fc.jsonValue(),
  fc.anything({ withNullPrototype: false }).map(jsonOr),
  hostileText,
)

function jsonOr(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null')
  } catch {
    return null
  }
}

/** Values that a schema takes, as far as it says so. */
const valuesOf = (schema: Schema, depth = 0): fc.Arbitrary<unknown> => {
  if (schema.$ref !== undefined)
    return valuesOf(DOCUMENT.components.schemas[schema.$ref.split('/').at(-1)!]!, depth + 1)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined)
    return fc.oneof(...schema.anyOf.map((one) => valuesOf(one, depth + 1)))
  const type: string | undefined = Array.isArray(schema.type)
    ? (schema.type[0] as string)
    : (schema.type as string | undefined)
  switch (type ?? '') {
    case 'string':
      return textsOf(schema)
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000_000 })
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      })
    case 'object': {
      const fields = Object.entries(schema.properties ?? {})
      return fc.record(
        Object.fromEntries(fields.map(([name, one]) => [name, valuesOf(one, depth + 1)])),
        { requiredKeys: [...(schema.required ?? [])] },
      )
    }
    default:
      return depth > 3 ? fc.constant(null) : fc.jsonValue({ maxDepth: 2 })
  }
}

const textsOf = ({ format, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> => {
  if (format === 'uri') return fc.webUrl({ validSchemes: ['https', 'http'] })
  if (format === 'email') return fc.emailAddress()
  if (format === 'date-time')
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map(isoOf)
  const length = { minLength, maxLength: Math.min(maxLength, minLength + 60) }
  return fc.oneof(fc.string(length), fc.string({ ...length, unit: 'grapheme' }))
}

const isoOf = (date: Date): string => date.toISOString()

/** One thing is taken away, put in another's place, or added. */
const nearly = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(valid, fc.nat(), fc.constantFrom('drop', 'swap', 'add'), wild)
    .map(([value, at, how, other]) => {
      if (typeof value !== 'object' || value === null) return other
      const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<
        string,
        unknown
      >
      const names = Object.keys(copy)
      const name = names[at % Math.max(1, names.length)] ?? 'more'
      if (how === 'drop') delete copy[name]
      else copy[how === 'swap' ? name : 'somethingElse'] = other
      return copy
    })

const bodiesOf = (schema: Schema, type: string): fc.Arbitrary<string | Uint8Array> => {
  const written = (value: unknown) =>
    type === 'application/x-ndjson' && Array.isArray(value)
      ? (value as unknown[]).map((one) => JSON.stringify(one)).join('\n')
      : JSON.stringify(value)
  const valid = valuesOf(schema)
  return fc.oneof(
    { arbitrary: valid.map(written), weight: 15 },
    { arbitrary: nearly(valid).map(written), weight: 12 },
    { arbitrary: wild.map(written), weight: 6 },
    { arbitrary: valid.map((value) => written(value).slice(0, -1)), weight: 3 },
    { arbitrary: fc.uint8Array({ maxLength: 200 }), weight: 3 },
    { arbitrary: fc.constant(`{"a":${'['.repeat(20_000)}`), weight: 1 },
    { arbitrary: fc.constant(`{"__proto__":{"x":1},"constructor":null}`), weight: 1 },
    { arbitrary: fc.constant(JSON.stringify('x'.repeat(70_000))), weight: 1 },
  )
}

const HEADERS = fc.oneof(
  { arbitrary: fc.constant<Record<string, string>>({}), weight: 12 },
  {
    arbitrary: fc.constantFrom<Record<string, string>>(
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'br' },
      { 'content-type': 'text/plain' },
      { 'content-type': '' },
      { origin: 'https://elsewhere.example' },
      { cookie: 'assay.session_token=x.y' },
      { authorization: 'Bearer assay_0000000000000000_x' },
      { 'if-none-match': '*' },
      { accept: 'text/html' },
    ),
    weight: 2,
  },
)

const requestOf = (rule: (typeof API_RULES)[number]): fc.Arbitrary<Generated> => {
  const path = templateOf(rule.path)
  const operation = DOCUMENT.paths[path]![rule.method.toLowerCase()]!
  const parameters = operation.parameters ?? []
  const content = Object.entries(operation.requestBody?.content ?? {})
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const stated = fc.record(
    Object.fromEntries(
      parameters
        .filter(({ in: place }) => place === 'header')
        .map(({ name, schema }) => [
          name,
          // What HTTP lets through: a client library refuses the rest before it is sent.
          fc.oneof(valuesOf(schema), wild).map((value) => encodeHeader(textOf(value))),
        ]),
    ),
    { requiredKeys: [] },
  )
  const inQuery = parameters.filter(({ in: place }) => place === 'query')
  const allowed = STANDINGS.filter(
    (name) => rule.may[(name?.split('/')[0] ?? 'anyone') as keyof typeof rule.may] !== undefined,
  )
  return fc
    .record({
      // Who may, mostly: a refusal at the door tests little behind it.
      as: fc.oneof(
        { arbitrary: fc.constantFrom(...(allowed.length > 0 ? allowed : STANDINGS)), weight: 5 },
        { arbitrary: fc.constantFrom(...STANDINGS), weight: 1 },
      ),
      values: fc.tuple(...names.map((name) => (name === 'operation' ? authOperation : param))),
      query: fc.array(
        fc.oneof(
          ...inQuery.map(({ name, schema }) =>
            fc.oneof(valuesOf(schema), wild).map((value) => [name, textOf(value)] as const),
          ),
          fc.tuple(hostileText, hostileText),
        ),
        { maxLength: 3 },
      ),
      headers: HEADERS,
      stated,
      sent:
        content.length === 0
          ? fc.constant(null)
          : fc.oneof(
              ...content.map(([type, { schema }]) =>
                bodiesOf(schema, type).map((body) => ({ type, body })),
              ),
            ),
    })
    .map(({ as, values, query, headers, stated: said, sent }) => {
      let filled = path
      for (const [index, name] of names.entries())
        filled = filled.replace(`{${name}}`, () => String(values[index]))
      const search = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
      return {
        id: idOf(rule),
        as,
        method: rule.method,
        path: `${filled}${search === '' ? '' : `?${search}`}`,
        headers: { ...(sent === null ? {} : { 'content-type': sent.type }), ...said, ...headers },
        body: sent?.body ?? null,
      }
    })
}

const encodeHeader = (text: string): string => text.replaceAll(/[^\x21-\x7e]/g, '?').slice(0, 200)

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '')

/** Any operation of the document; signing in costs much and is asked less. */
const requests: fc.Arbitrary<Generated> = fc.oneof(
  ...API_RULES.map((rule) => ({
    arbitrary: requestOf(rule),
    weight: rule.path.startsWith('/v1/auth') ? 1 : 4,
  })),
)

/** What was deleted comes back after so many requests. */
const RENEW_EVERY = 50

/**
 * Sends `count` generated requests, one after another.
 * @returns what went wrong, the same once, and what each operation answered
 */
export const faults = async (
  rig: Pick<ApiRig, 'app' | 'renew'>,
  count: number,
  seed: number,
): Promise<{
  readonly faults: readonly string[]
  readonly statuses: ReadonlyMap<string, Set<number>>
}> => {
  const found = new Map<string, string>()
  const statuses = new Map(API_RULES.map((rule) => [idOf(rule), new Set<number>()]))
  for (const [index, request] of fc.sample(requests, { numRuns: count, seed }).entries()) {
    if (index % RENEW_EVERY === 0) await rig.renew()
    const { fault, status } = await faultOf(rig, request)
    statuses.get(request.id)!.add(status)
    if (fault === null) continue
    const { body, ...rest } = request
    const sent = typeof body === 'string' ? body.slice(0, 300) : body
    found.set(
      `${request.id} ${fault.slice(0, 60)}`,
      `${fault}\n  ${JSON.stringify({ ...rest, sent })}`,
    )
  }
  return { faults: [...found.values()], statuses }
}

/** `fault` is what is wrong with the answer, or null. */
const faultOf = async (
  { app }: Pick<ApiRig, 'app'>,
  { id, as, method, path, headers, body }: Generated,
): Promise<{ readonly status: number; readonly fault: string | null }> => {
  const answer = await app.request(
    `http://assay.test${path}`,
    {
      method,
      headers: { ...headers, ...(as === null ? {} : { 'x-as': as }) },
      ...(body === null || method === 'GET' ? {} : { body: body as never }),
    },
    // As a server would, though without a socket.
    {},
  )
  const text = await answer.text()
  const { status } = answer
  if (status >= 500) return { status, fault: `${status} ${text}` }
  const fault = status >= 400 ? problemFault(id, answer, text) : promiseFault(id, status, text)
  return { status, fault }
}

const promiseFault = (id: string, status: number, text: string): string | null => {
  const promised = OPERATIONS[id]!.answers.find((one) => one.status === status)
  if (promised === undefined) return `${status} is not in the document`
  if (promised.schema === undefined) return null
  const parsed = promised.schema.safeParse(JSON.parse(text))
  return parsed.success ? null : `${status} ${parsed.error.message} ${text.slice(0, 300)}`
}

const problemFault = (id: string, answer: Response, text: string): string | null => {
  const type = answer.headers.get('content-type')
  if (type !== 'application/problem+json') return `${answer.status} is ${type}: ${text}`
  const parsed = problem.safeParse(JSON.parse(text))
  if (!parsed.success) return `${parsed.error.message}: ${text}`
  const { code, status } = parsed.data
  if (status !== answer.status) return `${answer.status} says ${status}`
  const rule = API_RULES.find((one) => idOf(one) === id)!
  const operation = OPERATIONS[id]!
  // A path that was bent may be that of another route, or of none.
  if (operation.hasForeignCodes || code === 'not-found') return null
  return (codesOf(rule, operation) as readonly string[]).includes(code)
    ? null
    : `${code} is not in the document`
}

/**
 * The OpenAPI 3.1 document, made of the table of rules, the operations and the schemas: what is not
 * in the rules is not in here, and whatever is there must be.
 */
import { problem } from '../contract.ts'
import { STATUS, type ProblemCode } from '../problem.ts'
import { STANDINGS } from '../access/actor.ts'
import type { Rule } from '../access/check.ts'
import { RULES } from '../access/rules.ts'
import { PAGE_PATHS } from '../page-paths.ts'
import { OPERATIONS, TAGS, type Operation } from './operations.ts'
import { Components } from './schemas.ts'

export const both = ({ en, zh }: { readonly en: string; readonly zh: string }): string =>
  `${en} · ${zh}`

export const idOf = ({ method, path }: Pick<Rule, 'method' | 'path'>): string => `${method} ${path}`

/** `/v1/broadcasts/:broadcast` as OpenAPI writes it; a wildcard is a parameter of its own. */
export const templateOf = (path: string): string =>
  path.replace(/:(\w+)/g, '{$1}').replace('*', '{operation}')

/** @throws where a rule has no operation */
/** The console's pages and their files are no interface for programs. */
const PAGES: ReadonlySet<string> = new Set([...PAGE_PATHS, '/assets/:name'])
export const API_RULES: readonly Rule[] = RULES.filter(({ path }) => !PAGES.has(path))

export const openApi = (version: string) => {
  const components = new Components()
  const responses: Record<string, unknown> = {}
  const paths: Record<string, Record<string, unknown>> = {}
  for (const rule of API_RULES) {
    const operation = OPERATIONS[idOf(rule)]
    if (operation === undefined) throw new Error(`${idOf(rule)} is not described`)
    const path = (paths[templateOf(rule.path)] ??= {})
    path[rule.method.toLowerCase()] = described(rule, operation, components, responses)
  }
  const problemSchema = components.of(problem, 'output')
  return {
    openapi: '3.1.0',
    info: {
      title: 'Assay',
      version,
      description: both({
        en: 'What is genuine in a live-shopping room, as it happens. Every error is a problem document (RFC 9457) with a stable code.',
        zh: '直播带货间的真实情况，实时可查。所有错误均为带稳定代码的问题文档（RFC 9457）。',
      }),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS).map(([name, says]) => ({ name, description: both(says) })),
    paths,
    components: {
      schemas: { ...components.schemas },
      responses: {
        ...responses,
        Problem: {
          description: both({ en: 'a problem', zh: '问题文档' }),
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'assay.session_token',
          description: both({ en: 'somebody who signed in', zh: '已登录人员' }),
        },
        key: {
          type: 'http',
          scheme: 'bearer',
          description: both({ en: 'an ingest key of a producer', zh: '数据来源的接入密钥' }),
        },
      },
    },
  }
}

const described = (
  rule: Rule,
  operation: Operation,
  components: Components,
  responses: Record<string, unknown>,
) => {
  const { tag, says, query = {}, headers = {}, body, answers } = operation
  const parameters = [
    ...[...templateOf(rule.path).matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string', minLength: 1 },
    })),
    ...Object.entries(query).map(([name, schema]) => ({
      name,
      in: 'query',
      required: false,
      schema: components.of(schema, 'input'),
    })),
    ...Object.entries(headers).map(([name, schema]) => ({
      name,
      in: 'header',
      required: !schema.safeParse(undefined).success,
      schema: components.of(schema, 'input'),
    })),
  ]
  return {
    operationId: nameOf(rule),
    tags: [tag],
    summary: both(says),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            content: Object.fromEntries(
              body.types.map((type) => [type, { schema: components.of(body.schema, 'input') }]),
            ),
          },
        }),
    responses: {
      ...Object.fromEntries(
        answers.map(({ status, type, schema }) => [
          String(status),
          {
            description: status === 304 ? 'unchanged' : 'done',
            ...(type === undefined
              ? {}
              : {
                  content: {
                    [type]: schema === undefined ? {} : { schema: components.of(schema, 'output') },
                  },
                }),
          },
        ]),
      ),
      ...problemsOf(rule, operation, responses),
      ...(operation.hasForeignCodes ? { '4XX': { $ref: '#/components/responses/Problem' } } : {}),
    },
    security: securityOf(rule),
    'x-may': rule.may.anyone === undefined ? mayOf(rule) : { anyone: 'all' },
    ...(rule.scope === undefined ? {} : { 'x-scope': rule.scope }),
    ...(rule.personal === true ? { 'x-reads-are-recorded': true } : {}),
  }
}

/** `GET /v1/broadcasts/:broadcast/figures` as `get_v1_broadcasts_broadcast_figures`. */
const nameOf = ({ method, path }: Rule): string =>
  `${method.toLowerCase()}${path.replace('*', 'any').replaceAll(/[^a-z0-9]+/gi, '_')}`

const mayOf = ({ may }: Rule) =>
  Object.fromEntries(STANDINGS.flatMap((name) => (may[name] ? [[name, may[name]]] : [])))

const securityOf = ({ may }: Rule) => {
  if (may.anyone !== undefined) return []
  const isForPeople = STANDINGS.some((name) => name !== 'producer' && may[name] !== undefined)
  return [
    ...(isForPeople ? [{ session: [] }] : []),
    ...(may.producer === undefined ? [] : [{ key: [] }]),
  ]
}

/** Codes that a request may meet, by what its rule says and what its handler adds. */
export const codesOf = (rule: Rule, operation: Operation): readonly ProblemCode[] => {
  const codes = new Set<ProblemCode>(['internal', ...(operation.problems ?? [])])
  if (rule.may.anyone === undefined) codes.add('sign-in-needed').add('not-allowed')
  if (rule.scope !== undefined) codes.add('scope-missing')
  if (rule.path.includes(':')) codes.add('not-found')
  if (rule.limit !== 'own') codes.add('too-often')
  // A socket opens by GET, and from another site it may not.
  if (rule.method !== 'GET' || operation.answers.some(({ status }) => status === 101))
    codes.add('cross-site')
  if (rule.streams !== true && rule.method !== 'GET') codes.add('too-large')
  if (operation.body !== undefined && rule.streams !== true)
    codes.add('not-json').add('bad-request')
  return [...codes].sort()
}

/** One response for each set of codes under one status, shared by all operations. */
const problemsOf = (rule: Rule, operation: Operation, responses: Record<string, unknown>) => {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of codesOf(rule, operation))
    byStatus.set(STATUS[code], [...(byStatus.get(STATUS[code]) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const name = codes.join('.')
      responses[name] ??= {
        description: codes.join(', '),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [{ $ref: '#/components/schemas/Problem' }],
              properties: { code: { enum: codes } },
            },
          },
        },
      }
      return [String(status), { $ref: `#/components/responses/${name}` }]
    }),
  )
}

/** The documents of the interface against the table of rules they are made of, and JSON Schema. */
import { describe, expect, it } from 'vitest'
import { asyncApi, TOPIC_DATA, WEBHOOK_TYPES } from '../../src/http/api/asyncapi.ts'
import { API_RULES, idOf, openApi, templateOf } from '../../src/http/api/openapi.ts'
import { OPERATIONS } from '../../src/http/api/operations.ts'
import { PUBLIC_TOPICS } from '../../src/http/routes/embed.ts'

type Json = Record<string, unknown>
const document = openApi('1.2.3') as unknown as Json & {
  paths: Record<string, Record<string, Json>>
  components: { schemas: Json; responses: Json }
}

/** Every `$ref` within, wherever it stands. */
const refsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' ? [inner as string] : refsIn(inner),
  )
}

const at = (root: unknown, ref: string): unknown =>
  ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key], root)

describe('the OpenAPI document', () => {
  it('describes every route of the table of rules, and nothing else', () => {
    expect(Object.keys(OPERATIONS).sort()).toEqual(API_RULES.map(idOf).sort())
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.sort()).toEqual(
      API_RULES.map(({ method, path }) => `${method} ${templateOf(path)}`).sort(),
    )
  })

  it('names every operation once, says what it does in both languages, and who may', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    for (const { summary, operationId, 'x-may': may } of operations) {
      expect(summary, String(operationId)).toMatch(/^[^·]+ · .*[\u4e00-\u9fff]/)
      expect(Object.keys(may as Json)).not.toEqual([])
    }
  })

  it('refers to nothing that is not there', () => {
    const refs = refsIn(document)
    expect(refs.length).toBeGreaterThan(100)
    for (const ref of refs) expect(at(document, ref), ref).toBeDefined()
  })

  it('names every parameter of a path', () => {
    for (const [path, methods] of Object.entries(document.paths))
      for (const { parameters = [] } of Object.values(methods)) {
        const named = (parameters as { in: string; name: string }[])
          .filter(({ in: place }) => place === 'path')
          .map(({ name }) => `{${name}}`)
        expect(named.sort()).toEqual((path.match(/\{\w+\}/g) ?? []).sort())
      }
  })

  it('asks for a session or a key wherever not everybody may', () => {
    for (const { path, method, may } of API_RULES) {
      const { security } = document.paths[templateOf(path)]![method.toLowerCase()]!
      expect((security as unknown[]).length > 0, path).toBe(may.anyone === undefined)
    }
  })

  it('names its components as OpenAPI allows', () => {
    for (const part of Object.values(document.components))
      for (const name of Object.keys(part)) expect(name).toMatch(/^[a-zA-Z0-9._-]+$/)
  })
})

describe('the AsyncAPI document', () => {
  const streams = asyncApi('1.2.3') as unknown as Json & { channels: Record<string, Json> }

  it('refers to nothing that is not there', () => {
    const refs = refsIn(streams)
    expect(refs.length).toBeGreaterThan(20)
    for (const ref of refs) expect(at(streams, ref), ref).toBeDefined()
  })

  it('has a channel for every stream and socket of the table of rules', () => {
    const addresses = Object.values(streams.channels).map(({ address }) => address)
    const open = API_RULES.filter(({ path }) => /\/(stream|socket)$/.test(path))
    expect(open.length).toBe(5)
    for (const { path } of open) expect(addresses).toContain(templateOf(path))
  })

  it('knows every topic, for streams and for webhooks', () => {
    expect(Object.keys(TOPIC_DATA).sort()).toEqual(Object.keys(WEBHOOK_TYPES).sort())
    for (const topic of PUBLIC_TOPICS) expect(Object.keys(TOPIC_DATA)).toContain(topic)
  })
})

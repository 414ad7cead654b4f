/**
 * From zod to JSON Schema 2020-12 (which OpenAPI 3.1 and AsyncAPI 3.0 take as it is): whatever has an
 * id goes into `components/schemas` once and is referred to.
 */
import { z } from 'zod'

type Json = Readonly<Record<string, unknown>>

export class Components {
  readonly schemas: Record<string, Json> = {}

  /** @param io `input` for what is sent to us, `output` for what we answer */
  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const { $schema: _, $defs = {}, ...whole } = z.toJSONSchema(schema, { io })
    for (const [id, definition] of Object.entries($defs)) this.#add(id, definition)
    const { id, ...said } = moved(whole)
    if (typeof id !== 'string') return said
    this.#add(id, said)
    return { $ref: `#/components/schemas/${id}` }
  }

  #add(id: string, definition: Json): void {
    const { id: _, ...said } = moved(definition)
    this.schemas[id] ??= said
  }
}

/** References go to the components; whoever reads an answer must bear fields that are new. */
const moved = (value: Json): Json => movedValue(value) as Json

const movedValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return (value as unknown[]).map(movedValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !isNoise(key, inner, value))
      .map(([key, inner]) =>
        key === '$ref' && typeof inner === 'string'
          ? [key, inner.replace('#/$defs/', '#/components/schemas/')]
          : [key, movedValue(inner)],
      ),
  )
}

/** What says nothing that is not said beside it: bounds of a double, the regex of a known format. */
const isNoise = (key: string, inner: unknown, within: object): boolean =>
  (key === 'additionalProperties' && inner === false) ||
  (key === 'pattern' && 'format' in within) ||
  inner === Number.MAX_SAFE_INTEGER ||
  inner === Number.MIN_SAFE_INTEGER

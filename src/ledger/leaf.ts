/**
 * One material event as one leaf: canonical JSON (RFC 8785) without personal data in clear. Every
 * field that the vocabulary calls personal, and every field that it does not know, becomes a salted
 * disclosure (RFC 9901). open-leaf.ts is the inverse, and does not need the vocabulary.
 */
import type { z } from 'zod'
import { EVENTS, type AssayEvent, type EventType } from '../vocabulary/index.ts'
import { canonicalBytes, isJsonObject, type Json, type JsonObject } from './canonical.ts'
import { DIGESTS, RESERVED_NAMES, digestOf, disclose } from './disclosure.ts'
import { MAX_ENTRY_BYTES } from './entry-bundle.ts'
import { LedgerError } from './error.ts'
import { sha256, type Sha256 } from './hash.ts'

export { openLeaf } from './open-leaf.ts'

/** Sixteen fresh random bytes at each call. */
export type Salt = () => Uint8Array

export type LeafPlace = {
  readonly room: string
  /** Gap-free in its room, from 0; a chunk of telemetry takes one number too. */
  readonly sequence: number
}

export type LeafDisclosure = {
  /** As it stands in the leaf. */
  readonly digest: string
  readonly disclosure: string
  /** Where the field was, array places as numbers: `event.data.hosts.0.account`. */
  readonly path: string
}

export type Leaf = {
  /** The bytes to log. */
  readonly entry: Uint8Array
  /** What to keep in the erasable vault, in the order of the event's fields. */
  readonly disclosures: readonly LeafDisclosure[]
}

/**
 * `{"event":{…},"room":…,"sequence":…,"v":1}`, the concealed fields as digests beside where they
 * stood. An event too long for an entry keeps its envelope in clear and conceals `data` whole.
 * @throws LedgerError `not-canonical`, `reserved-name`
 */
export const leafOf = (
  event: AssayEvent,
  place: LeafPlace,
  salt: Salt,
  hash: Sha256 = sha256,
): Leaf => {
  const leaf = encode(event, place, planOf(event.type), salt, hash)
  return leaf.entry.length <= MAX_ENTRY_BYTES ? leaf : encode(event, place, ENVELOPE, salt, hash)
}

const encode = (
  event: AssayEvent,
  { room, sequence }: LeafPlace,
  plan: Plan,
  salt: Salt,
  hash: Sha256,
): Leaf => {
  const disclosures: LeafDisclosure[] = []
  const conceal = (node: Json, plan: Plan | typeof CLEAR, path: string): Json => {
    if (Array.isArray(node))
      return node.map((item, i) => conceal(item as Json, plan, `${path}.${i}`))
    if (!isJsonObject(node)) return node
    const members: [string, Json][] = []
    const digests: string[] = []
    for (const [name, value] of Object.entries(node)) {
      if (value === undefined) continue
      if (RESERVED_NAMES.has(name)) throw new LedgerError('reserved-name', { name })
      const within = plan === CLEAR ? CLEAR : plan.get(name)
      if (within !== undefined) members.push([name, conceal(value, within, `${path}.${name}`)])
      else {
        const disclosure = disclose(salt(), name, value)
        const digest = digestOf(disclosure, hash)
        digests.push(digest)
        disclosures.push({ digest, disclosure, path: `${path}.${name}` })
      }
    }
    if (digests.length > 0) members.push([DIGESTS, digests.sort()])
    return Object.fromEntries(members)
  }
  const concealed = conceal(event as unknown as JsonObject, plan, 'event')
  return { entry: canonicalBytes({ event: concealed, room, sequence, v: 1 }), disclosures }
}

/** What stays in clear of an object: a name that is not here is concealed, known or not. */
type Plan = { readonly get: (name: string) => Plan | typeof CLEAR | undefined }
const CLEAR = 'clear'

/** The envelope alone: `data` is concealed whole. */
const ENVELOPE: ReadonlyMap<string, Plan | typeof CLEAR> = new Map(
  (['specversion', 'id', 'source', 'type', 'subject', 'time'] as const).map((name) => [
    name,
    CLEAR,
  ]),
)

const planOf = (type: EventType): Plan => {
  const known = plans.get(type)
  if (known !== undefined) return known
  const { data, personal } = EVENTS[type]
  const plan = new Map([...ENVELOPE, ['data', planOfSchema(data, personal)] as const])
  plans.set(type, plan)
  return plan
}

const plans = new Map<EventType, Plan>()

/**
 * Looks through optional fields and lists, as the dotted paths of `personal` do. An object with
 * names of its own choosing (a record) stays in clear.
 */
const planOfSchema = (schema: z.ZodType, personal: readonly string[]): Plan | typeof CLEAR => {
  const { def } = schema as unknown as { readonly def: SchemaDefinition }
  const inner = def.innerType ?? def.element
  if (inner !== undefined) return planOfSchema(inner, personal)
  if (def.shape === undefined) return CLEAR
  const plan = new Map<string, Plan | typeof CLEAR>()
  for (const [name, field] of Object.entries(def.shape)) {
    const within = personal.filter((path) => path.startsWith(`${name}.`))
    const inside = within.map((path) => path.slice(name.length + 1))
    if (!personal.includes(name)) plan.set(name, planOfSchema(field, inside))
  }
  return plan
}

/** What is read of a schema's definition: objects have a shape, optionals and lists an inside. */
type SchemaDefinition = {
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly innerType?: z.ZodType
  readonly element?: z.ZodType
}

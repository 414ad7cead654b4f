/**
 * One JSON text for one value: RFC 8785 (JCS). Members sorted by UTF-16 code units, numbers and
 * strings as ECMAScript writes them, no white space. I-JSON (RFC 7493) only: what has no such form
 * is refused, never repaired.
 */
import { fromUtf8 } from './bytes.ts'
import { LedgerError } from './error.ts'

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type JsonObject = { readonly [name: string]: Json }

const MAX_DEPTH = 64

/**
 * Members that are undefined are left out, as JSON does.
 * @throws LedgerError `not-canonical` for lone surrogates, NaN and infinities, anything that is not
 *   JSON, and nesting deeper than 64
 */
export const canonical = (value: unknown): string => {
  const text = write(value, 0)
  // A lone surrogate was escaped as \udxxx; well-formed text only ever has \\ud there.
  if (text.includes('\\ud') && /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text))
    throw new LedgerError('not-canonical')
  return text
}

/** The value of bytes that are canonical JSON; null for any other bytes, also for other JSON. */
export const fromCanonical = (bytes: Uint8Array): Json | null => {
  const text = fromUtf8(bytes)
  if (text === null) return null
  try {
    const value = JSON.parse(text) as Json
    return canonical(value) === text ? value : null
  } catch {
    return null
  }
}

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const write = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return writeString(value)
  if (typeof value === 'number' && Number.isFinite(value)) return String(value === 0 ? 0 : value)
  if (typeof value === 'boolean' || value === null) return String(value)
  if (typeof value !== 'object' || depth === MAX_DEPTH) throw new LedgerError('not-canonical')
  return Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value, depth + 1)
}

/** Most strings need no escape, and looking is several times cheaper than JSON.stringify. */
const writeString = (text: string): string =>
  ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`
// eslint-disable-next-line no-control-regex
const ESCAPED = /[\u0000-\u001f"\\\ud800-\udfff]/

const writeArray = (values: readonly unknown[], depth: number): string => {
  let text = '['
  for (const value of values) text += (text.length > 1 ? ',' : '') + write(value, depth)
  return `${text}]`
}

const writeObject = (object: object, depth: number): string => {
  const members = object as Readonly<Record<string, unknown>>
  let text = '{'
  for (const { name, label } of orderOf(Object.keys(members))) {
    const value = members[name]
    if (value !== undefined) text += (text.length > 1 ? ',' : '') + label + write(value, depth)
  }
  return `${text}}`
}

type Order = {
  readonly names: readonly string[]
  readonly sorted: readonly { readonly name: string; readonly label: string }[]
}

/**
 * The sorted members of objects with these names in this order. Events come by the hundred thousand
 * in a few shapes, so the last few orders are kept, the one just used first.
 */
const orderOf = (names: readonly string[]): Order['sorted'] => {
  for (let i = 0; i < orders.length; i += 1) {
    const order = orders[i]!
    if (isSame(order.names, names)) {
      if (i > 0) [orders[i - 1], orders[i]] = [order, orders[i - 1]!]
      return order.sorted
    }
  }
  const sorted = names.toSorted().map((name) => ({ name, label: `${writeString(name)}:` }))
  if (names.length > MAX_KEPT_NAMES) return sorted
  if (orders.length === MAX_ORDERS) orders.pop()
  orders.unshift({ names, sorted })
  return sorted
}

const MAX_ORDERS = 16
/** Larger objects are no events of ours, and need not be remembered. */
const MAX_KEPT_NAMES = 64
const orders: Order[] = []

const isSame = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false
  return true
}

/**
 * One JSON text for one value: RFC 8785 (JCS). Members sorted by UTF-16 code units, numbers and
 * strings as ECMAScript writes them, no white space. I-JSON (RFC 7493) only: what has no such form
 * is refused, never repaired.
 */
import { ByteWriter } from './byte-writer.ts'
import { equalBytes, fromUtf8 } from './bytes.ts'
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
export const canonical = (value: unknown): string => decoder.decode(canonicalBytes(value))

/** The same in UTF-8. */
export const canonicalBytes = (value: unknown): Uint8Array<ArrayBuffer> => {
  scratch.length = 0
  writeCanonical(value, scratch)
  return scratch.written()
}

/** The same, after what was written. Where it throws, a part of it may have been written. */
export const writeCanonical = (value: unknown, out: ByteWriter): void => write(value, out, 0)

/** The value of bytes that are canonical JSON; null for any other bytes, also for other JSON. */
export const fromCanonical = (bytes: Uint8Array): Json | null => {
  const text = fromUtf8(bytes)
  if (text === null) return null
  try {
    const value = JSON.parse(text) as Json
    return equalBytes(canonicalBytes(value), bytes) ? value : null
  } catch {
    return null
  }
}

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Written anew for each value and copied out of before the next. */
const scratch = new ByteWriter(4096)
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const write = (value: unknown, out: ByteWriter, depth: number): void => {
  if (typeof value === 'string') writeString(value, out)
  else if (typeof value === 'number' && Number.isFinite(value))
    out.appendAscii(String(value === 0 ? 0 : value))
  else if (typeof value === 'boolean' || value === null) out.appendAscii(String(value))
  else if (typeof value !== 'object' || depth === MAX_DEPTH) throw new LedgerError('not-canonical')
  else if (Array.isArray(value)) writeArray(value, out, depth + 1)
  else writeObject(value, out, depth + 1)
}

/** Most strings are ASCII and need no escape: copied unit by unit, they cost a third. */
const writeString = (text: string, out: ByteWriter): void => {
  out.reserve(text.length + 2)
  const { bytes } = out
  let at = out.length
  bytes[at] = QUOTE
  at += 1
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit < 0x20 || unit > 0x7f || unit === QUOTE || unit === BACKSLASH)
      return writeOther(text, out)
    bytes[at + i] = unit
  }
  bytes[at + text.length] = QUOTE
  out.length = at + text.length + 1
}

const writeOther = (text: string, out: ByteWriter): void => {
  // Half a surrogate pair has no UTF-8.
  if (/\p{Surrogate}/u.test(text)) throw new LedgerError('not-canonical')
  out.appendText(JSON.stringify(text))
}

const writeArray = (values: readonly unknown[], out: ByteWriter, depth: number): void => {
  out.put(OPEN_LIST)
  // By index: a list with holes is no JSON.
  for (let i = 0; i < values.length; i += 1) {
    if (i > 0) out.put(COMMA)
    write(values[i], out, depth)
  }
  out.put(CLOSE_LIST)
}

const writeObject = (object: object, out: ByteWriter, depth: number): void => {
  const members = object as Readonly<Record<string, unknown>>
  const sorted = orderOf(Object.keys(members))
  out.put(OPEN)
  let isFirst = true
  for (let i = 0; i < sorted.length; i += 1) {
    const { name, label } = sorted[i]!
    const value = members[name]
    if (value === undefined) continue
    if (!isFirst) out.put(COMMA)
    isFirst = false
    writeLabel(label, out)
    write(value, out, depth)
  }
  out.put(CLOSE)
}

/** Unit by unit too: a call to copy so few bytes would cost more. */
const writeLabel = (label: Uint8Array, out: ByteWriter): void => {
  out.reserve(label.length)
  const { bytes, length } = out
  for (let i = 0; i < label.length; i += 1) bytes[length + i] = label[i]!
  out.length = length + label.length
}

type Order = {
  readonly names: readonly string[]
  /** `label` is the name in quotes and the colon. */
  readonly sorted: readonly { readonly name: string; readonly label: Uint8Array }[]
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
  const sorted = names.toSorted().map((name) => ({ name, label: labelOf(name) }))
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

const labelOf = (name: string): Uint8Array => {
  const out = new ByteWriter(name.length * 3 + 3)
  writeString(name, out)
  out.put(COLON)
  return out.written()
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN = 0x7b
const CLOSE = 0x7d
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d

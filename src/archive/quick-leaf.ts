/**
 * Reading our own leaves back, some ten times quicker than open-leaf.ts: what lies in our own log and
 * vault needs no proof that it is canonical. Nothing that comes from anybody else is read here.
 */
import { hash } from 'node:crypto'
import { isJsonObject, type Json, type JsonObject } from '../ledger/canonical.ts'
import { DIGESTS } from '../ledger/disclosure.ts'

export type Disclosed = { readonly name: string; readonly value: Json }

/** The object that an entry is; null for an entry of another kind. */
export const parseObject = (bytes: Uint8Array): JsonObject | null => {
  try {
    const value = JSON.parse(decoder.decode(bytes)) as Json
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}

/** Name and value of a disclosure. @throws SyntaxError for what none of our leaves ever had */
export const parseDisclosure = (disclosure: string): Disclosed => {
  const [, name, value] = JSON.parse(Buffer.from(disclosure, 'base64url').toString('utf8')) as [
    string,
    string,
    Json,
  ]
  return { name, value }
}

/** The leaf with its disclosures in their places; one without a place is left out. */
export const fillIn = (leaf: JsonObject, disclosures: readonly string[]): JsonObject => {
  if (disclosures.length === 0) return withoutDigests(leaf, NONE)
  const byDigest = new Map(
    disclosures.map((disclosure) => [hash('sha256', disclosure, 'base64url'), disclosure]),
  )
  return withoutDigests(leaf, byDigest)
}

const decoder = new TextDecoder()
const NONE: ReadonlyMap<string, string> = new Map()

const withoutDigests = (node: JsonObject, byDigest: ReadonlyMap<string, string>): JsonObject => {
  const members: [string, Json][] = []
  for (const [name, value] of Object.entries(node))
    if (name !== DIGESTS) members.push([name, within(value, byDigest)])
  for (const digest of (node[DIGESTS] ?? []) as readonly string[]) {
    const disclosure = byDigest.get(digest)
    if (disclosure === undefined) continue
    const { name, value } = parseDisclosure(disclosure)
    members.push([name, value])
  }
  return Object.fromEntries(members)
}

const within = (value: Json, byDigest: ReadonlyMap<string, string>): Json => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => within(item as Json, byDigest))
  return withoutDigests(value as JsonObject, byDigest)
}

/**
 * Reading a leaf with what was disclosed of it (RFC 9901 §7.1). Knows no event types, so it reads
 * the leaves of other producers too, and the verifier in a page need not carry the vocabulary.
 */
import { DIGESTS, RESERVED_NAMES, digestOf, openDisclosure, type Disclosed } from './disclosure.ts'
import { fromCanonical, isJsonObject, type Json, type JsonObject } from './canonical.ts'
import { LedgerError } from './error.ts'
import { sha256, type Sha256 } from './hash.ts'

export type OpenedLeaf = {
  /** The leaf with the disclosed fields back in their places and no digests. */
  readonly leaf: JsonObject
  /** In the order of the leaf. `path` is dotted, array places as numbers: `event.data.viewer`. */
  readonly disclosed: readonly (Disclosed & { readonly path: string; readonly digest: string })[]
  /** Digests whose disclosure was not given: erased, or withheld. They name nothing. */
  readonly hidden: readonly string[]
}

/**
 * Strict: canonical JSON, digests sorted and each once, every disclosure used exactly once.
 * Disclosed values are taken as they stand; no disclosure of ours holds another.
 * @throws LedgerError `malformed-leaf`, `malformed-disclosure`, `unknown-disclosure`
 */
export const openLeaf = (
  entry: Uint8Array,
  disclosures: readonly string[],
  hash: Sha256 = sha256,
): OpenedLeaf => {
  const value = fromCanonical(entry)
  if (value === null || !isJsonObject(value)) throw new LedgerError('malformed-leaf')
  const given = new Map<string, Disclosed>()
  for (const disclosure of disclosures) {
    const digest = digestOf(disclosure, hash)
    const opened = openDisclosure(disclosure)
    if (given.has(digest)) throw new LedgerError('unknown-disclosure', { name: opened.name })
    given.set(digest, opened)
  }
  const disclosed: OpenedLeaf['disclosed'][number][] = []
  const hidden: string[] = []
  const seen = new Set<string>()
  const fill = (node: Json, path: string): Json => {
    if (Array.isArray(node)) return node.map((item, i) => fill(item as Json, join(path, i)))
    if (!isJsonObject(node)) return node
    const members: [string, Json][] = []
    for (const [name, member] of Object.entries(node)) {
      if (name === DIGESTS) continue
      if (RESERVED_NAMES.has(name)) throw new LedgerError('malformed-leaf')
      members.push([name, fill(member, join(path, name))])
    }
    for (const digest of digestsOf(node)) {
      if (seen.has(digest)) throw new LedgerError('malformed-leaf')
      seen.add(digest)
      const found = given.get(digest)
      if (found === undefined) hidden.push(digest)
      else {
        given.delete(digest)
        // A disclosure may add a field, never replace one that stands in clear.
        if (members.some(([name]) => name === found.name))
          throw new LedgerError('malformed-disclosure')
        members.push([found.name, found.value])
        disclosed.push({ ...found, path: join(path, found.name), digest })
      }
    }
    return Object.fromEntries(members)
  }
  const leaf = fill(value, '') as JsonObject
  for (const { name } of given.values()) throw new LedgerError('unknown-disclosure', { name })
  return { leaf, disclosed, hidden }
}

const join = (path: string, step: string | number): string =>
  path === '' ? String(step) : `${path}.${step}`

/** Sorted, so that their order tells nothing of the fields (RFC 9901 §4.2.4.1). */
const digestsOf = (node: JsonObject): readonly string[] => {
  if (!Object.hasOwn(node, DIGESTS)) return []
  const digests: unknown = node[DIGESTS]
  if (!Array.isArray(digests) || digests.length === 0) throw new LedgerError('malformed-leaf')
  for (const [i, digest] of digests.entries())
    if (typeof digest !== 'string' || (i > 0 && digest <= (digests[i - 1] as string)))
      throw new LedgerError('malformed-leaf')
  return digests as readonly string[]
}

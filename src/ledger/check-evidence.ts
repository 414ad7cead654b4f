/**
 * The evidence of a finding, checked piece by piece in whatever page or process was handed it: that
 * each entry is under the checkpoint, that the entry says what was said of it, and that a row of
 * telemetry is in its chunk. With the policy that came along, this shows that the log keeps to what
 * it signed; whoever doubts its maker brings a policy of their own.
 */
import type { Sentence } from '../language/sentence.ts'
import { namesOf } from '../vocabulary/event-names.ts'
import { fromBase64, fromUtf8, utf8 } from './bytes.ts'
import { fromCanonical, isJsonObject, type Json } from './canonical.ts'
import { checkInChunk, checkRow, parseChunkLeaf } from './chunk.ts'
import { SALT_BYTES } from './disclosure.ts'
import { LedgerError } from './error.ts'
import { leafHash } from './hash.ts'
import { isQuorum, parsePolicy, type Policy } from './policy.ts'
import { checkLeafProof } from './tlog-proof.ts'

/** Where a piece is said to lie; hashes and paths in base64. */
export type ClaimedPlace = {
  readonly type: string
  readonly time: string
  readonly leaf: number
  /** RFC 6962 leaf hash of the entry. */
  readonly hash: string
  /** Absent where it is not disclosed. */
  readonly entry?: string | undefined
  /** A `.tlog-proof` file. */
  readonly proof: string
  readonly row?:
    | { readonly within: number; readonly hash: string; readonly proof: readonly string[] }
    | null
    | undefined
}

export type ClaimedEvidence = {
  readonly pieces: readonly {
    readonly name?: string | undefined
    readonly place: ClaimedPlace | null
  }[]
  /** tlog-policy text. */
  readonly policy: string
}

export type Asked = {
  /** Of the finding: an event of another broadcast is no evidence of it. */
  readonly broadcast?: string | undefined
  /** Of the finding: a promise may be undercut from any broadcast. */
  readonly kind?: string | undefined
  /** Salted rows by name, base64, where they were disclosed. */
  readonly opened?: ReadonlyMap<string, string> | undefined
}

/** What undercuts a promise (docs/promises.md). */
const OFFERS: ReadonlySet<string> = new Set([
  'live.coupon.issued',
  'live.price.set',
  'live.order.placed',
])

/** How far the proof of a piece reaches. */
export type Reach =
  /** To an entry that says it itself. */
  | 'event'
  /** To one that says it itself, of another broadcast that the finding reaches. */
  | 'elsewhere'
  /** To the hash of a row in a chunk; what the row says is not disclosed. */
  | 'row'
  /** To a row of a chunk that was disclosed and says it. */
  | 'opened'
  /** To the hash of an entry that is not disclosed. */
  | 'entry'
  /** To a chunk; the row was erased since. */
  | 'chunk'

export type CheckedPiece =
  | {
      readonly state: 'proved'
      readonly reach: Reach
      /** Leaves under the checkpoint. */
      readonly size: number
      readonly origin: string
      /** Witnesses that cosigned it, as the policy names them. */
      readonly cosigned: readonly string[]
      readonly isQuorum: boolean
      /** The event of a row that was disclosed, as canonical JSON. */
      readonly says: string | null
    }
  | { readonly state: 'failed'; readonly text: Sentence }
  /** Nobody says where it lies. */
  | { readonly state: 'missing' }

/** In the order of the pieces; never throws, whatever it is handed. */
export const checkEvidence = (
  { pieces, policy }: ClaimedEvidence,
  asked: Asked = {},
): readonly CheckedPiece[] => {
  const trust = orFailed(() => trustOf(policy))
  return pieces.map(({ name = '', place }) => {
    if (place === null) return { state: 'missing' }
    if ('state' in trust) return trust
    return orFailed(() => check(name, place, trust, asked))
  })
}

type Trust = {
  readonly policy: Policy
  /** One object for all pieces: the checkpoint that they share is opened once under it. */
  readonly withoutQuorum: Policy
}

const trustOf = (text: string): Trust => {
  const policy = parsePolicy(text)
  return { policy, withoutQuorum: { ...policy, quorum: null } }
}

const check = (name: string, place: ClaimedPlace, trust: Trust, asked: Asked): CheckedPiece => {
  const { proof, leaf, entry } = place
  const bytes = entry === undefined ? null : utf8(entry)
  const hash = bytes === null ? bytesOf(place.hash) : leafHash(bytes)
  // Too few cosignatures are said beside the marks; they are no reason to call a proof broken.
  const { checkpoint, cosignatures, index } = checkLeafProof(proof, hash, trust.withoutQuorum)
  if (index !== leaf) throw new LedgerError('says-other')
  const cosigned = cosignatures.map(({ witness }) => witness)
  return {
    state: 'proved',
    size: checkpoint.size,
    origin: checkpoint.origin,
    cosigned,
    isQuorum: isQuorum(trust.policy, new Set(cosigned)),
    ...(bytes === null ? { reach: 'entry', says: null } : reachOf(bytes, name, place, asked)),
  }
}

/** @throws LedgerError `says-other` where the entry is of something else, and for a row not in it */
const reachOf = (
  entry: Uint8Array,
  name: string,
  place: ClaimedPlace,
  { broadcast, kind, opened }: Asked,
): { readonly reach: Reach; readonly says: string | null } => {
  const chunk = parseChunkLeaf(entry)
  if (chunk === null) {
    const leaf = fromCanonical(entry) ?? undefined
    const event = isJsonObject(leaf) ? leaf['event'] : undefined
    const isOffer = kind === 'promise-broken' && OFFERS.has(place.type)
    saysIt(event, name, place, isOffer ? undefined : broadcast)
    const isOfIt = !isOffer || isOf(event, broadcast)
    return { reach: isOfIt ? 'event' : 'elsewhere', says: null }
  }
  if (chunk.broadcast !== (broadcast ?? chunk.broadcast)) throw new LedgerError('says-other')
  const { row = null } = place
  if (row === null) return { reach: 'chunk', says: null }
  const path = row.proof.map(bytesOf)
  checkRow(entry, row.within, bytesOf(row.hash), path)
  const text = opened?.get(name)
  if (text === undefined) return { reach: 'row', says: null }
  const salted = bytesOf(text)
  saysIt(checkInChunk(entry, row.within, salted, path), name, place, broadcast)
  return { reach: 'opened', says: fromUtf8(salted.subarray(SALT_BYTES)) }
}

/** An event too long for an entry has its data concealed, and with it the order that it brings. */
const saysIt = (
  event: Json | undefined,
  name: string,
  { type, time }: ClaimedPlace,
  broadcast: string | undefined,
): void => {
  if (!isJsonObject(event)) throw new LedgerError('says-other')
  const isNamed = namesOf(event).includes(name) || event['data'] === undefined
  if (event['type'] !== type || event['time'] !== time || !isNamed || !isOf(event, broadcast))
    throw new LedgerError('says-other')
}

const isOf = (event: Json | undefined, broadcast: string | undefined): boolean =>
  broadcast === undefined || (isJsonObject(event) && event['subject'] === broadcast)

const bytesOf = (text: string): Uint8Array => {
  const bytes = fromBase64(text)
  if (bytes === null) throw new LedgerError('malformed-hash')
  return bytes
}

/** Whatever was handed over is somebody else's: what is not even of its form fails as well. */
const orFailed = <T>(work: () => T): T | Extract<CheckedPiece, { state: 'failed' }> => {
  try {
    return work()
  } catch (error) {
    const { sentence } = error instanceof LedgerError ? error : new LedgerError('says-other')
    return { state: 'failed', text: sentence }
  }
}

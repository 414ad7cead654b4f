/**
 * Receipts: C2SP tlog-proof, `.tlog-proof` files. With the entry itself and a policy they prove
 * offline that the entry was in the log when the witnesses cosigned.
 */
import { base64, fromBase64, fromDecimal } from './bytes.ts'
import { LedgerError } from './error.ts'
import { HASH_BYTES, leafHash, sha256, type Sha256 } from './hash.ts'
import { checkInclusion } from './merkle.ts'
import { openCheckpoint, type Policy, type TrustedCheckpoint } from './policy.ts'

export type TlogProof = {
  readonly index: number
  /** Inclusion proof, the leaf's sibling first. */
  readonly hashes: readonly Uint8Array[]
  /** The signed note, verbatim. */
  readonly checkpoint: string
  /** Opaque and NOT authenticated: nothing may rest on it. */
  readonly extra?: Uint8Array
}

export type ProvedLeaf = TrustedCheckpoint & { readonly index: number }

const HEADER = 'c2sp.org/tlog-proof@v1'
/** A tree of 2^63 leaves has no longer path. */
const MAX_HASHES = 63

/** Is the inverse of parseTlogProof. */
export const formatTlogProof = ({ index, hashes, checkpoint, extra }: TlogProof): string =>
  [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${base64(extra)}`]),
    `index ${index}`,
    ...hashes.map(base64),
    '',
    checkpoint,
  ].join('\n')

/** The checkpoint is taken verbatim, not read. @throws LedgerError `malformed-proof`, with the line */
export const parseTlogProof = (file: string): TlogProof => {
  const end = file.indexOf('\n\n')
  if (end < 0) throw malformed(1)
  const [header, ...lines] = file.slice(0, end).split('\n')
  if (header !== HEADER) throw malformed(1)
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice(6)) : undefined
  if (extra === null) throw malformed(2)
  const indexLine = lines.shift() ?? ''
  const before = extra === undefined ? 2 : 3
  const index = indexLine.startsWith('index ') ? fromDecimal(indexLine.slice(6)) : null
  if (index === null) throw malformed(before)
  const hashes = lines.map((line, i) => {
    const hash = fromBase64(line)
    if (hash?.length !== HASH_BYTES || i >= MAX_HASHES) throw malformed(before + 1 + i)
    return hash
  })
  const checkpoint = file.slice(end + 2)
  if (checkpoint === '') throw malformed(before + 2 + hashes.length)
  return { index, hashes, checkpoint, ...(extra === undefined ? {} : { extra }) }
}

/**
 * That `entry` is in a log that `policy` trusts, at the place the proof names.
 * @throws LedgerError `malformed-proof`, `not-included`, and whatever openCheckpoint throws
 */
export const checkTlogProof = (
  proof: string | TlogProof,
  entry: Uint8Array,
  policy: Policy,
  hash: Sha256 = sha256,
): ProvedLeaf => checkLeafProof(proof, leafHash(entry, hash), policy, hash)

/** The same of an entry that is known by its RFC 6962 leaf hash alone. */
export const checkLeafProof = (
  proof: string | TlogProof,
  leaf: Uint8Array,
  policy: Policy,
  hash: Sha256 = sha256,
): ProvedLeaf => {
  const { index, hashes, checkpoint } = typeof proof === 'string' ? parseTlogProof(proof) : proof
  const trusted = openCheckpoint(checkpoint, policy)
  const { size, root } = trusted.checkpoint
  const claim = {
    index: BigInt(index),
    size: BigInt(size),
    leaf,
    proof: hashes,
    root,
  }
  if (!checkInclusion(claim, hash).ok) throw new LedgerError('not-included', { index })
  return { ...trusted, index }
}

const malformed = (line: number) => new LedgerError('malformed-proof', { line })

/**
 * The grammar of a time-stamp response: RFC 3161 §2.4.2, around RFC 5652 §5. `@sigstore/core` reads
 * what it means; here every byte that no signature covers must have the one form that the standards
 * give it, so that none can be turned unseen.
 */
import { RFC3161Timestamp } from '@sigstore/core'
import { DerError, oidOf, readDer, type Der } from './der.ts'

export type TimestampErrorCode =
  /** Not a time-stamp response in strict DER, or not granted. */
  | 'malformed'
  /** Stamped something else. */
  | 'other-data'
  /** The signature, or the certificate it names, does not hold. */
  | 'signature'
  /** No chain to one of the given authorities, or not at that time, or not for time-stamping. */
  | 'untrusted'

export class TimestampError extends Error {
  readonly code: TimestampErrorCode
  constructor(code: TimestampErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

const SIGNED_DATA = oidOf('1.2.840.113549.1.7.2')
const TST_INFO = oidOf('1.2.840.113549.1.9.16.1.4')
const DIGESTS = [
  { name: 'sha256', oid: oidOf('2.16.840.1.101.3.4.2.1') },
  { name: 'sha384', oid: oidOf('2.16.840.1.101.3.4.2.2') },
  { name: 'sha512', oid: oidOf('2.16.840.1.101.3.4.2.3') },
] as const

/** Signature algorithms by the digest that they go with; `null` goes with any. */
const SIGNATURES: readonly (readonly [oid: Uint8Array, digest: string | null])[] = [
  [oidOf('1.2.840.10045.4.3.2'), 'sha256'],
  [oidOf('1.2.840.10045.4.3.3'), 'sha384'],
  [oidOf('1.2.840.10045.4.3.4'), 'sha512'],
  [oidOf('1.2.840.113549.1.1.1'), null],
  [oidOf('1.2.840.113549.1.1.11'), 'sha256'],
  [oidOf('1.2.840.113549.1.1.12'), 'sha384'],
  [oidOf('1.2.840.113549.1.1.13'), 'sha512'],
]

export type Token = {
  readonly info: RFC3161Timestamp['tstInfo']
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The TSTInfo as signed. */
  readonly signed: Uint8Array
  readonly certificates: readonly Der[]
  /** Issuer and serial number. */
  readonly signerId: Der
  readonly digest: string
  readonly attributes: Der
  readonly signature: Uint8Array
}

/** The whole response by the grammar of RFC 3161 §2.4.2 and RFC 5652 §5, nothing left over. */
export const readToken = (response: Uint8Array): Token => {
  try {
    const [status, contentInfo] = fields(readDer(response), 0x30, 2)
    // PKIStatus 0, granted, and no more words (which nobody signed).
    const [granted] = fields(status!, 0x30, 1)
    expect(granted!, 0x02, [0])
    const [contentType, explicit] = fields(contentInfo!, 0x30, 2)
    expectRaw(contentType!, SIGNED_DATA)
    const [signedData] = fields(explicit!, 0xa0, 1)
    const parts = fields(signedData!, 0x30)
    const [version, digestAlgorithms, encapsulated] = parts
    const certificates = parts.length === 5 ? fields(parts[3]!, 0xa0) : []
    if (parts.length !== 4 && parts.length !== 5) throw new DerError('fields of SignedData')
    expect(version!, 0x02, [3])
    const [listed] = fields(digestAlgorithms!, 0x31, 1)
    const [infoType, infoExplicit] = fields(encapsulated!, 0x30, 2)
    expectRaw(infoType!, TST_INFO)
    const [info] = fields(infoExplicit!, 0xa0, 1)
    expectTag(info!, 0x04)
    const [signer] = fields(parts.at(-1)!, 0x31, 1)
    const [signerVersion, signerId, digestAlgorithm, attributes, algorithm, signature] = fields(
      signer!,
      0x30,
      6,
    )
    expect(signerVersion!, 0x02, [1])
    fields(signerId!, 0x30, 2)
    fields(attributes!, 0xa0)
    expectTag(signature!, 0x04)
    const digest = digestOf(digestAlgorithm!)
    if (digestOf(listed!) !== digest) throw new DerError('two digest algorithms')
    checkAlgorithm(algorithm!, digest)
    const stamp = RFC3161Timestamp.parse(Buffer.from(response))
    return {
      info: stamp.tstInfo,
      at: stamp.signingTime.getTime(),
      signed: info!.content,
      certificates,
      signerId: signerId!,
      digest,
      attributes: attributes!,
      signature: signature!.content,
    }
  } catch (error) {
    throw new TimestampError('malformed', 'not a time-stamp response', { cause: error })
  }
}

const fields = (value: Der, tag: number, count?: number): readonly Der[] => {
  expectTag(value, tag)
  if (count !== undefined && value.children.length !== count) throw new DerError('fields')
  return value.children
}

const expectTag = (value: Der, tag: number): void => {
  if (value.tag !== tag) throw new DerError(`tag ${value.tag}, not ${tag}`)
}

const expect = (value: Der, tag: number, content: readonly number[]): void => {
  expectTag(value, tag)
  if (!same(value.content, Uint8Array.from(content))) throw new DerError('value')
}

const expectRaw = (value: Der, raw: Uint8Array): void => {
  if (!same(value.raw, raw)) throw new DerError('identifier')
}

export const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** AlgorithmIdentifier: parameters absent or NULL (RFC 5754 §2), nothing else. */
const algorithmOf = (value: Der): Uint8Array => {
  const [oid, parameters] = fields(value, 0x30)
  if (oid === undefined || value.children.length > 2) throw new DerError('algorithm')
  if (parameters !== undefined) expect(parameters, 0x05, [])
  return oid.raw
}

const digestOf = (value: Der): string => {
  const oid = algorithmOf(value)
  const found = DIGESTS.find((digest) => same(digest.oid, oid))
  if (found === undefined) throw new DerError('digest algorithm')
  return found.name
}

const checkAlgorithm = (value: Der, digest: string): void => {
  const oid = algorithmOf(value)
  const found = SIGNATURES.find(([known]) => same(known, oid))
  if (found === undefined || (found[1] ?? digest) !== digest)
    throw new DerError('signature algorithm')
}

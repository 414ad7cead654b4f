/**
 * RFC 3161 time-stamp tokens: what is stamped, by whom, when. Parsing is `@sigstore/core`'s; what
 * it leaves open is closed here: the chain to a given authority (RFC 5280), the certificate that
 * the signature itself names (RFC 5035), RSA signers, and the bytes that no signature covers
 * (status, versions, algorithm lists), which must have the one form that RFC 3161 gives them.
 *
 * Adversary: whoever hands over the bundle. A token proves that the data existed at its time; it
 * proves nothing about what was never stamped.
 */
import { createHash, verify, X509Certificate, type KeyObject } from 'node:crypto'
import { oidOf, readDer, type Der } from './der.ts'
import { readToken, same, TimestampError, type Token } from './timestamp-token.ts'

export type Timestamp = {
  /** Milliseconds since the epoch, as the authority says. */
  readonly at: number
  /** The signer's subject, one line. */
  readonly authority: string
}

/**
 * Checks that `response` (a TimeStampResp, `.tsr`) is a token for exactly `data`, signed by a
 * time-stamping certificate that chains to one of `authorities` (PEM, one or more certificates).
 * @throws TimestampError
 */
export const checkTimestamp = (
  response: Uint8Array,
  data: Uint8Array,
  authorities: string,
): Timestamp => {
  const token = readToken(response)
  checkImprint(token.info, data)
  const certificates = token.certificates.map(({ raw }) => certificateOf(raw))
  const roots = authoritiesOf(authorities)
  const signer = [...certificates, ...roots].find((candidate) => isNamed(candidate, token.signerId))
  if (signer === undefined)
    throw new TimestampError('signature', "the signer's certificate is missing")
  checkSignature(token, signer)
  const at = token.at
  if (signer.keyUsage?.length !== 1 || signer.keyUsage[0] !== TIME_STAMPING)
    throw new TimestampError('untrusted', 'the signer is not a time-stamping authority')
  checkChain(signer, certificates, roots, at)
  return { at, authority: signer.subject.replaceAll('\n', ', ') }
}

/** Extended key usage of a time-stamping authority (RFC 3161 §2.3). */
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const MESSAGE_DIGEST = oidOf('1.2.840.113549.1.9.4')
const SIGNING_CERTIFICATE = [
  oidOf('1.2.840.113549.1.9.16.2.12'),
  oidOf('1.2.840.113549.1.9.16.2.47'),
] as const

const checkImprint = (info: Token['info'], data: Uint8Array): void => {
  try {
    info.verify(Buffer.from(data))
  } catch (error) {
    throw new TimestampError('other-data', 'the token stamps other data', { cause: error })
  }
}

const certificateOf = (raw: Uint8Array): X509Certificate => {
  try {
    const certificate = new X509Certificate(raw)
    if (same(certificate.raw, raw)) return certificate
  } catch (error) {
    throw new TimestampError('malformed', 'not a certificate', { cause: error })
  }
  throw new TimestampError('malformed', 'a certificate that is not in DER')
}

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

const authoritiesOf = (pem: string): readonly X509Certificate[] => {
  try {
    return (pem.match(PEM) ?? []).map((one) => new X509Certificate(one))
  } catch (error) {
    throw new TimestampError('untrusted', 'the authorities cannot be read', { cause: error })
  }
}

/** Whether the certificate has this issuer and serial number, byte for byte. */
const isNamed = ({ raw }: X509Certificate, signerId: Der): boolean => {
  const body = readDer(raw).children[0]
  // Version [0] stands first where it is not v1 (RFC 5280 §4.1).
  const from = body?.children[0]?.tag === 0xa0 ? 1 : 0
  const serial = body?.children[from]
  const issuer = body?.children[from + 2]
  const [wantedIssuer, wantedSerial] = signerId.children
  return (
    serial !== undefined &&
    issuer !== undefined &&
    same(issuer.raw, wantedIssuer!.raw) &&
    same(serial.raw, wantedSerial!.raw)
  )
}

/** The signature over the signed attributes, and that these name the content and the signer. */
const checkSignature = (token: Token, signer: X509Certificate): void => {
  const digest = attribute(token.attributes, [MESSAGE_DIGEST])
  const named = attribute(token.attributes, SIGNING_CERTIFICATE)
  // SigningCertificate(V2): certs, the first ESSCertID(v2), its hash (RFC 5035 §5.4).
  const hash = named?.children[0]?.children[0]?.children.find(({ tag }) => tag === 0x04)?.content
  // RFC 5652 §5.4: signed as a SET, not under the tag that it has in the message.
  const attributes = Buffer.from(token.attributes.raw)
  attributes[0] = 0x31
  const isSound =
    digest !== null &&
    same(digest.content, createHash(token.digest).update(token.signed).digest()) &&
    hash !== undefined &&
    same(
      hash,
      createHash(HASH_BY_BYTES[hash.length] ?? 'sha256')
        .update(signer.raw)
        .digest(),
    ) &&
    holds(token.digest, attributes, signer.publicKey, token.signature)
  if (!isSound) throw new TimestampError('signature', 'the signature does not hold')
}

const HASH_BY_BYTES: Readonly<Record<number, string>> = {
  20: 'sha1',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
}

/** The one value of an attribute, or null where it is missing or has several. */
const attribute = (attributes: Der, oids: readonly Uint8Array[]): Der | null => {
  const found = attributes.children.filter(({ children }) =>
    oids.some((oid) => children[0] !== undefined && same(children[0].raw, oid)),
  )
  const values = found[0]?.children[1]?.children ?? []
  return found.length === 1 && values.length === 1 ? values[0]! : null
}

const holds = (
  digest: string,
  data: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
): boolean => {
  try {
    return verify(digest, data, key, signature)
  } catch {
    return false
  }
}

/**
 * Walks from the signer to an authority. Every certificate that came along must itself be signed by
 * a known one, so that no byte of the token goes unread.
 */
const checkChain = (
  signer: X509Certificate,
  given: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  at: number,
): void => {
  const isRoot = (one: X509Certificate) => roots.some((root) => same(root.raw, one.raw))
  const issuers = [...roots, ...given]
  const issuerOf = (one: X509Certificate) =>
    issuers.find((issuer) => issuer.ca && one.checkIssued(issuer) && one.verify(issuer.publicKey))
  for (const one of given)
    if (!isRoot(one) && issuerOf(one) === undefined)
      throw new TimestampError(
        'untrusted',
        'a certificate in the token is not signed by a known one',
      )
  let current = signer
  for (let steps = 0; steps <= given.length + 1; steps += 1) {
    if (at < Date.parse(current.validFrom) || at > Date.parse(current.validTo))
      throw new TimestampError('untrusted', 'a certificate was not valid at that time')
    if (isRoot(current)) return
    const issuer = issuerOf(current)
    if (issuer === undefined || issuer === current) break
    current = issuer
  }
  throw new TimestampError('untrusted', 'no chain leads to a given authority')
}

/**
 * Asking a time-stamping authority for a token (RFC 3161 §2.4, over HTTP §3.4). Only the digest
 * leaves the house. What comes back is checked against the request before it is kept.
 */
import { createHash } from 'node:crypto'
import { derOf, oidOf, readDer } from './der.ts'
import { checkTimestamp, type Timestamp } from './timestamp.ts'
import { TimestampError } from './timestamp-token.ts'

export type TimestampSource = {
  /** Where to POST. */
  readonly url: string
  /** The authorities that may have signed, PEM. */
  readonly authorities: string
  readonly fetch: typeof fetch
  readonly signal?: AbortSignal
}

/** A TimeStampReq for the SHA-256 of `data`; `nonce` is 8 random bytes. */
export const timestampRequest = (data: Uint8Array, nonce: Uint8Array): Uint8Array =>
  derOf(
    0x30,
    derOf(0x02, Uint8Array.of(1)),
    derOf(
      0x30,
      derOf(0x30, oidOf('2.16.840.1.101.3.4.2.1'), derOf(0x05)),
      derOf(0x04, createHash('sha256').update(data).digest()),
    ),
    nonceOf(nonce),
    // certReq: the bundle must be checkable without looking anything up.
    derOf(0x01, Uint8Array.of(0xff)),
  )

/** As a positive INTEGER of full length: the first octet becomes 1 to 127 (X.690 §8.3.2). */
const nonceOf = (nonce: Uint8Array): Uint8Array => {
  const octets = Uint8Array.from(nonce)
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x01
  return derOf(0x02, octets)
}

/** A token is a few kB; a source that sends more is cut off. */
const MAX_RESPONSE_BYTES = 1 << 20

/**
 * A token for `data`, as a response in the one form that `checkTimestamp` takes.
 * @throws TimestampError what came back is no token for this; Error the source was not reached
 */
export const requestTimestamp = async (
  data: Uint8Array,
  nonce: Uint8Array,
  source: TimestampSource,
): Promise<{ readonly response: Uint8Array; readonly timestamp: Timestamp }> => {
  const answer = await source.fetch(source.url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: new Uint8Array(timestampRequest(data, nonce)),
    ...(source.signal === undefined ? {} : { signal: source.signal }),
  })
  if (!answer.ok) throw new Error(`the time-stamping authority answered ${answer.status}`)
  const body = new Uint8Array(await answer.arrayBuffer())
  if (body.length > MAX_RESPONSE_BYTES) throw new TimestampError('malformed', 'too long')
  const response = plainResponse(body)
  const timestamp = checkTimestamp(response, data, source.authorities)
  if (!Buffer.from(response).includes(Buffer.from(nonceOf(nonce))))
    throw new TimestampError('other-data', 'the token does not repeat the nonce')
  return { response, timestamp }
}

/** The same token under a bare "granted": texts and warnings around it are signed by nobody. */
const plainResponse = (body: Uint8Array): Uint8Array => {
  try {
    const [status, token] = readDer(body).children
    const code = status?.children[0]?.content
    if (token !== undefined && code?.length === 1 && code[0]! <= 1)
      return derOf(0x30, derOf(0x30, derOf(0x02, Uint8Array.of(0))), token.raw)
  } catch (error) {
    throw new TimestampError('malformed', 'not a time-stamp response', { cause: error })
  }
  throw new TimestampError('malformed', 'the time-stamping authority did not grant a token')
}

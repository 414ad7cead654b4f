/**
 * A passkey in software (WebAuthn Level 3): one P-256 key, attestation `none`, what a browser would
 * hand back for the options it is given.
 */
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest()
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** Flags of authenticator data: user present, user verified, attested credential data included. */
const PRESENT_VERIFIED = 0x05
const ATTESTED = 0x40

export const newAuthenticator = (rpId: string, origin: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  let counter = 0

  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

  const authData = (flags: number, rest: Uint8Array = Buffer.alloc(0)) => {
    const head = Buffer.alloc(5)
    head.writeUInt8(flags, 0)
    head.writeUInt32BE((counter += 1), 1)
    return Buffer.concat([sha256(rpId), head, rest])
  }

  // CBOR (RFC 8949) by hand: COSE_Key {1: 2, 3: -7, -1: 1, -2: x, -3: y}, RFC 9053 §7.1.
  const coseKey = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
    Buffer.from(x!, 'base64url'),
    Buffer.from([0x22, 0x58, 0x20]),
    Buffer.from(y!, 'base64url'),
  ])
  const common = {
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key',
    clientExtensionResults: {},
  }

  return {
    register: ({ challenge }: { challenge: string }) => {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseKey])
      const data = authData(PRESENT_VERIFIED | ATTESTED, attested)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(data.length)
      // {"fmt": "none", "attStmt": {}, "authData": bytes}
      const attestation = Buffer.concat([
        Buffer.from([0xa3, 0x63]),
        Buffer.from('fmt'),
        Buffer.from([0x64]),
        Buffer.from('none'),
        Buffer.from([0x67]),
        Buffer.from('attStmt'),
        Buffer.from([0xa0, 0x68]),
        Buffer.from('authData'),
        Buffer.from([0x59]),
        length,
        data,
      ])
      const response = {
        clientDataJSON: base64url(clientData('webauthn.create', challenge)),
        attestationObject: base64url(attestation),
        transports: ['internal'],
      }
      return { ...common, response }
    },
    sign: ({ challenge }: { challenge: string }) => {
      const data = authData(PRESENT_VERIFIED)
      const client = clientData('webauthn.get', challenge)
      const signed = createSign('SHA256').update(data).update(sha256(client)).sign(privateKey)
      const response = {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(signed),
      }
      return { ...common, response }
    },
  }
}

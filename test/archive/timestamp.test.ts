/** Time-stamp tokens: foreign ones, our own requests, and every way to tamper with a token. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { derOf, DerError, oidOf, readDer } from '../../src/archive/der.ts'
import { checkTimestamp } from '../../src/archive/timestamp.ts'
import { TimestampError } from '../../src/archive/timestamp-token.ts'
import { requestTimestamp, timestampRequest } from '../../src/archive/timestamp-request.ts'

const EXAMPLE = fileURLToPath(new URL('../../../shared/evidence/example-bundle/', import.meta.url))
const read = (name: string) => readFileSync(join(EXAMPLE, name))
const hasExample = existsSync(EXAMPLE)
const hasOpenssl = spawnSync('openssl', ['version']).status === 0

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'passed'
  } catch (error) {
    return error instanceof TimestampError ? error.code : `not refused but broken: ${String(error)}`
  }
}

describe('DER', () => {
  it.each([
    ['a length of zero octets', '3080020100'],
    ['a length that a shorter form would hold', '308103020100'],
    ['a leading zero in a length', '30820003020100'],
    ['bytes after the end', '302000'],
    ['a child that runs over its parent', '3003020200'],
    ['nothing', ''],
  ])('is refused with %s', (_, bytes) => {
    expect(() => readDer(Buffer.from(bytes, 'hex'))).toThrow(DerError)
  })

  it('writes what it reads', () => {
    const long = derOf(0x30, derOf(0x04, new Uint8Array(300)))
    expect(Buffer.from(long.subarray(0, 8)).toString('hex')).toBe('308201300482012c')
    expect(readDer(long).children[0]?.content.length).toBe(300)
    // 1.2.840.113549: 840 = 6·128 + 72, 113549 = 6·16384 + 119·128 + 13 (X.690 §8.19).
    expect(Buffer.from(oidOf('1.2.840.113549')).toString('hex')).toBe('06062a864886f70d')
  })
})

describe.skipIf(!hasExample)('the tokens of the example bundle (skipped without ../shared)', () => {
  const authorities = hasExample ? read('proofs/tsa-ca.pem').toString() : ''

  it.each(['tagmanifest-sha256.txt', 'proofs/checkpoint'])(
    '%s was stamped when it says',
    (name) => {
      const stamp = checkTimestamp(read(`${name}.tsr`), read(name), authorities)
      // The token says 20261121164319Z.
      expect(stamp).toEqual({ at: Date.UTC(2026, 10, 21, 16, 43, 19), authority: 'CN=Test TSA' })
    },
  )

  it('stamps nothing else, and convinces nobody who trusts another authority', () => {
    const [token, data] = [read('proofs/checkpoint.tsr'), read('proofs/checkpoint')]
    expect(codeOf(() => checkTimestamp(token, Buffer.from('else'), authorities))).toBe('other-data')
    expect(codeOf(() => checkTimestamp(token, data, ''))).toBe('untrusted')
  })

  it('is refused with one bit of any byte turned, status and certificates included', () => {
    const [token, data] = [read('tagmanifest-sha256.txt.tsr'), read('tagmanifest-sha256.txt')]
    for (let i = 0; i < token.length; i += 1) {
      const turned = Buffer.from(token)
      turned[i]! ^= 1 << ((i * 5) % 8)
      expect(
        codeOf(() => checkTimestamp(turned, data, authorities)),
        `byte ${i}`,
      ).toMatch(/^(malformed|other-data|signature|untrusted)$/)
    }
  })
})

describe.skipIf(!hasOpenssl)('an authority of openssl (skipped without openssl)', () => {
  let folder = ''
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const inFolder = (name: string) => readFileSync(join(folder, name))

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-tsa-'))
    writeFileSync(join(folder, 'tsa.ext'), 'extendedKeyUsage=critical,timeStamping\n')
    writeFileSync(join(folder, 'web.ext'), 'extendedKeyUsage=serverAuth\n')
    writeFileSync(
      join(folder, 'tsa.cnf'),
      '[tsa]\ndefault_tsa=one\n[one]\nserial=serial\ndefault_policy=1.2.3.4\ndigests=sha256,sha512\nordering=yes\n',
    )
    writeFileSync(join(folder, 'serial'), '01\n')
    run(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=Own CA',
      '-days',
      '2',
    )
    for (const name of ['rsa', 'web']) {
      const [key, csr] = [`${name}.key`, `${name}.csr`]
      run(
        'req',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        key,
        '-out',
        csr,
        '-subj',
        `/CN=${name}`,
      )
      const ca = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial']
      const how = ['-extfile', name === 'web' ? 'web.ext' : 'tsa.ext', '-days', '1']
      run('x509', '-req', '-in', csr, ...ca, '-out', `${name}.pem`, ...how)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const authority =
    (signer: string, digest: string): typeof fetch =>
    async (_, init) => {
      writeFileSync(join(folder, 'query.tsq'), init?.body as Uint8Array)
      run(
        'ts',
        '-reply',
        '-config',
        'tsa.cnf',
        '-queryfile',
        'query.tsq',
        '-signer',
        `${signer}.pem`,
        '-inkey',
        `${signer}.key`,
        `-${digest}`,
        '-out',
        'answer.tsr',
      )
      return new Response(inFolder('answer.tsr'))
    }
  const data = Buffer.from('evidence')
  const nonce = Uint8Array.from([0xff, 2, 3, 4, 5, 6, 7, 8])
  const ask = (send: typeof fetch) =>
    requestTimestamp(data, nonce, {
      url: 'https://tsa.example/',
      authorities: inFolder('ca.pem').toString(),
      fetch: send,
    })

  it('understands our request: digest, nonce, and that certificates are wanted', () => {
    writeFileSync(join(folder, 'our.tsq'), timestampRequest(data, nonce))
    const text = run('ts', '-query', '-in', 'our.tsq', '-text').toString()
    expect(text).toContain('Hash Algorithm: sha256')
    // 0xff with its sign bit cleared.
    expect(text).toContain('Nonce: 0x7F02030405060708')
    expect(text).toContain('Certificate required: yes')
  })

  it.each(['sha256', 'sha512'])(
    'answers with an RSA signature over %s, which we take',
    async (digest) => {
      const before = Date.now()
      const { response, timestamp } = await ask(authority('rsa', digest))
      expect(timestamp.authority).toBe('CN=rsa')
      expect(Math.abs(timestamp.at - before)).toBeLessThan(60_000)
      writeFileSync(join(folder, 'data'), data)
      writeFileSync(join(folder, 'ours.tsr'), response)
      const verdict = run('ts', '-verify', '-data', 'data', '-in', 'ours.tsr', '-CAfile', 'ca.pem')
      expect(verdict.toString()).toContain('OK')
    },
  )

  /** A token that the authority's own software would not make: the same, signed with `-cades`. */
  const byHand = (signer: string): Uint8Array => {
    const digest = createHash('sha256').update(data).digest()
    const algorithm = derOf(0x30, oidOf('2.16.840.1.101.3.4.2.1'), derOf(0x05))
    const info = derOf(
      0x30,
      derOf(0x02, Uint8Array.of(1)),
      oidOf('1.2.3.4'),
      derOf(0x30, algorithm, derOf(0x04, digest)),
      derOf(0x02, Uint8Array.of(7)),
      derOf(0x18, Buffer.from(`${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}Z`)),
    )
    writeFileSync(join(folder, 'info.der'), info)
    const type = 'id-smime-ct-TSTInfo'
    const how = ['-nodetach', '-econtent_type', type, '-nosmimecap', '-cades', '-outform', 'DER']
    const who = ['-signer', `${signer}.pem`, '-inkey', `${signer}.key`]
    run('cms', '-sign', '-binary', '-in', 'info.der', ...how, ...who, '-out', 'token.der')
    return derOf(0x30, derOf(0x30, derOf(0x02, Uint8Array.of(0))), inFolder('token.der'))
  }

  it.each([
    ['rsa', 'passed'],
    ['web', 'untrusted'],
  ])('is believed only with a certificate for time-stamping: %s', (signer, verdict) => {
    const authorities = inFolder('ca.pem').toString()
    expect(codeOf(() => checkTimestamp(byHand(signer), data, authorities))).toBe(verdict)
  })

  it('is refused when it repeats an answer that it gave to somebody else', async () => {
    const first = authority('rsa', 'sha256')
    await ask(first)
    const old = inFolder('answer.tsr')
    const other = Uint8Array.from([1, 1, 1, 1, 1, 1, 1, 1])
    await expect(
      requestTimestamp(data, other, {
        url: 'https://tsa.example/',
        authorities: inFolder('ca.pem').toString(),
        fetch: async () => new Response(old),
      }),
    ).rejects.toThrow(/nonce/)
  })

  it.each([
    ['an error page', () => new Response('<html>', { status: 200 })],
    ['a refusal', () => new Response(derOf(0x30, derOf(0x30, derOf(0x02, Uint8Array.of(2)))))],
  ])('is refused when it sends %s', async (_, answer) => {
    await expect(ask(async () => answer())).rejects.toThrow(TimestampError)
  })
})

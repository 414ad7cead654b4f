/** Policies, quorums and `.tlog-proof` receipts. */
import { describe, expect, it } from 'vitest'
import { fromHex, utf8 } from '../../src/ledger/bytes.ts'
import { sha256 } from '../../src/ledger/hash.ts'
import {
  COSIGNATURE,
  formatVerifierKey,
  signerKey,
  type SignerKey,
} from '../../src/ledger/note-key.ts'
import { openLeaf } from '../../src/ledger/open-leaf.ts'
import { isQuorum, openCheckpoint, parsePolicy } from '../../src/ledger/policy.ts'
import { proveInclusion, tileHashReader } from '../../src/ledger/prove.ts'
import { checkTlogProof, formatTlogProof, parseTlogProof } from '../../src/ledger/tlog-proof.ts'
import {
  LOG,
  OTHER_WITNESS,
  WITNESS,
  checkpointOf,
  entriesOf,
  leafByTheBook,
  logByTheBook,
  policyOf,
  rootByTheBook,
} from './build.ts'
import { json, present, suite, text } from './vectors.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })
const vkey = (key: SignerKey) => formatVerifierKey(key.verifier)

const SIZE = 15
const ENTRIES = entriesOf(SIZE)
const ROOT = rootByTheBook(ENTRIES.map(leafByTheBook))
const signedBy = (...keys: SignerKey[]) => checkpointOf(SIZE, ROOT, keys)

describe('a policy', () => {
  const witness = (name: string, seed: number) =>
    `witness ${name} ${vkey(signerKey(name, new Uint8Array(32).fill(seed), COSIGNATURE))}`

  it('opens a checkpoint that the log signed and the quorum cosigned, and says who and when', () => {
    const opened = openCheckpoint(signedBy(LOG, WITNESS), policyOf('any'))
    expect(opened.checkpoint).toMatchObject({ origin: 'log.example/test', size: SIZE, root: ROOT })
    expect(opened.log).toEqual(LOG.verifier)
    expect(opened.cosignatures).toEqual([
      { witness: 'W1', key: WITNESS.verifier, timeSeconds: 1_760_000_000 },
    ])
  })

  it.each([
    ['W1', [WITNESS], true],
    ['W1', [OTHER_WITNESS], false],
    ['any', [OTHER_WITNESS], true],
    ['any', [], false],
    ['both', [WITNESS], false],
    ['both', [WITNESS, OTHER_WITNESS], true],
    ['none', [], true],
  ] as const)(
    'that asks for %s of two witnesses is met or not (%#)',
    (quorum, cosigners, isMet) => {
      const open = () => openCheckpoint(signedBy(LOG, ...cosigners), policyOf(quorum))
      if (isMet) expect(open().checkpoint.size).toBe(SIZE)
      else expect(open).toThrow(code('quorum-missing'))
    },
  )

  it('does not take a witness for the log, nor a log under another origin', () => {
    expect(() => openCheckpoint(signedBy(WITNESS), policyOf('W1'))).toThrow(code('unknown-log'))
    const stranger = signerKey('other.example/log', new Uint8Array(32).fill(8))
    const policy = parsePolicy(`log ${vkey(stranger)}\nquorum none`)
    expect(() => openCheckpoint(signedBy(stranger), policy)).toThrow(code('unknown-log'))
  })

  it('nests groups: two of three, and one of two', () => {
    const policy = parsePolicy(
      [
        '  # who watches',
        witness('X1', 11),
        witness('X2', 12),
        `${witness('X3', 13)}\thttps://x3.example/witness`,
        'group X 2 X1 X2 X3',
        '',
        witness('Y1', 14),
        witness('Y2', 15),
        'group Y any Y1 Y2',
        'group X-and-Y all X Y',
        ' quorum\tX-and-Y ',
      ].join('\n'),
    )
    expect(policy.witnesses.map(({ name, url }) => url ?? name)).toContain(
      'https://x3.example/witness',
    )
    const met = (...names: string[]) => isQuorum(policy, new Set(names))
    expect(met('X1', 'X3', 'Y2')).toBe(true)
    expect(met('X1', 'Y1', 'Y2')).toBe(false)
    expect(met('X1', 'X2', 'X3')).toBe(false)
  })

  it('may name a witness whose key cannot be checked here: it never counts', () => {
    const blob = Uint8Array.of(6, 1, 2, 3)
    const id = Buffer.from(sha256(Buffer.concat([utf8('w\n'), blob])))
      .toString('hex')
      .slice(0, 8)
    const policy = parsePolicy(
      `log ${vkey(LOG)}\nwitness W w+${id}+${Buffer.from(blob).toString('base64')}\nquorum W`,
    )
    expect(policy.witnesses).toEqual([{ name: 'W', key: null }])
    expect(() => openCheckpoint(signedBy(LOG), policy)).toThrow(code('quorum-missing'))
  })

  const log = `log ${vkey(LOG)}`
  it.each([
    ['no quorum', log, 1],
    ['two quorums', `quorum none\nquorum none`, 2],
    ['a quorum that is not defined before', `quorum W1\n${witness('W1', 1)}`, 1],
    ['an unknown word', `logs ${vkey(LOG)}\nquorum none`, 1],
    ['the same log key twice', `${log}\n${log}\nquorum none`, 2],
    ['the same witness key under two names', `${witness('A', 1)}\n${witness('B', 1)}\nquorum A`, 2],
    ['the same name twice', `${witness('A', 1)}\n${witness('A', 2)}\nquorum A`, 2],
    ['a witness called none', `${witness('none', 1)}\nquorum none`, 1],
    ['a log with the key of a witness', `log ${vkey(WITNESS)}\nquorum none`, 1],
    ['a witness with the key of a log', `witness W ${vkey(LOG)}\nquorum W`, 1],
    ['an empty group', `group G any\nquorum G`, 1],
    ['a member twice', `${witness('A', 1)}\ngroup G any A A\nquorum G`, 2],
    ['a member of two groups', `${witness('A', 1)}\ngroup G any A\ngroup H any A\nquorum H`, 3],
    ['none as a member', `group G any none\nquorum G`, 1],
    ['a threshold of 0', `${witness('A', 1)}\ngroup G 0 A\nquorum G`, 2],
    ['a threshold above the members', `${witness('A', 1)}\ngroup G 2 A\nquorum G`, 2],
    ['a carriage return', `quorum none\r\n`, 1],
    ['a word too many', `quorum none none`, 1],
  ])('is malformed with %s', (_, file, line) => {
    expect(() => parsePolicy(file)).toThrow(code('malformed-policy'))
    expect(() => parsePolicy(file)).toThrow(`Line ${line} `)
  })
})

describe.skipIf(!present)(suite('the published receipts'), () => {
  type Golden = {
    readonly index: number
    readonly hashes: readonly string[]
    readonly extra?: string
    readonly checkpoint: string
    readonly want: string
  }
  type Vector = Readonly<
    Record<'log_vkey' | 'witness_vkey' | 'document' | 'document_with_extra', string>
  > & {
    readonly index: number
    readonly proof_hex: readonly string[]
    readonly format_golden: {
      readonly cases: readonly Golden[]
      readonly must_fail: readonly string[]
    }
  }
  const vector = present ? (json('tlog-proof/vectors.json') as Vector) : null
  const golden = vector?.format_golden ?? { cases: [], must_fail: [] }

  it.each(golden.cases)('are written and read alike: index $index', (c) => {
    const proof = {
      index: c.index,
      hashes: c.hashes.map((name) => sha256(utf8(name))),
      checkpoint: c.checkpoint,
      ...(c.extra === undefined ? {} : { extra: utf8(c.extra) }),
    }
    expect(formatTlogProof(proof)).toBe(c.want)
    expect(parseTlogProof(c.want)).toEqual(proof)
  })

  it.each(golden.must_fail)('refuse %j', (file) => {
    expect(() => parseTlogProof(file)).toThrow(code('malformed-proof'))
  })

  it('prove that the entry "seven" is in the log', () => {
    const file = text('tlog-proof/seven.tlog-proof')
    expect(file).toBe(vector!.document)
    expect(parseTlogProof(file).hashes).toEqual(vector!.proof_hex.map((hash) => fromHex(hash)))
    const policy = parsePolicy(
      `log ${vector!.log_vkey}\nwitness w1 ${vector!.witness_vkey}\nquorum w1`,
    )
    for (const document of [file, vector!.document_with_extra]) {
      const { index, checkpoint, cosignatures } = checkTlogProof(document, utf8('seven'), policy)
      expect({ index, size: checkpoint.size }).toEqual({ index: 6, size: 15 })
      expect(cosignatures.map(({ timeSeconds }) => timeSeconds)).toEqual([1_760_000_000])
    }
    expect(() => checkTlogProof(file, utf8('eight'), policy)).toThrow(code('not-included'))
  })
})

const lines = (name: string) => text(`../example-bundle/data/${name}`).trimEnd().split('\n')

describe.skipIf(!present)(suite('the worked bundle'), () => {
  it('has every line of its events proved under its policy, and its disclosures belong to them', () => {
    const policy = parsePolicy(text('../example-bundle/proofs/policy.txt'))
    const given = lines('disclosures.jsonl').map(
      (line) => JSON.parse(line) as { readonly disclosures: readonly string[] },
    )
    const leaves = lines('events.jsonl').map((line, i) => {
      const receipt = text(`../example-bundle/proofs/${i}.tlog-proof`)
      const { index, checkpoint, cosignatures } = checkTlogProof(receipt, utf8(line), policy)
      expect({ index, size: checkpoint.size }).toEqual({ index: i, size: 5 })
      expect(cosignatures.map(({ witness }) => witness)).toEqual(['W1', 'W2'])
      return openLeaf(utf8(line), given[i]!.disclosures)
    })
    // Who wrote the comment has been erased; what it said has not.
    expect(leaves.map(({ hidden }) => hidden.length)).toEqual([0, 0, 1, 0, 0])
    expect(leaves[2]!.disclosed.map(({ name }) => name)).toEqual(['text'])
  })
})

describe('a receipt', async () => {
  const index = 6
  const reader = tileHashReader(logByTheBook(ENTRIES).store, SIZE)
  const hashes = await proveInclusion(reader, index, SIZE)
  const proof = { index, hashes, checkpoint: signedBy(LOG, WITNESS) }
  const policy = policyOf('W1')
  const entry = ENTRIES[index]!

  it('proves its entry, and reads back as what was written', () => {
    expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof)
    expect(checkTlogProof(formatTlogProof(proof), entry, policy).index).toBe(index)
  })

  it('proves nothing once any hash of it is flipped, or for another place or entry', () => {
    for (const [i, hash] of hashes.entries()) {
      const flipped = hashes.with(
        i,
        hash.map((byte, at) => (at === 17 ? byte ^ 4 : byte)),
      )
      expect(() => checkTlogProof({ ...proof, hashes: flipped }, entry, policy)).toThrow(
        code('not-included'),
      )
    }
    expect(() => checkTlogProof({ ...proof, index: 7 }, entry, policy)).toThrow(
      code('not-included'),
    )
    expect(() => checkTlogProof(proof, ENTRIES[7]!, policy)).toThrow(code('not-included'))
  })

  it('is refused when a bit of any byte is flipped', () => {
    const file = utf8(formatTlogProof(proof))
    for (let at = 0; at < file.length; at += 1) {
      const flipped = file.slice()
      flipped[at]! ^= 1 << (at % 8)
      const check = () => checkTlogProof(new TextDecoder().decode(flipped), entry, policy)
      expect(check, `byte ${at}`).toThrow()
    }
  })

  it('is remembered by its checkpoint under the policy that opened it, and under no other', () => {
    checkTlogProof(proof, entry, policy)
    expect(() => checkTlogProof(proof, entry, policyOf('both'))).toThrow(code('quorum-missing'))
    const unsigned = { ...proof, checkpoint: signedBy(LOG) }
    expect(() => checkTlogProof(unsigned, entry, policy)).toThrow(code('quorum-missing'))
  })

  const file = formatTlogProof(proof)
  it.each([
    ['a carriage return', file.replace('\n', '\r\n')],
    ['no checkpoint', file.slice(0, file.indexOf('\n\n') + 2)],
    ['a blank line before the index', file.replace('index', '\nindex')],
    ['an index with a leading zero', file.replace('index 6', 'index 06')],
    ['two extra lines', file.replace('index', 'extra YQ==\nextra YQ==\nindex')],
    ['an unpadded extra', file.replace('index', 'extra YQ\nindex')],
    ['a hash of 31 bytes', file.replace(/\n[^\n]{44}\n/, `\n${'A'.repeat(42)}==\n`)],
  ])('is malformed with %s', (_, text) => {
    expect(() => parseTlogProof(text)).toThrow(code('malformed-proof'))
  })
})

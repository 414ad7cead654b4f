/** transparency-dev/merkle testdata: proofs that hold and proofs that were tampered with. */
import { describe, expect, it } from 'vitest'
import { fromBase64 } from '../../src/ledger/bytes.ts'
import { checkConsistency, checkInclusion } from '../../src/ledger/merkle.ts'
import { present, suite, text, under } from './vectors.ts'

const FOLDER = 'merkle-testdata/'
const casesOf = (kind: string) =>
  present ? under(FOLDER + kind).filter((name) => name.endsWith('.json')) : []

type Case = Readonly<Record<string, unknown>> & { readonly wantErr: boolean }

/** Indices reach 2^64 − 1, which JSON.parse would round: they are read as text. */
const read = (path: string): Case =>
  JSON.parse(text(FOLDER + path).replace(/("\w+": )(\d+)(,)/g, '$1"$2"$3')) as Case

const bytes = (value: unknown) => fromBase64((value as string | null) ?? '')!
const proofOf = (value: unknown) => ((value as string[] | null) ?? []).map(bytes)

describe.skipIf(!present)(suite('inclusion proofs of transparency-dev/merkle'), () => {
  it('are 98', () => expect(casesOf('inclusion')).toHaveLength(98))

  it.each(casesOf('inclusion'))('%s', (name) => {
    const { leafIdx, treeSize, leafHash, root, proof, wantErr } = read(`inclusion/${name}`)
    const check = checkInclusion({
      index: BigInt(leafIdx as string),
      size: BigInt(treeSize as string),
      leaf: bytes(leafHash),
      root: bytes(root),
      proof: proofOf(proof),
    })
    expect(check.ok).toBe(!wantErr)
  })
})

const check = (name: string) => {
  const { size1, size2, root1, root2, proof, wantErr } = read(`consistency/${name}`)
  const result = checkConsistency({
    from: BigInt(size1 as string),
    to: BigInt(size2 as string),
    fromRoot: bytes(root1),
    toRoot: bytes(root2),
    proof: proofOf(proof),
  })
  return { result, isAsWanted: result.ok === !wantErr }
}

describe.skipIf(!present)(suite('consistency proofs of transparency-dev/merkle'), () => {
  it('are 98, of which 97 are judged as their authors judge them', () => {
    const names = casesOf('consistency')
    expect(names).toHaveLength(98)
    expect(names.filter((name) => !check(name).isAsWanted)).toEqual([ODD])
  })

  it('differ in one, whose roots are not hashes: a root that is not 32 bytes is always refused', () => {
    const { root1, root2, wantErr } = read(`consistency/${ODD}`)
    expect(wantErr).toBe(false)
    expect(bytes(root1).length).not.toBe(32)
    expect(root1).toEqual(root2)
    expect(check(ODD).result).toEqual({ ok: false, fault: 'hash-length' })
  })
})

const ODD = 'additional/sizes-are-equal-one-and-proof-is-empty.json'

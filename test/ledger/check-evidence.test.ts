/** Evidence that was handed over with its proofs: what holds, and what is found out. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkEvidence,
  type CheckedPiece,
  type ClaimedEvidence,
  type ClaimedPlace,
} from '../../src/ledger/check-evidence.ts'
import { LOG, OTHER_WITNESS } from './build.ts'
import {
  BROADCAST,
  COMMENT,
  COUPON,
  COUPON_PLACE,
  evidenceOf,
  LIKE,
  OPENED,
  SIZE,
} from './proved-evidence.ts'

const asked = { broadcast: BROADCAST }
const EVIDENCE = evidenceOf()
const [comment, like] = EVIDENCE.pieces

const reachOf = (one: CheckedPiece | undefined) =>
  one?.state === 'proved' ? one.reach : one?.state
const reaches = (evidence: ClaimedEvidence, more: Parameters<typeof checkEvidence>[1] = asked) =>
  checkEvidence(evidence, more).map(reachOf)
const checkOne = (
  name: string,
  place: ClaimedPlace,
  more: Parameters<typeof checkEvidence>[1] = asked,
) => checkEvidence({ ...EVIDENCE, pieces: [{ name, place }] }, more)[0]!

describe('evidence with its proofs', () => {
  it('is in the log: an event by its entry, telemetry by the hash of its row', () => {
    expect(checkEvidence(EVIDENCE, asked)).toEqual([
      {
        state: 'proved',
        reach: 'event',
        size: SIZE,
        origin: 'log.example/test',
        cosigned: ['W1'],
        isQuorum: true,
        says: null,
      },
      expect.objectContaining({ state: 'proved', reach: 'row', says: null }),
    ])
  })

  it('is the event itself where the row is opened', () => {
    const [, opened] = checkEvidence(EVIDENCE, { ...asked, opened: OPENED })
    expect(reachOf(opened)).toBe('opened')
    expect(JSON.parse((opened as { says: string }).says)).toEqual(LIKE)
  })

  it('may be named by the comment that the event brings', () => {
    expect(reachOf(checkOne('comment-1', comment.place))).toBe('event')
    expect(reachOf(checkOne('comment-2', comment.place))).toBe('failed')
  })

  it('is proved without its entry by its hash, as those who are measured get it', () => {
    const { entry: _entry, row: _row, ...masked } = like.place
    expect(reachOf(checkOne('', masked))).toBe('entry')
    expect(reachOf(checkOne('', { ...masked, hash: comment.place.hash }))).toBe('failed')
  })

  it('still has its chunk in the log where the row was erased', () => {
    expect(reachOf(checkOne(LIKE.id, { ...like.place, row: null }))).toBe('chunk')
  })

  it('says who cosigned, and that no quorum did', () => {
    for (const [keys, cosigned] of [
      [[LOG], []],
      [[LOG, OTHER_WITNESS], []],
    ] as const)
      expect(checkEvidence(evidenceOf([...keys]), asked)[0]).toMatchObject({
        state: 'proved',
        cosigned,
        isQuorum: false,
      })
  })

  it('fails under the policy of another log', () => {
    const policy = EVIDENCE.policy.replace(/^log .*$/m, '')
    expect(reaches({ ...EVIDENCE, policy })).toEqual(['failed', 'failed'])
    expect(reaches({ ...EVIDENCE, policy: 'nonsense' })).toEqual(['failed', 'failed'])
  })

  it.each<[string, Partial<ClaimedPlace>]>([
    ['another type', { type: 'live.comment.removed' }],
    ['another time', { time: '2026-03-01T12:00:00.001Z' }],
    ['another leaf', { leaf: 3 }],
    ['the entry of another leaf', { entry: like.place.entry }],
    ['the proof of another leaf', { proof: like.place.proof }],
  ])('fails where it claims %s', (_, claim) => {
    expect(reachOf(checkOne(COMMENT.id, { ...comment.place, ...claim }))).toBe('failed')
  })

  it('fails for a finding about another broadcast', () => {
    expect(reaches(EVIDENCE, { broadcast: 'another' })).toEqual(['failed', 'failed'])
    expect(reaches(EVIDENCE, {})).toEqual(['event', 'row'])
  })

  it('of a promise may be a coupon of another broadcast, and nothing but what sets a price', () => {
    const ofPromise = { ...asked, kind: 'promise-broken' }
    expect(reachOf(checkOne(COUPON.id, COUPON_PLACE, ofPromise))).toBe('elsewhere')
    expect(reachOf(checkOne('another', COUPON_PLACE, ofPromise))).toBe('failed')
    expect(reachOf(checkOne(COUPON.id, COUPON_PLACE))).toBe('failed')
    expect(reachOf(checkOne(COUPON.id, COUPON_PLACE, { broadcast: 'broadcast-b' }))).toBe('event')
    expect(reaches(EVIDENCE, { ...ofPromise, broadcast: 'another' })).toEqual(['failed', 'failed'])
  })

  it('is missing where nobody says where it lies', () => {
    expect(reaches({ ...EVIDENCE, pieces: [{ name: 'x', place: null }] })).toEqual(['missing'])
  })

  it('fails with any one bit of a proof, an entry or a row turned', () => {
    const texts: readonly (readonly [string, string, (text: string) => ClaimedPlace])[] = [
      ['entry', comment.place.entry, (entry) => ({ ...comment.place, entry })],
      ['proof', withoutExtra(comment.place.proof), (proof) => ({ ...comment.place, proof })],
      ['row', like.place.row.hash, (hash) => withRow({ hash })],
      ['path', like.place.row.proof[0]!, (hash) => withRow({ proof: [hash, ...rest] })],
    ]
    for (const [what, text, claim] of texts) {
      const name = what === 'entry' || what === 'proof' ? COMMENT.id : LIKE.id
      expect(reachOf(checkOne(name, claim(text))), what).not.toBe('failed')
      fc.assert(
        fc.property(fc.nat(text.length * 7 - 1), (bit) => {
          const at = Math.floor(bit / 7)
          const turned = String.fromCharCode(text.charCodeAt(at) ^ (1 << (bit % 7)))
          const changed = text.slice(0, at) + turned + text.slice(at + 1)
          expect(reachOf(checkOne(name, claim(changed))), `${what} ${bit}`).toBe('failed')
        }),
        { numRuns: 50 },
      )
    }
  })
})

const rest = like.place.row.proof.slice(1)
const withRow = (claim: Partial<NonNullable<ClaimedPlace['row']>>): ClaimedPlace => ({
  ...like.place,
  row: { ...like.place.row, ...claim },
})

/** Up to the log's own signature: a cosignature that does not count is only left out. */
const withoutExtra = (proof: string) => proof.split('\n').slice(0, -2).join('\n') + '\n'

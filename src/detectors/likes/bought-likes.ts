/**
 * Bought likes against eager fans (scenario S3-1; obligations §8, D3).
 *
 * A fan taps as fast as a thumb can, for as long as he is there, and the taps of many fans differ.
 * What is sold taps faster than that, or taps without watching, or arrives only to tap, in equal
 * portions. Nothing here needs more than the room's own telemetry; without views nothing is said.
 *
 * Tapping: 5–7 taps/s at full effort over 10 s with one finger (Halstead–Reitan finger tapping
 * norms), half as many again with two fingers in turn (Aoki & Kinoshita, Ergonomics 44(15), 2001).
 */
import { say } from '../../language/say.ts'
import { cohortTraits } from '../shared/set-traits.ts'
import type { Detector, Signal } from '../detector.ts'
import { likeCues, type LikeCues } from './cues.ts'
import { isMasked } from '../shared/masked-ids.ts'
import { mixture } from '../shared/fitted-share.ts'
import type { Room } from '../room.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import { insufficient } from '../shared/insufficient.ts'
import { periodOf } from '../shared/period.ts'

/** Model error: one family of evidence is never worth more than a thousand to one. */
const MAX_FAMILY_BANS = 3
/** Fewer suspected taps than this buy nothing and prove nothing. */
const ENOUGH_TAPS = 100
/** A member counts as suspected from this probability on. */
const SUSPECTED = 0.5
const MAX_EVIDENCE = 20

export const boughtLikes: Detector = {
  name: 'bought-likes',
  hypotheses: ['bought-likes', 'eager-fans'],
  source: 'obligations §8 D3; Aoki & Kinoshita, Ergonomics 44(15), 2001',
  weigh: (room) => {
    if (room.likes.length === 0) return []
    if (room.views.joined === 0 || isMasked(room))
      return [
        insufficient(
          room,
          'bought-likes',
          ['bought-likes', 'eager-fans'],
          say('likes.insufficient', { events: room.likes.length }),
        ),
      ]
    const cues = likeCues(room)
    const suspicion = suspect(room, cues)
    return suspicion === undefined ? [] : [suspicion]
  },
}

const suspect = (room: Room, cues: LikeCues): Signal | undefined => {
  const fit = mixture(cues.bans)
  const probability = cues.bans.map(fit.posterior)
  const { taps } = room.accounts.columns
  const suspected = new Uint8Array(room.accounts.length)
  let suspectedTaps = 0
  let allTaps = 0
  let accounts = 0
  for (let i = 0; i < cues.accounts.length; i += 1) {
    const account = cues.accounts[i]!
    allTaps += taps[account]!
    if (probability[i]! < SUSPECTED) continue
    suspected[account] = 1
    suspectedTaps += taps[account]!
    accounts += 1
  }
  const behaviourBans = Math.min(MAX_FAMILY_BANS, fit.weightBans)
  if (suspectedTaps < ENOUGH_TAPS || behaviourBans < 0.3) return undefined
  const reasons = [
    ...behaviour(room, cues, suspected, behaviourBans),
    ...cohortTraits(room, suspected, 'bought-likes', 'eager-fans'),
  ]
  const rows = suspectLikes(room, cues, probability)
  const persons = suspectAccounts(cues, probability)
  return {
    kind: 'bought-likes',
    broadcast: room.broadcast,
    subject: room.broadcast,
    hypotheses: [
      { name: 'bought-likes', weightBans: reasons.reduce((sum, r) => sum + r.weightBans, 0) },
      { name: 'eager-fans', weightBans: 0 },
    ],
    summary: say('likes.summary', {
      taps: suspectedTaps,
      accounts,
      all: allTaps,
      share: { percent: suspectedTaps / allTaps },
    }),
    reasons,
    ...spanOf(room, suspected),
    suspicions: [
      { kind: 'like', broadcast: room.broadcast, families: ['behaviour'], ...rows },
      { kind: 'account', broadcast: room.broadcast, families: ['behaviour'], ...persons },
    ].filter((s) => s.rows.length > 0) as Signal['suspicions'],
  }
}

/** One reason a cue, sharing the family's weight in proportion to the taps that each speaks of. */
const behaviour = (
  room: Room,
  cues: LikeCues,
  suspected: Uint8Array,
  familyBans: number,
): readonly Reason[] => {
  const { taps } = room.accounts.columns
  const spoken = cues.list.map((cue) => {
    let accounts = 0
    let sum = 0
    for (let i = 0; i < cues.accounts.length; i += 1) {
      const account = cues.accounts[i]!
      if (suspected[account] !== 1 || cue.bans[i]! <= 0) continue
      accounts += 1
      sum += taps[account]!
    }
    return { cue, accounts, taps: sum }
  })
  const total = spoken.reduce((sum, s) => sum + s.taps, 0)
  return spoken
    .filter((s) => s.taps > 0)
    .map(({ cue, accounts, taps }) => ({
      family: 'behaviour' as const,
      text: say(cue.key, { accounts, taps, ...cue.values }),
      observed: taps,
      expected: { 'bought-likes': taps, 'eager-fans': Math.round(cue.expectedAccounts) },
      weightBans: (familyBans * taps) / total,
    }))
}

const suspectLikes = (room: Room, cues: LikeCues, probability: Float64Array) => {
  const byAccount = new Float64Array(room.accounts.length)
  for (let i = 0; i < cues.accounts.length; i += 1) byAccount[cues.accounts[i]!] = probability[i]!
  const { account } = room.likes.columns
  const rows: number[] = []
  for (let i = 0; i < room.likes.length; i += 1)
    if (account[i]! > 0 && byAccount[account[i]! - 1]! >= SUSPECTED) rows.push(i)
  return {
    rows: Uint32Array.from(rows),
    probabilities: Float64Array.from(rows, (row) => byAccount[account[row]! - 1]!),
  }
}

/** Accounts whose whole presence is machine-like: nothing but likes, and none of them a person's. */
const suspectAccounts = (cues: LikeCues, probability: Float64Array) => {
  const at: number[] = []
  for (let i = 0; i < cues.accounts.length; i += 1)
    if (probability[i]! >= SUSPECTED && cues.isWholePresence[i] === 1) at.push(i)
  return {
    rows: Uint32Array.from(at, (i) => cues.accounts[i]!),
    probabilities: Float64Array.from(at, (i) => probability[i]!),
  }
}

const spanOf = (room: Room, suspected: Uint8Array) => {
  const { at, account } = room.likes.columns
  const evidence: string[] = []
  const times: number[] = []
  for (let i = 0; i < room.likes.length; i += 1) {
    if (account[i] === 0 || suspected[account[i]! - 1] !== 1) continue
    if (evidence.length < MAX_EVIDENCE) evidence.push(room.likes.ids.nameOf(i))
    times.push(at[i]!)
  }
  return { evidence, ...periodOf(Float64Array.from(times)) }
}

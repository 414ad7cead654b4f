/**
 * Comments written by machines or from scripts, against a crowd doing what the host asked for
 * (scenarios S1-12, S1-19, S2-8, S3-6; obligations §8, D5).
 *
 * Sharing a line proves nothing: 888, 多少钱 and the words of a lucky bag are typed by hundreds. What
 * people do not do is speak in lines that others speak too, one line after the other, in versions
 * that differ by an emoji or a space, by the clock. Near-duplicates are found by MinHash (Broder
 * 1997) in time linear in the comments.
 */
import { say } from '../../language/say.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import { groupReason } from '../shared/alike-groups.ts'
import { cohortTraits } from '../shared/set-traits.ts'
import { speakers, type Speakers } from './speakers.ts'
import { templates, UNSHARED, VARIED, type Templates } from './templates.ts'
import type { Detector, Signal } from '../detector.ts'
import { isMasked } from '../shared/masked-ids.ts'
import { mixture } from '../shared/fitted-share.ts'
import type { Room } from '../room.ts'
import { insufficient } from '../shared/insufficient.ts'
import { periodOf } from '../shared/period.ts'

/** Model error: one family of evidence is never worth more than a thousand to one. */
const MAX_FAMILY_BANS = 3
/** Equal lines without versions may be quick replies that the page offers: one error for the room. */
const MAX_EXACT_BANS = 1
/** Timing of comments is seen on few accounts and disturbed by the network: less. */
const MAX_TIMING_BANS = 2
const SUSPECTED = 0.5
/** Fewer accounts than this may be friends who say the same, unless they go through a whole script. */
const LEAST_ACCOUNTS = 5
const LEAST_PROLIFIC = 3
const LEAST_COMMENTS = 20
const MAX_EVIDENCE = 20

export const machineComments: Detector = {
  name: 'machine-comments',
  hypotheses: ['machine-written', 'host-prompt'],
  source: 'obligations §8 D5; Broder 1997; Leskovec, Rajaraman & Ullman §3.4',
  weigh: (room) => {
    if (room.comments.length < LEAST_COMMENTS) return []
    if (isMasked(room))
      return [
        insufficient(
          room,
          'machine-comments',
          ['machine-written', 'host-prompt'],
          say('comments.insufficient', { comments: room.comments.length }),
        ),
      ]
    const shared = templates(room)
    const who = speakers(room, shared)
    const signal = suspect(room, shared, who)
    return signal === undefined ? [] : [signal]
  },
}

const suspect = (room: Room, shared: Templates, who: Speakers): Signal | undefined => {
  const both = who.contentBans.map((bans, i) => bans + who.timingBans[i]!)
  const fit = mixture(both)
  const byAccount = new Float64Array(room.accounts.length)
  const suspected = new Uint8Array(room.accounts.length)
  let accounts = 0
  let prolific = 0
  for (let i = 0; i < who.accounts.length; i += 1) {
    const account = who.accounts[i]!
    const speaks = fit.posterior(both[i]!)
    const probability = 1 - (1 - speaks) * (1 - who.groups.probability[account]!)
    byAccount[who.accounts[i]!] = probability
    if (probability < SUSPECTED) continue
    suspected[who.accounts[i]!] = 1
    accounts += 1
    prolific += who.isProlific[who.accounts[i]!]!
  }
  if (accounts < LEAST_ACCOUNTS && prolific < LEAST_PROLIFIC) return undefined
  const groups = groupReason(who.groups, 'comments.alike', 'machine-written', 'host-prompt')
  const reasons = [
    ...content(room, shared, who, suspected),
    ...timing(who, suspected),
    ...groups,
    // Sharing a device is the same fact as sharing it with others who echo.
    ...cohortTraits(room, suspected, 'machine-written', 'host-prompt').filter(
      ({ family }) => family !== 'network' || groups.length === 0,
    ),
  ]
  const weightBans = reasons.reduce((sum, reason) => sum + reason.weightBans, 0)
  if (weightBans < 0.3) return undefined
  const found = suspectComments(room, suspected, byAccount)
  return {
    kind: 'machine-comments',
    broadcast: room.broadcast,
    subject: room.broadcast,
    hypotheses: [
      { name: 'machine-written', weightBans },
      { name: 'host-prompt', weightBans: 0 },
    ],
    summary: say('comments.summary', {
      comments: found.comment.rows.length,
      accounts,
      all: room.comments.length,
      share: { percent: found.comment.rows.length / room.comments.length },
    }),
    reasons,
    evidence: Array.from(found.comment.rows.subarray(0, MAX_EVIDENCE), (row) =>
      room.comments.ids.nameOf(row),
    ),
    from: found.from,
    until: found.until,
    suspicions: [
      { kind: 'comment', broadcast: room.broadcast, families: ['content'], ...found.comment },
      { kind: 'account', broadcast: room.broadcast, families: ['content'], ...found.account },
    ],
  }
}

/** What is said: lines from a common script. */
const content = (
  room: Room,
  shared: Templates,
  who: Speakers,
  suspected: Uint8Array,
): readonly Reason[] => {
  const gained = mixture(who.contentBans).weightBans
  if (gained <= 0) return []
  const { account, text } = room.comments.columns
  const used = new Uint32Array(shared.level.length)
  let lines = 0
  let [fromScript, inVersions] = [0, 0]
  for (let i = 0; i < room.comments.length; i += 1) {
    if (account[i] === 0 || text[i] === 0 || suspected[account[i]! - 1] !== 1) continue
    const family = shared.familyOf[text[i]! - 1]! - 1
    if (family < 0 || shared.isCommon[family] === 1) continue
    lines += 1
    if (shared.level[family] === UNSHARED) continue
    fromScript += 1
    if (shared.level[family] === VARIED) inVersions += 1
    used[family]! += 1
  }
  if (lines === 0) return []
  const top = used.indexOf(used.reduce((most, n) => Math.max(most, n), 0))
  const values = {
    share: { percent: fromScript / lines },
    usual: { percent: who.usualShared + who.usualVaried },
    scripts: used.reduce((sum, n) => sum + Number(n > 0), 0),
    example: room.comments.texts.nameOf(shared.example[top]!),
    versions: shared.versions[top]!,
    accounts: shared.accounts[top]!,
  }
  const isVaried = shared.level[top] === VARIED
  const cap = 2 * inVersions >= fromScript ? MAX_FAMILY_BANS : MAX_EXACT_BANS
  return [
    {
      family: 'content',
      text: isVaried ? say('comments.varied', values) : say('comments.shared', values),
      observed: Math.round((1000 * fromScript) / lines) / 1000,
      expected: {
        'machine-written': 0.95,
        'host-prompt': Math.round((who.usualShared + who.usualVaried) * 1000) / 1000,
      },
      weightBans: Math.min(cap, gained),
    },
  ]
}

/** When it is said: by the clock. */
const timing = (who: Speakers, suspected: Uint8Array): readonly Reason[] => {
  let regular = 0
  let bans = 0
  for (let i = 0; i < who.accounts.length; i += 1) {
    if (suspected[who.accounts[i]!] !== 1 || who.timingBans[i] === 0) continue
    regular += 1
    bans += who.timingBans[i]!
  }
  if (regular < LEAST_ACCOUNTS) return []
  return [
    {
      family: 'behaviour',
      text: say('comments.regular', { accounts: regular }),
      observed: regular,
      expected: { 'machine-written': regular, 'host-prompt': 0 },
      weightBans: Math.min(MAX_TIMING_BANS, bans),
    },
  ]
}

const suspectComments = (room: Room, suspected: Uint8Array, byAccount: Float64Array) => {
  const { account, at, text } = room.comments.columns
  const rows: number[] = []
  for (let i = 0; i < room.comments.length; i += 1) {
    if (account[i] === 0 || text[i] === 0 || suspected[account[i]! - 1] !== 1) continue
    rows.push(i)
  }
  // An account that buys, follows, clicks or likes does more than speak: its comments stand accused, not it.
  const a = room.accounts.columns
  const persons: number[] = []
  for (let i = 0; i < room.accounts.length; i += 1)
    if (suspected[i] === 1 && !(a.orders[i]! + a.clicks[i]! + a.social[i]! + a.taps[i]! > 0))
      persons.push(i)
  return {
    ...periodOf(Float64Array.from(rows, (row) => at[row]!)),
    comment: {
      rows: Uint32Array.from(rows),
      probabilities: Float64Array.from(rows, (row) => byAccount[account[row]! - 1]!),
    },
    account: {
      rows: Uint32Array.from(persons),
      probabilities: Float64Array.from(persons, (row) => byAccount[row]!),
    },
  }
}

/**
 * Claims of a room against the dossiers of its goods (S0-3, S0-4, S0-8, S1-3, S4-11). One finding a
 * product and attribute. A laboratory or a ledger is a second witness; the seller's own papers are
 * not. What nobody filed is open, and the one finding on it accuses nobody and names what is missing.
 */
import type { Signal } from '../../detectors/detector.ts'
import type { Evidence, Room } from '../../detectors/room.ts'
import { say } from '../../language/say.ts'
import type { Family, Reason } from '../../vocabulary/finding.ts'
import { compareClaim } from '../../wording/claims/compare.ts'
import { correctionOf, isTakenBack, type Correction } from '../../wording/claims/corrections.ts'
import type { Dossier } from '../../wording/claims/dossier.ts'
import { extractClaims, type Claim } from '../../wording/claims/extract.ts'
import type { Judged } from '../../wording/claims/judged.ts'
import { dossiersOf, ledgerOf, onlyOneWith } from './dossiers.ts'
import { groupBy } from './group-by.ts'
import type { Said, WordDesk } from './desk.ts'
import type { Heard } from './phrases.ts'

/** That it was said at all, by a recogniser that may mishear. */
const SAID_BANS = 0.6
const AGAIN_BANS = 0.2
const MOST_AGAIN = 3
/** What speaks against it, by the witness. */
const AGAINST_BANS = { test: 2, ledger: 1.2, listing: 1, document: 0.4, price: 0 } as const
/** Where not every entry into the room is known, some orders may not be either. */
const PARTIAL_LEDGER_BANS = 0.3
const WITNESS: Readonly<Record<keyof typeof AGAINST_BANS, Family>> = {
  test: 'public',
  ledger: 'transaction',
  listing: 'content',
  document: 'content',
  price: 'content',
}
/** No paper in a dossier of a record that does hold papers; weak where it holds none at all. */
const UNPROVEN_BANS = { kept: 1.1, bare: 0.7 }
const SHOWN = 5

type Stated = {
  readonly said: Said
  readonly product: string | undefined
  readonly judged: Judged
  readonly corrected: boolean
}

/**
 * @param productOf the product that a sentence speaks of, by its number
 * @param heard words that the lexicon knows: it says more about them than a missing paper does
 */
export const claimSignals = (
  room: Room,
  evidence: Evidence,
  said: readonly Said[],
  productOf: (index: number) => string | undefined,
  corrections: readonly Correction[],
  heard: readonly Heard[],
  sold: Dossier['sold'],
  desk: WordDesk,
): Signal[] => {
  const dossiers = dossiersOf(room, evidence)
  const ledger = ledgerOf(room, sold)
  const known = groupBy(heard, (each) => each.said)
  const stated: Stated[] = []
  for (const [index, each] of said.entries()) {
    if (each.speaker === 'viewer') continue
    for (const claim of extractClaims(each.text, desk.claims)) {
      // A listing that names its own level states what it sells: the rest is held against it.
      if (claim.attribute === 'level' && each.listing !== undefined) continue
      if (isKnownToLexicon(claim, known.get(each))) continue
      if (isTakenBack(each.event, claim.text, said, corrections)) continue
      const product = productOf(index) ?? onlyOneWith(claim, dossiers, desk)
      const dossier =
        claim.attribute === 'sales'
          ? ledger
          : product === undefined
            ? undefined
            : dossiers.get(product)
      const options = { at: each.at, isListing: each.listing !== undefined }
      const judged = compareClaim(claim, dossier, desk.claims, options)
      // What stands on the page stands there after the correction too.
      const corrected =
        each.place === 'caption' &&
        correctionOf({ at: each.at, text: claim.text, claim }, corrections) !== undefined
      stated.push({ said: each, product, judged, corrected })
    }
  }
  const hasPapers =
    evidence.files.documents.size > 0 ||
    evidence.files.listings.some(({ documents }) => (documents?.length ?? 0) > 0)
  const about = ({ product, judged: { claim } }: Stated) =>
    `${product ?? ''} ${claim.attribute} ${claim.about}`
  return [
    ...grouped(stated.filter(is('contradicted')), about).map((list) => contradicted(room, list)),
    ...grouped(
      stated.filter((each) => is('unsupported')(each) && !each.corrected),
      about,
    ).map((list) => unproven(room, list, hasPapers)),
    ...openClaims(room, stated),
  ]
}

const is = (outcome: Judged['outcome']) => (each: Stated) => each.judged.outcome === outcome

const grouped = (list: readonly Stated[], keyOf: (each: Stated) => string): Stated[][] => [
  ...groupBy(list, keyOf).values(),
]

const isKnownToLexicon = (claim: Claim, heard: readonly Heard[] = []): boolean =>
  heard.some(
    ({ hit: { span, verdict } }) =>
      verdict !== 'review' && span.start < claim.span.end && claim.span.start < span.end,
  )

const contradicted = (room: Room, list: readonly Stated[]): Signal => {
  const standing = list.filter(({ corrected }) => !corrected)
  const [first] = standing.length > 0 ? standing : list
  const { judged } = first!
  const against = judged.against ?? 'listing'
  const reasons: Reason[] = [
    {
      family: 'content',
      text: say('words.claim.said', { claim: judged.claim.text, count: list.length }),
      observed: judged.claim.text,
      expected: judged.onFile === undefined ? {} : { 'honest-claim': judged.onFile },
      weightBans:
        (SAID_BANS + AGAIN_BANS * Math.min(MOST_AGAIN, list.length - 1)) * first!.said.confidence,
    },
    {
      family: WITNESS[against],
      text: judged.why,
      observed: judged.onFile ?? '',
      expected: { 'honest-claim': judged.claim.text },
      weightBans:
        (against === 'ledger' && room.views.joined === 0
          ? PARTIAL_LEDGER_BANS
          : AGAINST_BANS[against]) * first!.said.confidence,
    },
  ]
  const weightBans = reasons.reduce((sum, reason) => sum + reason.weightBans, 0)
  const isCorrected = standing.length === 0
  return {
    ...frame(room, list, 'claim-contradicted'),
    hypotheses: [
      { name: 'false-claim', weightBans },
      { name: 'honest-claim', weightBans: 0 },
      ...(isCorrected
        ? [{ name: 'corrected-on-air' as const, weightBans: weightBans + SAID_BANS }]
        : []),
    ],
    summary: isCorrected
      ? say('words.claim.corrected', { why: { term: judged.why } })
      : say('words.claim.contradicted', { why: { term: judged.why } }),
    reasons,
  }
}

const unproven = (room: Room, list: readonly Stated[], hasPapers: boolean): Signal => {
  const { judged, said } = list[0]!
  const weightBans = (hasPapers ? UNPROVEN_BANS.kept : UNPROVEN_BANS.bare) * said.confidence
  return {
    ...frame(room, list, 'claim-unsupported'),
    hypotheses: [
      { name: 'unproven-claim', weightBans },
      { name: 'honest-claim', weightBans: 0 },
    ],
    summary: say('words.claim.unsupported', { why: { term: judged.why } }),
    reasons: [
      {
        family: 'content',
        text: judged.why,
        observed: judged.claim.text,
        expected: { 'honest-claim': judged.missing?.en ?? '' },
        weightBans,
      },
    ],
  }
}

/** Prices are for the price checks; every other open claim is named with the fact that it needs. */
const openClaims = (room: Room, stated: readonly Stated[]): Signal[] => {
  const open = stated.filter(
    (each) => is('needs-fact')(each) && each.judged.claim.attribute !== 'price' && !each.corrected,
  )
  const list = [...groupBy(open, ({ judged }) => judged.claim.text).values()].map(
    ([first]) => first!,
  )
  if (list.length === 0) return []
  return [
    {
      ...frame(room, list, 'claim-unsupported'),
      subject: room.broadcast,
      hypotheses: [
        { name: 'unproven-claim', weightBans: 0 },
        { name: 'honest-claim', weightBans: 0 },
      ],
      summary: say('words.claim.open', { count: list.length }),
      reasons: list.slice(0, SHOWN).map(({ judged }): Reason => ({
        family: 'content',
        text: judged.why,
        observed: judged.claim.text,
        expected: {},
        weightBans: 0,
      })),
      insufficient: true,
    },
  ]
}

const frame = (
  room: Room,
  list: readonly Stated[],
  kind: 'claim-contradicted' | 'claim-unsupported',
) => {
  const times = list.map(({ said }) => said.at)
  const { product, judged } = list[0]!
  return {
    kind,
    broadcast: room.broadcast,
    subject: product === undefined ? judged.claim.text : `${product}: ${judged.claim.text}`,
    evidence: [...new Set(list.flatMap(({ said, judged: { by } }) => [said.event, ...by]))],
    from: Math.min(...times),
    until: Math.max(...times),
    suspicions: [],
  } as const
}

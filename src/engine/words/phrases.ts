/**
 * Words of the lexicon in what the room said: one finding a rule. Wording is one kind of evidence,
 * so it is never more than moderate alone, and the innocent explanation (a misheard word, a
 * quotation, a context that no list knows) stands beside it. What only a fact decides accuses nobody
 * and names the fact.
 */
import type { Signal } from '../../detectors/detector.ts'
import { say } from '../../language/say.ts'
import type { FindingKind, Provision, Reason } from '../../vocabulary/finding.ts'
import { correctionOf, isTakenBack, type Correction } from '../../wording/claims/corrections.ts'
import type { Hit } from '../../wording/read.ts'
import type { Said, WordDesk } from './desk.ts'

/** Findings that this file may make; a rule that names another is read as `red-line`. */
const KINDS: ReadonlySet<FindingKind> = new Set([
  'red-line',
  'key-link',
  'offsite-lure',
  'brushing-service',
  'claim-unsupported',
])
/** The first sentence, and each further one divided by its number. */
const FIRST_BANS = 1
const FURTHER_BANS = 0.4
/** A disguise is made on purpose. */
const DISGUISED_BANS = 0.3
const SHOWN = 6
const SHOWN_CHARACTERS = 60

/** Words that somebody said and that count, or may. */
export type Heard = { readonly said: Said; readonly hit: Hit }

/** @param categoryOf the category of the goods that a sentence speaks of, where that is known */
export const hear = (
  said: readonly Said[],
  desk: WordDesk,
  categoryOf: (index: number) => string | undefined,
): Heard[] =>
  said.flatMap((each, index) => {
    const { text, speaker, place, at } = each
    if (speaker === 'viewer') return []
    const category = categoryOf(index)
    const product = category === undefined ? {} : { product: { category } }
    return desk.reader
      .read({ text, speaker, place, ...product }, at)
      .filter(({ verdict }) => verdict !== 'innocent')
      .map((hit) => ({ said: each, hit }))
  })

export type Where = {
  /** Undefined for listings outside any broadcast. */
  readonly broadcast?: string
  /** The merchant, there. */
  readonly merchant?: string
  /** Whether a provision covers the form of the room. */
  readonly covers: (provision: Provision) => boolean
}

export const phraseSignals = (
  heard: readonly Heard[],
  corrections: readonly Correction[],
  desk: WordDesk,
  where: Where,
): Signal[] => {
  const byRule = new Map<string, Heard[]>()
  const all = heard.map(({ said }) => said)
  for (const each of heard) {
    const { said, hit } = each
    // What stands on the page stands there after the correction too.
    const isSpoken = said.place === 'caption'
    if (isSpoken && correctionOf({ at: said.at, text: hit.matched }, corrections) !== undefined)
      continue
    if (isSpoken && isTakenBack(said.event, hit.matched, all, corrections)) continue
    const list = byRule.get(hit.rule)
    if (list === undefined) byRule.set(hit.rule, [each])
    else list.push(each)
  }
  return [...byRule].flatMap(([rule, list]) => signalOf(rule, list, desk, where))
}

const signalOf = (rule: string, list: readonly Heard[], desk: WordDesk, where: Where): Signal[] => {
  const named = desk.lexicon.rules.get(rule)!
  const kind = named.finding !== undefined && KINDS.has(named.finding) ? named.finding : 'red-line'
  const counting = firstOfEach(list.filter(({ hit }) => hit.verdict === 'violation'))
  const open = firstOfEach(list.filter(({ hit }) => hit.verdict === 'needs-fact'))
  // A person may look at the rest in `assay words`; a listing for sale is worth naming here.
  const doubtful =
    kind === 'brushing-service'
      ? firstOfEach(list.filter(({ hit }) => hit.verdict === 'review'))
      : []
  const shown = counting.length > 0 ? counting : open.length > 0 ? open : doubtful
  if (shown.length === 0) return []
  const reasons = shown.slice(0, SHOWN).map((each, i) => reasonOf(each, i, counting.length > 0))
  const weightBans = reasons.reduce((sum, reason) => sum + reason.weightBans, 0)
  const title = { term: named.title }
  const times = shown.map(({ said }) => said.at).filter((at) => Number.isFinite(at))
  return [
    {
      kind,
      ...(where.broadcast === undefined ? {} : { broadcast: where.broadcast }),
      subject: subjectOf(rule, shown, where),
      hypotheses: [
        { name: 'unlawful-wording', weightBans },
        { name: 'ordinary-speech', weightBans: 0 },
      ],
      summary:
        counting.length > 0
          ? say('words.summary', { title, count: shown.length })
          : say('words.summary-open', { title, count: shown.length }),
      reasons,
      ...(counting.length === 0 && open.length > 0 ? { insufficient: true } : {}),
      ...(counting.length === 0 && open.length === 0 ? { undetermined: true } : {}),
      evidence: [...new Set(shown.map(({ said }) => said.event))],
      provisions: distinct(shown.flatMap(({ hit }) => hit.provisions)).filter(where.covers),
      from: Math.min(...times),
      until: Math.max(...times),
      suspicions: [],
    },
  ]
}

/** `absolute-term: 国家级`; a table has room for nothing more. */
const subjectOf = (rule: string, shown: readonly Heard[], { merchant }: Where): string => {
  const words = [...new Set(shown.map(({ hit }) => hit.matched))].slice(0, 3)
  return `${merchant === undefined ? '' : `${merchant} `}${rule}: ${words.join(' ')}`
}

/** The same words in the same text are one thing said, however often it is repeated word for word. */
const firstOfEach = (list: readonly Heard[]): Heard[] => {
  const seen = new Set<string>()
  return list.filter(({ said, hit }) => {
    const key = `${hit.as}\n${said.text}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

const reasonOf = ({ said, hit }: Heard, index: number, counts: boolean): Reason => {
  const base = index === 0 ? FIRST_BANS : FURTHER_BANS / index
  const disguised = index === 0 && hit.via.length > 0 ? DISGUISED_BANS : 0
  return {
    family: 'content',
    text: say('words.reason', {
      place: { term: say(`wording.where.${said.place}`) },
      text: excerptOf(said.text, hit),
      why: { term: hit.why },
    }),
    observed: hit.matched,
    expected: {},
    weightBans: counts ? (base + disguised) * said.confidence : 0,
  }
}

/** The words with what stands around them. */
const excerptOf = (text: string, { span }: Hit): string => {
  const spare = Math.max(0, SHOWN_CHARACTERS - (span.end - span.start)) >> 1
  const [from, until] = [Math.max(0, span.start - spare), span.end + spare]
  const inner = text.slice(from, until).replace(/\s+/g, ' ')
  return `${from > 0 ? '…' : ''}${inner}${until < text.length ? '…' : ''}`
}

const distinct = (provisions: readonly Provision[]): Provision[] => [
  ...new Map(provisions.map((each) => [each.id, each])).values(),
]

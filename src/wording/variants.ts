/**
 * New names for a forbidden service (S3-7): when one is blocked it is sold on under another. A name
 * that nobody has listed is recognised by the company it keeps: the same prices, the same promises,
 * the same way to get in touch as in listings that are known. Weights are log ratios of how often a
 * piece of text stands in known listings and in all others.
 *
 * What is found is a proposal for a person. Nothing here adds a word to any list.
 */
import { normalise } from './normalise.ts'

export type ListingText = { readonly id: string; readonly text: string }

export type Proposal = {
  /** As it stands in the normalised text. */
  readonly term: string
  /** Weight for belonging to the service against an ordinary listing, mean over its listings. */
  readonly weightBans: number
  /** Listings that it stands in, and how many others use the word without that company. */
  readonly listings: readonly string[]
  readonly elsewhere: number
  /** What it shares with known listings, the most telling first. */
  readonly company: readonly string[]
}

/** Fewer known listings than this have no company to speak of. */
const LEAST_KNOWN = 2
/** Nor is there an ordinary to compare with below this. */
const LEAST_ORDINARY = 2
/** Pieces of company count from this weight on, and so many at most, so that one price is not ten. */
const TELLING_BANS = 0.3
const MOST_PIECES = 3
/** A listing is in that company from this sum on. */
const COMPANY_BANS = 1
/** Of all listings with the word, this share must be in that company. */
const LEAST_SHARE = 0.5
const MOST_PROPOSALS = 20
const MOST_CHARACTERS = 300

/**
 * @param known places of known names in a text, UTF-16 positions of the text itself
 * @returns the most telling first; equal listings in equal order give equal proposals
 */
export const proposeVariants = (
  listings: readonly ListingText[],
  known: (text: string) => readonly { readonly start: number; readonly end: number }[],
): Proposal[] => {
  const read = listings.map(({ id, text }) => {
    const spans = known(text.slice(0, MOST_CHARACTERS))
    return { id, ...piecesOf(text.slice(0, MOST_CHARACTERS), spans), isKnown: spans.length > 0 }
  })
  const guilty = read.filter(({ isKnown }) => isKnown)
  const others = read.filter(({ isKnown }) => !isKnown)
  if (guilty.length < LEAST_KNOWN) return []
  const heads = new Set(guilty.flatMap(({ names }) => names.flatMap(headsOf)))
  // Ordinary are listings that could not be the service under another name.
  const ordinary = others.filter(({ words }) => candidatesOf(words, heads).length === 0)
  if (ordinary.length < LEAST_ORDINARY) return []
  const telling = tellingPieces(guilty, ordinary)
  const suspects = others.map((listing) => ({ ...listing, ...companyOf(listing, telling) }))
  const terms = new Map<string, { within: typeof suspects; without: number }>()
  for (const listing of suspects)
    for (const term of new Set(candidatesOf(listing.words, heads))) {
      if (telling.has(term)) continue
      const entry = terms.get(term) ?? { within: [], without: 0 }
      if (listing.bans >= COMPANY_BANS) entry.within.push(listing)
      else entry.without += 1
      terms.set(term, entry)
    }
  const proposals = [...terms].flatMap(([term, { within, without }]): Proposal[] => {
    if (within.length === 0 || within.length < LEAST_SHARE * (within.length + without)) return []
    const weight = within.reduce((sum, { bans }) => sum + bans, 0) / within.length
    return [
      {
        term,
        weightBans: Math.round(100 * weight) / 100,
        listings: within.map(({ id }) => id),
        elsewhere: without,
        company: within[0]!.company,
      },
    ]
  })
  return longest(proposals).slice(0, MOST_PROPOSALS)
}

type Pieces = {
  /** Runs of Han characters and Latin words, in order, known names left out. */
  readonly words: readonly string[]
  readonly pieces: ReadonlySet<string>
  readonly names: readonly string[]
}

const RUN = /\p{Script=Han}+|[a-z]+|\d+(?:\.\d+)?/gu

const piecesOf = (text: string, spans: readonly { start: number; end: number }[]): Pieces => {
  let rest = ''
  let from = 0
  const names: string[] = []
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < from) continue
    names.push(normalise(text.slice(start, end)).text)
    rest += `${text.slice(from, start)}\n`
    from = end
  }
  const words = normalise(rest + text.slice(from)).text.match(RUN) ?? []
  const pieces = new Set<string>()
  for (const word of words)
    if (/\p{Script=Han}/u.test(word))
      for (let at = 0; at + 2 <= word.length; at += 1) pieces.add(word.slice(at, at + 2))
    else pieces.add(word)
  return { words, pieces, names }
}

/** Pieces that stand in known listings more than in ordinary ones; add-half smoothing. */
const tellingPieces = (
  guilty: readonly Pieces[],
  ordinary: readonly Pieces[],
): ReadonlyMap<string, number> => {
  const count = (list: readonly Pieces[]) => {
    const counts = new Map<string, number>()
    for (const { pieces } of list)
      for (const piece of pieces) counts.set(piece, (counts.get(piece) ?? 0) + 1)
    return counts
  }
  const [inGuilty, inOrdinary] = [count(guilty), count(ordinary)]
  const telling = new Map<string, number>()
  for (const [piece, seen] of inGuilty) {
    if (seen < LEAST_KNOWN) continue
    const rate = (seen + 0.5) / (guilty.length + 1)
    const usual = ((inOrdinary.get(piece) ?? 0) + 0.5) / (ordinary.length + 1)
    const bans = Math.log10(rate / usual)
    if (bans >= TELLING_BANS) telling.set(piece, bans)
  }
  return telling
}

const companyOf = ({ pieces }: Pieces, telling: ReadonlyMap<string, number>) => {
  const shared = [...pieces]
    .filter((piece) => telling.has(piece))
    .sort((a, b) => telling.get(b)! - telling.get(a)! || (a < b ? -1 : 1))
  const company = shared.slice(0, MOST_PIECES)
  return { company, bans: company.reduce((sum, piece) => sum + telling.get(piece)!, 0) }
}

/** How a name begins: two characters, or the first word; the new name keeps saying what it is for. */
const headsOf = (name: string): string[] => {
  const [first] = name.match(RUN) ?? []
  if (first === undefined) return []
  return [/\p{Script=Han}/u.test(first) ? first.slice(0, 2) : first]
}

/** `直播` and up to three characters more; `live` and up to two words more. */
const candidatesOf = (words: readonly string[], heads: ReadonlySet<string>): string[] => {
  const found: string[] = []
  for (const [i, word] of words.entries()) {
    if (heads.has(word) && /^[a-z]/.test(word))
      for (const length of [1, 2]) {
        const more = words.slice(i + 1, i + 1 + length)
        if (more.length === length && more.every((each) => /^[a-z]/.test(each)))
          found.push([word, ...more].join(' '))
      }
    if (!/\p{Script=Han}/u.test(word)) continue
    for (let at = 0; at + 2 < word.length; at += 1)
      if (heads.has(word.slice(at, at + 2)))
        for (let length = 3; length <= 5 && at + length <= word.length; length += 1)
          found.push(word.slice(at, at + length))
  }
  return found
}

/** Of names within one another that stand in the same listings only the longest. */
const longest = (proposals: readonly Proposal[]): Proposal[] =>
  proposals
    .filter(
      ({ term, listings }) =>
        !proposals.some(
          (other) =>
            other.term.length > term.length &&
            other.term.includes(term) &&
            other.listings.length === listings.length,
        ),
    )
    .sort(
      (a, b) =>
        b.listings.length - a.listings.length ||
        b.weightBans - a.weightBans ||
        (a.term < b.term ? -1 : 1),
    )

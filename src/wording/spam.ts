/**
 * Comment spam, learned from labelled examples: naive-Bayes log-count ratios as the scale of the
 * features of a logistic regression (S. Wang and C. Manning, "Baselines and Bigrams", ACL 2012),
 * over words, pairs of words, character n-grams, links and length. No word is listed here: what an
 * advertisement says is learned. Training draws no dice: equal examples give equal weights.
 *
 * The language does not matter: character n-grams carry Chinese without segmentation.
 */
export type SpamExample = { readonly text: string; readonly spam: boolean }

export type SpamVerdict = {
  readonly spam: boolean
  /** Probability by the model, 0 to 1; calibrated only as far as the training set is like the text. */
  readonly probability: number
}

export type SpamOptions = {
  /** Strength of the ridge; larger trusts the examples less. */
  readonly ridge?: number
  /** Features of the training set must occur in so many examples. */
  readonly leastExamples?: number
}

const SMOOTHING = 1
const ROUNDS = 200
/** Text beyond this says nothing new about whether it is spam, and bounds the work. */
const MOST_CHARACTERS = 4000

/**
 * Learns from at least one example of each kind.
 *
 * @throws RangeError when one kind is missing: nothing can be told apart then
 */
export const trainSpam = (
  examples: readonly SpamExample[],
  { ridge = 0.0003, leastExamples = 2 }: SpamOptions = {},
): ((text: string) => SpamVerdict) => {
  if (!examples.some(({ spam }) => spam) || !examples.some(({ spam }) => !spam))
    throw new RangeError('spam cannot be learned without examples of both kinds')
  const found = examples.map(({ text }) => featuresOf(text))
  const columns = columnsOf(found, leastExamples)
  const scale = logCountRatios(examples, found, columns)
  const rows = found.map((features) => rowOf(features, columns, scale))
  const weights = fit(
    rows,
    examples.map(({ spam }) => (spam ? 1 : -1)),
    columns.size,
    ridge,
  )
  return (text) => {
    const probability = sigmoid(dot(rowOf(featuresOf(text), columns, scale), weights))
    return { spam: probability > 0.5, probability }
  }
}

const LINK =
  /(?:https?:\/\/|www\.)[^\s<>"]+|\b[\w-]+\.(?:com|net|org|tv|me|ly|co|cn|info)\b[^\s<>"]*/giu
const WORD = /\p{Script=Han}|[\p{L}\p{N}']+/gu
const LONGEST_WORD = 40

/** Distinct features of a text; the letter before the colon keeps the kinds apart. */
const featuresOf = (text: string): Set<string> => {
  const plain = tidy(text.slice(0, MOST_CHARACTERS))
  const features = new Set<string>(['bias'])
  const links = plain.match(LINK) ?? []
  if (links.length > 0) features.add('mark:link')
  for (const link of links) features.add(`host:${hostOf(link)}`)
  const words = plain.replace(LINK, ' link ').match(WORD) ?? []
  let before = '^'
  for (const word of [...words, '$']) {
    if (word !== '$') features.add(`w:${word.slice(0, LONGEST_WORD)}`)
    features.add(`b:${before.slice(0, LONGEST_WORD)} ${word.slice(0, LONGEST_WORD)}`)
    before = word
  }
  const run = plain.replace(/\s+/g, ' ')
  for (let size = 3; size <= 5; size += 1)
    for (let at = 0; at + size <= run.length; at += 1) features.add(`c:${run.slice(at, at + size)}`)
  features.add(`length:${Math.ceil(Math.log2(1 + words.length))}`)
  if (/\d{4,}/.test(plain)) features.add('mark:digits')
  return features
}

/** Markup and entities of a page, and what shows nothing (byte-order marks, zero-width spaces). */
const tidy = (text: string): string =>
  text
    .replace(/<a\b[^>]*href="([^"]*)"[^>]*>/giu, ' $1 ')
    .replace(/<[^>]{0,200}>/g, ' ')
    .replace(/&#0?39;|&apos;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/&[gl]t;/g, ' ')
    .replace(/[\u200b-\u200f\ufeff]/g, '')
    .toLowerCase()

const hostOf = (link: string) =>
  link
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .split(/[/?#]/, 1)[0]!

const columnsOf = (found: readonly Set<string>[], least: number): Map<string, number> => {
  const seen = new Map<string, number>()
  for (const features of found)
    for (const feature of features) seen.set(feature, (seen.get(feature) ?? 0) + 1)
  const columns = new Map<string, number>()
  for (const [feature, count] of seen) if (count >= least) columns.set(feature, columns.size)
  return columns
}

/** log of (share of the feature in spam ÷ share in the rest), smoothed: |r| of the paper's eq. 1. */
const logCountRatios = (
  examples: readonly SpamExample[],
  found: readonly Set<string>[],
  columns: ReadonlyMap<string, number>,
): Float64Array => {
  const inSpam = new Float64Array(columns.size).fill(SMOOTHING)
  const inRest = new Float64Array(columns.size).fill(SMOOTHING)
  for (const [i, features] of found.entries())
    for (const feature of features) {
      const column = columns.get(feature)
      if (column !== undefined) (examples[i]!.spam ? inSpam : inRest)[column]! += 1
    }
  const [spam, rest] = [sum(inSpam), sum(inRest)]
  return inSpam.map((count, column) => Math.log(count / spam / (inRest[column]! / rest)))
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0)

type Row = { readonly columns: Uint32Array; readonly values: Float64Array }

/** Scaled to length 1, so that a long comment is not louder than a short one. */
const rowOf = (
  features: ReadonlySet<string>,
  columns: ReadonlyMap<string, number>,
  scale: Float64Array,
): Row => {
  const known: number[] = []
  for (const feature of features) {
    const column = columns.get(feature)
    if (column !== undefined) known.push(column)
  }
  const values = Float64Array.from(known, (column) => scale[column]!)
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1
  return { columns: Uint32Array.from(known), values: values.map((value) => value / length) }
}

/** Minimises the mean logistic loss + ridge/2 |w|² by accelerated gradient (Nesterov 1983). */
const fit = (
  rows: readonly Row[],
  labels: readonly number[],
  size: number,
  ridge: number,
): Float64Array => {
  // Rows have length 1, so the loss has curvature at most 1/4 + ridge.
  const step = 1 / (0.25 + ridge)
  let weights = new Float64Array(size)
  let ahead = weights
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = ahead.map((weight) => ridge * weight)
    for (const [i, row] of rows.entries()) {
      const error = -labels[i]! * sigmoid(-labels[i]! * dot(row, ahead))
      for (let k = 0; k < row.columns.length; k += 1)
        gradient[row.columns[k]!]! += (error * row.values[k]!) / rows.length
    }
    const next = ahead.map((weight, column) => weight - step * gradient[column]!)
    const momentum = round / (round + 3)
    ahead = next.map((weight, column) => weight + momentum * (weight - weights[column]!))
    weights = next
  }
  return weights
}

const dot = ({ columns, values }: Row, weights: Float64Array): number => {
  let sum = 0
  for (let k = 0; k < columns.length; k += 1) sum += values[k]! * weights[columns[k]!]!
  return sum
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

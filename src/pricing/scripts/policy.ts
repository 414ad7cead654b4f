/**
 * The limits and words by which a price routine is told. Data, replaceable as a whole: a word in a
 * caption is a reason to look, never a finding by itself.
 */
export type ScriptPolicy = {
  /** Lower prices in a row that make a concession sequence. */
  readonly minSteps: number
  /** A quarrel and the fall of the price that follows it lie at most so far apart. */
  readonly quarrelMs: number
  /** A fall in price, in ten-thousandths, that counts as sudden. */
  readonly suddenFallBps: number
  /** Broadcasts of one room with the same scene before it is a pattern. */
  readonly minBroadcasts: number
  /** "By mistake" is said at most so long before or after the coupon or price. */
  readonly mistakeMs: number
  /** How much later than the counter a payment may be recorded, or earlier. */
  readonly paymentLagMs: number
  /** Shown orders without a paid order behind them, in ten-thousandths, that are still let pass. */
  readonly displaySlackBps: number
  readonly words: {
    readonly quarrel: readonly string[]
    readonly concession: readonly string[]
    readonly mistake: readonly string[]
  }
}

const MINUTE = 60_000

export const SCRIPT_POLICY: ScriptPolicy = {
  minSteps: 2,
  quarrelMs: 10 * MINUTE,
  suddenFallBps: 3000,
  minBroadcasts: 2,
  mistakeMs: 10 * MINUTE,
  paymentLagMs: 2 * MINUTE,
  displaySlackBps: 500,
  words: {
    quarrel: [
      '亏本',
      '亏死',
      '赔本',
      '不能再低',
      '不能这么低',
      '不同意',
      '没法卖',
      '你疯了',
      'cannot sell',
      'losing money',
      'i do not agree',
      'too low',
    ],
    concession: [
      '再降',
      '再减',
      '再便宜',
      '最后再',
      '补贴',
      '一降再降',
      'even lower',
      'one more cut',
      'lower still',
      'subsid',
    ],
    mistake: [
      '发错',
      '上错',
      '标错',
      '贴错',
      '弄错',
      '搞错',
      '设错',
      'by mistake',
      'mistaken',
      'wrong price',
      'wrong coupon',
    ],
  },
}

export const holdsOneOf = (text: string, words: readonly string[]): boolean => {
  const plain = text.normalize('NFKC').toLowerCase()
  return words.some((word) => plain.includes(word))
}

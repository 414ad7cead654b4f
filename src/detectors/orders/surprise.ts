/**
 * How much more likely a share is under staged orders than under honest ones, where the honest
 * share differs between cases (beta-binomial) and some of them, the mishaps, may show any share.
 */
import { betaBinomialBans, type Beta } from '../../sketches/beta-binomial.ts'

const ANY_SHARE: Beta = { a: 1, b: 1 }

export type Rivals = {
  readonly staged: Beta
  readonly honest: Beta
  /** Share of honest cases in which something out of the ordinary happened, 0 to 1. */
  readonly mishap: number
}

/** Weight in bans of `count` of `total` for staged against honest. Bounded above by the mishaps. */
export const surpriseBans = (
  count: number,
  total: number,
  { staged, honest, mishap }: Rivals,
): number => {
  const usual = Math.log10(1 - mishap) + betaBinomialBans(count, total, honest)
  const unusual = Math.log10(mishap) + betaBinomialBans(count, total, ANY_SHARE)
  const top = Math.max(usual, unusual)
  const either = top + Math.log10(10 ** (usual - top) + 10 ** (unusual - top))
  return betaBinomialBans(count, total, staged) - either
}

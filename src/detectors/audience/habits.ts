/**
 * Do they do what people do? Deeds of the accused against those of everybody else with as long a
 * stay, so that a crowd is not called silent for having stayed short.
 */
import type { Reason } from '../../vocabulary/finding.ts'
import { say } from '../../language/say.ts'
import type { Profile } from './profile.ts'

/** Stays by doubling lengths: people who stay longer do more. */
const stratum = (stay: number) => Math.min(11, Math.floor(Math.log2(Math.max(1, stay / 8)) + 1))

/**
 * How often the accused should have acted, by the habits of everybody else with as long a stay;
 * null where the others are too few or too silent to compare with.
 */
const comparison = (profile: Profile, weights: Float64Array, acted: Uint8Array) => {
  const STRATA = 12
  const did = new Float64Array(STRATA * 2)
  const were = new Float64Array(STRATA * 2)
  for (const row of profile.rows) {
    const cell = stratum(profile.stay[row]!) * 2 + profile.known[row]!
    const other = 1 - weights[row]!
    were[cell]! += other
    did[cell]! += other * acted[row]!
  }
  const rate = new Float64Array(STRATA * 2)
  for (const known of [0, 1]) {
    let best = 0
    for (let s = 0; s < STRATA; s += 1) {
      const cell = s * 2 + known
      // Where nobody else stayed so long, they did at least what shorter stayers do.
      if (were[cell]! >= 20) best = Math.max(best * 0.7, did[cell]! / were[cell]!)
      rate[cell] = best
    }
  }
  let expected = 0
  let observed = 0
  for (const row of profile.rows) {
    const w = weights[row]!
    if (w === 0) continue
    expected += w * rate[stratum(profile.stay[row]!) * 2 + profile.known[row]!]!
    observed += w * acted[row]!
  }
  return { expected, observed, ratio: (observed + 0.5) / (expected + 0.5) }
}

export const activity = (profile: Profile, weights: Float64Array): Reason[] => {
  const { expected, observed, ratio } = comparison(profile, weights, profile.acted)
  if (expected < 5) return []
  const trust = Math.min(1, expected / 15)
  const bans = trust * ladder(ratio, [0.08, 1.3], [0.2, 0.8], [0.4, 0.3], [0.6, 0], [0.8, -0.5], -1)
  const key = ratio < 0.5 ? 'trial.silent' : 'trial.active'
  return [
    {
      family: 'behaviour',
      text: say(key, { observed: Math.round(observed), expected: Math.round(expected) }),
      observed: Math.round(observed),
      expected: {
        'bought-traffic': Math.round(expected * 0.1),
        'ordinary-audience': Math.round(expected),
      },
      weightBans: bans,
    },
  ]
}

export const purchases = (profile: Profile, weights: Float64Array): Reason[] => {
  const { expected, observed, ratio } = comparison(profile, weights, profile.bought)
  if (expected < 5) return []
  const bans = ladder(ratio, [0.1, 0.6], [0.3, 0.3], [0.6, 0], [0.8, -0.4], -0.8)
  return [
    {
      family: 'transaction',
      text: say('trial.purchases', {
        observed: Math.round(observed),
        expected: Math.round(expected),
      }),
      observed: Math.round(observed),
      expected: { 'bought-traffic': 0, 'ordinary-audience': Math.round(expected) },
      weightBans: bans,
    },
  ]
}

/** The first step that the ratio stays below, else the last value. */
const ladder = (
  ratio: number,
  ...steps: readonly [...(readonly [number, number])[], number]
): number => {
  for (const step of steps) {
    if (typeof step === 'number') return step
    if (ratio < step[0]) return step[1]
  }
  return 0
}

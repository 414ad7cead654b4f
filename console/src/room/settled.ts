/** Who is present while a broadcast is on air: known once their visits have reported. */
import type { Series } from './types.ts'

const LATE_MS = 90_000

/** What the page showed stands; of the rest the last minute and a half is left open. */
export const settled = ({ at, values }: Series): Series => {
  const until = (at.at(-1) ?? 0) - LATE_MS
  return {
    at,
    values: Object.fromEntries(
      Object.entries(values).map(([name, points]) => [
        name,
        name === 'displayed' ? points : points.map((value, i) => (at[i]! > until ? null : value)),
      ]),
    ),
  }
}

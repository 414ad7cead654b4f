/**
 * Do the intervals hold what they promise? Each genuine figure of an audit (estimate and 90 %
 * interval) against the true number of the simulation.
 */
export const FIGURES = ['viewers', 'views', 'likes', 'comments', 'orders', 'sales'] as const
export type FigureName = (typeof FIGURES)[number]

export type Covered = {
  readonly broadcast: string
  readonly figure: FigureName
  readonly truth: number
  readonly estimate: number | null
  readonly low: number
  readonly high: number
  readonly covered: boolean
}

export type Coverage = {
  /** Figures with an interval, and those whose interval holds the truth. */
  readonly intervals: number
  readonly covered: number
  readonly share: number | null
  /** Figures of which the audit said nothing. */
  readonly withheld: number
  /** Median of |estimate − truth| ÷ truth, where truth is not 0. */
  readonly medianError: number | null
}

/**
 * @param audit what `assay audit --json` wrote @param scenario what scenario.json holds
 * @throws TypeError naming the field, when either is something else
 */
export const intervals = (
  audit: unknown,
  scenario: unknown,
): { readonly known: readonly Covered[]; readonly withheld: number } => {
  const audited = new Map(
    list(audit, 'broadcasts').map((broadcast) => [field(broadcast, 'broadcast'), broadcast]),
  )
  const known: Covered[] = []
  let withheld = 0
  for (const truth of list(scenario, 'broadcasts')) {
    const broadcast = String(field(truth, 'broadcast'))
    const found = audited.get(broadcast)
    for (const figure of FIGURES) {
      const genuine = found && field(field(field(found, 'figures'), figure), 'genuine')
      if (genuine === undefined || genuine === null) {
        withheld += 1
        continue
      }
      const real = number(field(truth, 'genuine'), figure)
      const low = number(genuine, 'low')
      const high = number(genuine, 'high')
      const estimate = field(genuine, 'estimate') === null ? null : number(genuine, 'estimate')
      const covered = low <= real && real <= high
      known.push({ broadcast, figure, truth: real, estimate, low, high, covered })
    }
  }
  return { known, withheld }
}

export const coverage = (known: readonly Covered[], withheld: number): Coverage => {
  const covered = known.filter((one) => one.covered).length
  const errors = known
    .filter(({ estimate, truth }) => estimate !== null && truth !== 0)
    .map(({ estimate, truth }) => Math.abs(estimate! - truth) / truth)
    .sort((a, b) => a - b)
  const middle = (errors.length - 1) / 2
  return {
    intervals: known.length,
    covered,
    share: known.length === 0 ? null : covered / known.length,
    withheld,
    medianError:
      errors.length === 0 ? null : (errors[Math.floor(middle)]! + errors[Math.ceil(middle)]!) / 2,
  }
}

const field = (value: unknown, name: string): unknown => {
  if (typeof value !== 'object' || value === null) throw new TypeError(name)
  return (value as Readonly<Record<string, unknown>>)[name]
}

const list = (value: unknown, name: string): readonly unknown[] => {
  const found = field(value, name)
  if (!Array.isArray(found)) throw new TypeError(name)
  return found
}

const number = (value: unknown, name: string): number => {
  const found = field(value, name)
  if (typeof found !== 'number') throw new TypeError(name)
  return found
}

/** A report with every text in it replaced, for what a hostile platform or viewer might write. */
export const HOSTILE =
  '</script></style></svg><img src=x onerror=alert(1)>"\' onload=\'x" style="x` &lt;\u0000\u202e\u001b]0;t\u0007\u009b31m\n'

/** Ids that the report itself chooses; changing them changes what is drawn, not only what is said. */
const CHOSEN = new Set([
  'kind',
  'verdict',
  'strength',
  'name',
  'family',
  'families',
  'reading',
  'status',
  'vantage',
  'startedAt',
  'endedAt',
  'from',
  'until',
])

/** A deep copy with every string but the chosen ones replaced, and every record key if `keys`. */
export const poison = <T>(value: T, all: boolean): T => walk(value, '', all) as T

const walk = (value: unknown, key: string, all: boolean): unknown => {
  if (typeof value === 'string') return !all && CHOSEN.has(key) ? value : HOSTILE
  if (Array.isArray(value)) return value.map((one) => walk(one, key, all))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const free = key === 'contents' || (all && (key === 'expected' || key === 'values'))
      return [free ? `${HOSTILE}${name}` : name, walk(one, name, all)]
    }),
  )
}

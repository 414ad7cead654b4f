/**
 * The retention table of a law pack as data (obligations table §11.1): which objects, how long,
 * counted from when, on which provisions. Whether a row is alive is a question to its provisions on
 * the day its own clock starts.
 */
import * as z from 'zod'
import { PolicyError, type Policy } from '../law/policy.ts'

/** What is kept. The first six are made of events; the others are records of other systems. */
export const KEPT_KINDS = [
  'video',
  'interaction',
  'trade',
  'vetting',
  'measure',
  'case',
  'correction',
  'marketer-identity',
  'operator-identity',
  'advertising',
  'rule-version',
  'impact-assessment',
  'network-log',
] as const
export type KeptKind = (typeof KEPT_KINDS)[number]

/** When a period begins to run. */
export const CLOCKS = [
  'broadcast-end',
  'transaction-completion',
  'action',
  'exit',
  'advertising-end',
  'superseded',
] as const
export type Clock = (typeof CLOCKS)[number]

const length = z.int().positive()
const row = z.strictObject({
  id: z.string().min(1),
  objects: z.array(z.enum(KEPT_KINDS)).min(1),
  provisions: z.array(z.string().min(1)).min(1),
  period: z.union([
    z.strictObject({ years: length }),
    z.strictObject({ months: length }),
    z.strictObject({ days: length }),
  ]),
  clock: z.enum(CLOCKS),
  /** Only for rooms that the platform lists as key rooms. */
  keyRoomsOnly: z.literal(true).optional(),
  /** Why the figure is ours, where the law gives none. */
  chosen: z.strictObject({ en: z.string().min(1), zh: z.string().min(1) }).optional(),
})
const retentionFile = z.strictObject({ retention: z.array(row).min(1) })

export type RetentionRow = z.infer<typeof row>
export type Period = RetentionRow['period']

/** Everything that says how long something is kept: the dated provisions and the table over them. */
export type RetentionPolicy = { readonly law: Policy; readonly rows: readonly RetentionRow[] }

/**
 * Reads the parsed contents of a pack's `retention.json`.
 *
 * @throws PolicyError where it has the wrong shape, an id repeats, or a row names a provision that
 *   the pack does not hold.
 */
export const parseRetention = (json: unknown, law: Policy): RetentionPolicy => {
  const result = retentionFile.safeParse(json)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new PolicyError('shape', `${issue!.path.join('.')}: ${issue!.message}`)
  }
  const rows = result.data.retention
  const seen = new Set<string>()
  for (const { id, provisions } of rows) {
    if (seen.has(id)) throw new PolicyError('repeated-id', `${id} stands twice`)
    seen.add(id)
    for (const provision of provisions)
      if (!law.provisions.has(provision))
        throw new PolicyError('unknown-id', `${provision} is not in the pack`)
  }
  return { law, rows }
}

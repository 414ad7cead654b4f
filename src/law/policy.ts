/**
 * A law pack as data: dated provisions, and which of them each kind of finding rests on. Rows are
 * those of the obligations table; the texts are paraphrases in our own words, not legal advice.
 *
 * A rule is alive or not on the date of the event, never on the date of the audit.
 */
import * as z from 'zod'
import { marketFile, type Market } from './market.ts'
import { FINDING_KINDS } from '../vocabulary/finding.ts'

/** M21 Art. 2 covers all three; M26 Art. 2 names video, audio and combinations of them only. */
export const FORMS = ['video', 'audio', 'picture-text'] as const
export type Form = (typeof FORMS)[number]

/** The eight red lines of M21 Art. 18. */
export const RED_LINES = ['1', '2', '3', '4', '5', '6', '7', '8'] as const
export type RedLine = (typeof RED_LINES)[number]

const sentence = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })

const provision = z
  .strictObject({
    id: z.string().min(1),
    title: sentence,
    /** How far the text behind it was read; shown wherever the provision is cited. */
    reading: z.enum(['verified', 'partly-verified', 'unverified']),
    /** First and last day on which it is cited, in the pack's local time. */
    inForceFrom: z.iso.date(),
    inForceUntil: z.iso.date().optional(),
    /** A text that never entered into force: cited as a draft, for orientation. */
    draft: z.literal(true).optional(),
    /** Forms of live room that it covers; absent for all. */
    forms: z.array(z.enum(FORMS)).min(1).optional(),
  })
  .refine((row) => row.inForceUntil === undefined || row.inForceFrom <= row.inForceUntil, {
    error: 'inForceUntil lies before inForceFrom',
  })

const provisionsFile = z.strictObject({
  pack: z.string().min(1),
  /** Where the days of the pack begin: +480 for China. */
  utcOffsetMinutes: z.int(),
  provisions: z.array(provision).min(1),
})

const ids = z.array(z.string().min(1)).min(1)

const findingsFile = z.strictObject({
  findings: z.record(z.enum(FINDING_KINDS), ids),
  redLines: z.record(z.enum(RED_LINES), ids),
})

export type ProvisionRow = z.infer<typeof provision>

export type Policy = Omit<z.infer<typeof provisionsFile>, 'provisions'> &
  z.infer<typeof findingsFile> & {
    readonly provisions: ReadonlyMap<string, ProvisionRow>
    /** What counterfeit numbers cost; a pack may not know. */
    readonly market: Market | null
  }

/** Raised for a pack that cannot be used: `shape`, or an id named twice or not at all. */
export class PolicyError extends Error {
  readonly code: 'shape' | 'repeated-id' | 'unknown-id'
  constructor(code: PolicyError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Reads a pack from the parsed contents of its `provisions.json` and `findings.json`,
 * and of its `market.json` where it has one.
 *
 * @throws PolicyError where either has the wrong shape, an id repeats, or a finding names an id
 *   that the pack does not hold.
 */
export const parsePolicy = (
  provisionsJson: unknown,
  findingsJson: unknown,
  marketJson: unknown = null,
): Policy => {
  const { provisions, ...pack } = read(provisionsFile, provisionsJson)
  const { findings, redLines } = read(findingsFile, findingsJson)
  const rows = new Map<string, ProvisionRow>()
  for (const row of provisions) {
    if (rows.has(row.id)) throw new PolicyError('repeated-id', `${row.id} stands twice`)
    rows.set(row.id, row)
  }
  for (const id of [...Object.values(findings), ...Object.values(redLines)].flat())
    if (!rows.has(id)) throw new PolicyError('unknown-id', `${id} is not in the pack`)
  const market = marketJson === null ? null : read(marketFile, marketJson)
  return { ...pack, findings, redLines, provisions: rows, market }
}

const read = <S extends z.ZodType>(schema: S, json: unknown): z.infer<S> => {
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new PolicyError('shape', `${issue!.path.join('.')}: ${issue!.message}`)
}

/**
 * Which provisions a finding rests on, on the date of the event and for the form of the room.
 *
 * The 2026 Measures do not repeal the 2021 Trial Measures (M26 Art. 69 sets a date, nothing more),
 * so from 2026-02-01 both are cited and the stricter duty of the two is owed. A picture-text room
 * falls under the older text alone.
 */
import type { FindingKind, Provision } from '../vocabulary/finding.ts'
import type { Form, Policy, ProvisionRow, RedLine } from './policy.ts'

/**
 * Everything of the pack that `kind` rests on at `atMs`, in the pack's order: specific first. None
 * where the time of the event is not known (NaN).
 */
export const provisionsFor = (
  kind: FindingKind,
  atMs: number,
  policy: Policy,
  form: Form = 'video',
): readonly Provision[] => cite(policy.findings[kind], atMs, policy, form)

/** The same for one of the eight red lines, where a finding of kind `red-line` names which. */
export const redLineProvisions = (
  line: RedLine,
  atMs: number,
  policy: Policy,
  form: Form = 'video',
): readonly Provision[] => cite(policy.redLines[line], atMs, policy, form)

/** Those of `ids` that are alive at `atMs` for this form of room, in the order given. */
export const cite = (
  ids: readonly string[],
  atMs: number,
  policy: Policy,
  form: Form,
): Provision[] => {
  if (!Number.isFinite(atMs)) return []
  const day = localDay(atMs, policy.utcOffsetMinutes)
  return ids
    .map((id) => policy.provisions.get(id)!)
    .filter((row) => isCited(row, day, form))
    .map((row) => ({
      id: row.id,
      title: row.title,
      reading: row.reading,
      status: row.draft === true ? 'draft' : 'in-force',
    }))
}

/** Both days count; ISO days compare as text. */
const isCited = (row: ProvisionRow, day: string, form: Form): boolean =>
  row.inForceFrom <= day &&
  (row.inForceUntil === undefined || day <= row.inForceUntil) &&
  (row.forms === undefined || row.forms.includes(form))

const localDay = (atMs: number, utcOffsetMinutes: number): string =>
  new Date(atMs + utcOffsetMinutes * 60_000).toISOString().slice(0, 10)

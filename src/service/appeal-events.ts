/** Appeals as they go on record, and as they are read from there: `live.appeal.lodged` and `.decided`. */
import { mentions, withoutMentions } from '../archive/persons.ts'
import type { AppealView } from '../http/contract.ts'
import type { NewAppeal, Verdict } from '../http/door.ts'
import type { AssayEvent, DataOf, EventOf } from '../vocabulary/index.ts'
import { apart, both, ours } from './our-events.ts'

export const lodgedEvent = (
  { appeal, restriction, grounds, party, by }: NewAppeal,
  broadcast: string,
  atMs: number,
): AssayEvent =>
  ours(
    'live.appeal.lodged',
    broadcast,
    ['appeal', appeal].join(':'),
    { appeal, restriction, grounds, party, lodgedBy: by },
    atMs,
  )

export const decidedEvent = (
  { appeal, restriction, broadcast }: AppealView,
  { outcome, reasons, by }: Verdict,
  atMs: number,
): AssayEvent =>
  ours(
    'live.appeal.decided',
    broadcast,
    ['appeal-decided', appeal].join(':'),
    { appeal, restriction, outcome, reasons: both(reasons), decidedBy: [by] },
    atMs,
  )

type Lodged = Pick<AppealView, 'appeal' | 'restriction'> & Partial<DataOf<'live.appeal.lodged'>>

/** What was erased since, or never read here, is empty. */
export const lodgedView = (
  { appeal, restriction, grounds = '', party, lodgedBy }: Lodged,
  broadcast: string,
  lodgedAt: string,
): AppealView => ({
  appeal,
  broadcast,
  restriction,
  grounds,
  party: party ?? null,
  lodgedBy: lodgedBy ?? null,
  lodgedAt,
  outcome: null,
  reasons: null,
  decidedAt: null,
  decidedBy: null,
})

/** What a decision adds to the appeal that it decides. */
export const decisionOf = ({
  data,
  time,
}: EventOf<'live.appeal.decided'>): Pick<
  AppealView,
  'outcome' | 'reasons' | 'decidedAt' | 'decidedBy'
> => ({
  outcome: data.outcome === 'reversed' ? 'reversed' : 'upheld',
  reasons: apart(data.reasons),
  decidedAt: time,
  decidedBy: data.decidedBy?.[0] ?? null,
})

/** Without persons: of an appeal of theirs everything goes that the ledger then lacks. */
export const withoutPersons = (ids: ReadonlySet<string>, view: AppealView): AppealView => {
  if (!mentions(ids, [view.party, view.lodgedBy])) return withoutMentions(ids, view)
  const { reasons } = view
  const gone = { grounds: '', party: null, lodgedBy: null, decidedBy: null }
  return { ...view, ...gone, reasons: reasons && apart(undefined) }
}

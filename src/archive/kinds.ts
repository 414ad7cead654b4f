/**
 * Which kind of kept thing each event is (obligations table §11.1, left column). Everything a viewer
 * did is interaction; everything about goods, money and their return is trade; complaints are
 * after-sales records and records of handling at once (M26-16, M26-31b).
 */
import type { AssayEvent, EventType } from '../vocabulary/event.ts'
import type { KeptKind } from './retention-table.ts'

const KIND = {
  'live.broadcast.announced': 'video',
  'live.broadcast.started': 'video',
  'live.broadcast.ended': 'video',
  'live.segment.recorded': 'video',
  'live.recording.disturbed': 'video',
  'live.caption.spoken': 'video',
  'live.boost.placed': 'interaction',
  'live.display.updated': 'interaction',
  'live.viewer.joined': 'interaction',
  'live.viewer.watched': 'interaction',
  'live.viewer.left': 'interaction',
  'live.like.sent': 'interaction',
  'live.comment.posted': 'interaction',
  'live.comment.removed': 'measure',
  'live.viewer.muted': 'measure',
  'live.follow.added': 'interaction',
  'live.fangroup.joined': 'interaction',
  'live.gift.sent': 'interaction',
  'live.share.sent': 'interaction',
  'live.product.clicked': 'interaction',
  'live.banner.shown': 'interaction',
  'live.fee.agreed': 'trade',
  'live.product.listed': 'trade',
  'live.product.withdrawn': 'trade',
  'live.price.set': 'trade',
  'live.coupon.issued': 'trade',
  'live.coupon.claimed': 'trade',
  'live.order.placed': 'trade',
  'live.order.paid': 'trade',
  'live.order.cancelled': 'trade',
  'live.order.shipped': 'trade',
  'live.order.delivered': 'trade',
  'live.refund.requested': 'trade',
  'live.refund.completed': 'trade',
  'live.review.posted': 'trade',
  'live.review.removed': 'measure',
  'live.promise.made': 'trade',
  'live.test.reported': 'vetting',
  'live.account.registered': 'operator-identity',
  'live.account.verified': 'operator-identity',
  'live.account.closed': 'operator-identity',
  'live.consent.given': 'operator-identity',
  'live.document.filed': 'vetting',
  'live.finding.raised': 'measure',
  'live.finding.withdrawn': 'measure',
  'live.restriction.imposed': 'measure',
  'live.restriction.lifted': 'measure',
  'live.appeal.lodged': 'measure',
  'live.appeal.decided': 'measure',
  'live.complaint.lodged': 'case',
  'live.complaint.answered': 'case',
  'live.complaint.closed': 'case',
  'live.hold.placed': 'measure',
  'live.hold.released': 'measure',
  'live.disclosure.read': 'measure',
  'live.evidence.erased': 'measure',
} as const satisfies Record<EventType, KeptKind>

export const kindOf = (type: EventType): KeptKind => KIND[type]

/** Events that stand and fall together: of one kind, and of one order, broadcast, account or matter. */
export type Group = {
  readonly kind: KeptKind
  readonly broadcast?: string
  readonly order?: string
  /** Personal: a group with an account is named in memory only. */
  readonly account?: string
  /** Id of what it is about where neither order nor broadcast is named: a complaint, a review … */
  readonly matter?: string
}

/** From the event alone, so that whoever deletes a group can tell its members one by one. */
export const groupOf = (event: AssayEvent): Group => {
  const { data, subject } = event
  const kind = KIND[event.type]
  // The lines of erasures stand together, so that what was erased whole has nothing left.
  if (event.type === 'live.evidence.erased') return { kind }
  const order = 'order' in data && typeof data.order === 'string' ? data.order : undefined
  if (kind !== 'video' && kind !== 'interaction' && order !== undefined) return { kind, order }
  if (kind === 'operator-identity' && 'account' in data && typeof data.account === 'string')
    return { kind, account: data.account }
  if (subject !== undefined) return { kind, broadcast: subject }
  const fields = data as Readonly<Record<string, unknown>>
  const matter = MATTERS.map((name) => fields[name]).find((id) => typeof id === 'string')
  return matter === undefined ? { kind } : { kind, matter }
}

const MATTERS = ['complaint', 'restriction', 'appeal', 'review', 'matter'] as const

export const groupKey = ({ kind, broadcast, order, account, matter }: Group): string =>
  JSON.stringify([kind, broadcast ?? null, order ?? null, account ?? null, matter ?? null])

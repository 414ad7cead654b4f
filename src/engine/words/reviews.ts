/** Critical reviews that were taken down without a lawful reason (ECL-39), by merchant. */
import type { Signal } from '../../detectors/detector.ts'
import type { Evidence } from '../../detectors/room.ts'
import { say } from '../../language/say.ts'
import { judgeRemoval, reasonOf, type RemovalStanding } from '../../wording/criticism.ts'
import type { StanceReader } from '../../wording/stance.ts'
import { hypothesesOf, isSuspect, removedReason } from './criticism-reasons.ts'

type Taken = {
  readonly row: number
  readonly review: string
  readonly standing: RemovalStanding
  readonly text: string
}

/** Reviews belong to no broadcast; they are gathered by the merchant of the order. */
export const reviewSignals = ({ files, orders }: Evidence, stance: StanceReader): Signal[] => {
  const { reviews } = files
  const c = reviews.columns
  const byMerchant = new Map<string, Taken[]>()
  for (let row = 0; row < reviews.length; row += 1) {
    if (Number.isNaN(c.removedAt[row]!)) continue
    const text = c.text[row] === 0 ? undefined : reviews.texts.nameOf(c.text[row]! - 1)
    const reason = reasonOf(reviews.reasons.nameOf(c.reason[row]! - 1))
    const standing = judgeRemoval({ text, reason, repeats: 1 }, stance)
    if (!isSuspect(standing)) continue
    const order = c.order[row] === 0 ? undefined : reviews.orders.nameOf(c.order[row]! - 1)
    const placed = order === undefined ? undefined : orders.ids.find(order)
    const merchant = placed === undefined ? 0 : orders.columns.merchant[placed]!
    const subject = merchant === 0 ? 'reviews' : orders.merchants.nameOf(merchant - 1)
    const list = byMerchant.get(subject) ?? []
    list.push({ row, review: reviews.ids.nameOf(row), standing, text: text! })
    byMerchant.set(subject, list)
  }
  const merchants = [...byMerchant].sort(([a], [b]) => (a < b ? -1 : 1))
  return merchants.map(([subject, unsorted]): Signal => {
    const list = unsorted.sort((a, b) => (a.review < b.review ? -1 : 1))
    const reasons = removedReason(list)
    const times = list.map(({ row }) => c.removedAt[row]!)
    return {
      kind: 'criticism-removed',
      subject,
      hypotheses: hypothesesOf(reasons),
      summary: say('criticism.reviews', { removed: list.length }),
      reasons,
      evidence: list.map(({ review }) => review),
      from: Math.min(...times),
      until: Math.max(...times),
      suspicions: [],
    }
  })
}

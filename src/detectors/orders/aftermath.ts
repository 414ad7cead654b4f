/**
 * What became of the suspected orders (obligations table §8.3, "refund" and "logistics"): when and
 * why money was asked back, whether goods were sent, and what stayed paid.
 */
import { say } from '../../language/say.ts'
import { ENOUGH, percents, shares, suspectedRows, type Weigher } from './contrast.ts'
import { orderedAt } from './groups.ts'
import { isGivenBack, refundAt } from './money.ts'
import { isAboutGoods, isBackAtOnce, statesReason } from './reasons.ts'

const DAY_MS = 86_400_000

/**
 * Attackers ask at once, without a reason, before anything is shipped; brushers, whose orders must
 * stand in the figures, once those of the broadcast are published or settled, and have nothing to
 * send back; people who received the goods, after delivery.
 */
export const refundTiming: Weigher = ({ orders, knowsShipping, knowsReturns }, affair) => {
  const { deliveredAt, shippedAt, goodsReturned } = orders.columns
  const end = affair.room?.endedAt ?? Number.NaN
  let refunds = 0
  let atOnce = 0
  let later = 0
  let afterDelivery = 0
  for (const row of suspectedRows(affair)) {
    const at = refundAt(orders, row)
    if (Number.isNaN(at) || at < orderedAt(orders, row)) continue
    refunds += 1
    const isDelivered = deliveredAt[row]! <= at
    if (isBackAtOnce(orders, row)) atOnce += 1
    else if (
      goodsReturned[row] === 1 ||
      (isDelivered && (!knowsReturns || isAboutGoods(orders, row)))
    )
      afterDelivery += 1
    else if (shippedAt[row]! <= at && !isDelivered) continue
    else if (at >= end + DAY_MS && knowsShipping && !isAboutGoods(orders, row)) later += 1
  }
  if (refunds < ENOUGH) return undefined
  const [first, last, honest] = [atOnce / refunds, later / refunds, afterDelivery / refunds]
  if (Math.max(first, last, honest) < 0.3) return undefined
  return {
    family: 'transaction',
    text: say('order.refund-timing', {
      atOnce: { percent: first },
      later: { percent: last },
      afterDelivery: { percent: honest },
    }),
    observed: `${atOnce} / ${later} / ${afterDelivery}`,
    expected: {
      'self-brushing': 'later',
      'third-party-attack': 'at once',
      'honest-returns': 'after delivery',
    },
    brushingBans: 0.5 * last - 0.2 * first - 0.5 * honest,
    attackBans: 0.5 * first - 0.2 * last - 0.5 * honest,
  }
}

/**
 * Size and fit speak for people who unpacked the goods; silence speaks for nobody. That an attacker
 * gives no reason is weighed with how soon he asks, and not here again.
 */
export const refundReasons: Weigher = ({ orders }, affair) => {
  let stated = 0
  let refunds = 0
  let honest = 0
  for (const row of suspectedRows(affair)) {
    if (!isGivenBack(orders, row)) continue
    refunds += 1
    if (!statesReason(orders, row)) continue
    stated += 1
    if (isAboutGoods(orders, row)) honest += 1
  }
  if (stated < ENOUGH || stated < 0.3 * refunds) return undefined
  const share = honest / stated
  return {
    family: 'content',
    text: say('order.reasons', { share: { percent: share }, stated }),
    observed: share,
    expected: { 'self-brushing': 0.1, 'third-party-attack': 0.1, 'honest-returns': 0.7 },
    brushingBans: share < 0.1 ? 0.2 : -share,
    attackBans: share < 0.1 ? 0.2 : -share,
  }
}

/** Paid, and neither shipped nor given back: a merchant who knows better, and no buyer who asks. */
export const shipping: Weigher = ({ orders, knowsShipping }, affair) => {
  const { shippedAt, deliveredAt } = orders.columns
  if (!knowsShipping) return undefined
  const share = shares(affair, (i) => {
    const row = affair.rows[i]!
    if (isGivenBack(orders, row)) return undefined
    return Number.isNaN(shippedAt[row]!) && Number.isNaN(deliveredAt[row]!)
  })
  if (share === undefined || share.suspected - share.others < 0.3) return undefined
  return {
    family: 'transaction',
    text: say('order.unshipped', percents(share)),
    observed: share.suspected,
    expected: { 'self-brushing': 0.8, 'third-party-attack': 0.3, 'honest-returns': share.others },
    brushingBans: 0.8,
    attackBans: 0.2,
  }
}

/** Who attacks takes the money back; orders that stay paid help the seller's figures alone. */
export const keptOrders: Weigher = ({ orders }, affair) => {
  const rows = suspectedRows(affair)
  const kept = rows.filter((row) => !isGivenBack(orders, row)).length / rows.length
  if (rows.length < ENOUGH || kept < 0.25) return undefined
  return {
    family: 'transaction',
    text: say('order.kept', { share: { percent: kept } }),
    observed: kept,
    expected: { 'self-brushing': 0.9, 'third-party-attack': 0.1 },
    brushingBans: 0,
    attackBans: -Math.min(1, 1.25 * kept),
  }
}

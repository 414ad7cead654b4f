/** What a refund says of itself (obligations table §8.3, "refund"): its reason, and how soon. */
import { orderedAt } from './groups.ts'
import { isGivenBack, refundAt } from './money.ts'
import type { OrderTable } from '../tables/orders.ts'

const HOUR_MS = 3_600_000

const ABOUT_GOODS =
  /尺|码|大小|合适|质量|破|损|瑕疵|色差|颜色|不喜欢|味|过敏|发错|漏发|少件|描述|size|fit|small|large|colou?r|quality|defect|broken|damaged|wrong|material|smell|describe/i

/** Says nothing: "other", "none". A right to return without a reason is used, not explained. */
const VAGUE = /^(无|没有|其他|其它|其他原因|无理由|七天无理由|none|other|no reason|n\/a|-)?$/i

/** Empty where no reason was stated. */
const stated = ({ reasons, columns }: OrderTable, row: number): string =>
  columns.reason[row] === 0 ? '' : reasons.nameOf(columns.reason[row]! - 1).trim()

export const statesReason = (orders: OrderTable, row: number): boolean => stated(orders, row) !== ''

/** Size, fit, quality: the reason of somebody who unpacked the goods. */
export const isAboutGoods = (orders: OrderTable, row: number): boolean =>
  ABOUT_GOODS.test(stated(orders, row))

/** Money asked back within the hour, without a reason, and before anything was shipped. */
export const isBackAtOnce = (orders: OrderTable, row: number): boolean => {
  if (!isGivenBack(orders, row) || !VAGUE.test(stated(orders, row))) return false
  const at = refundAt(orders, row)
  const { shippedAt, deliveredAt } = orders.columns
  return (
    at - orderedAt(orders, row) <= HOUR_MS && !(shippedAt[row]! <= at) && !(deliveredAt[row]! <= at)
  )
}

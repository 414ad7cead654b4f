/** What an order finding states without weighing it: what the fee bought, and what is not known. */
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import type { Affair } from './affair.ts'
import type { FeatureContext } from './contrast.ts'
import { nameIn } from './groups.ts'
import { isCancelled, isRefundedInFull } from './money.ts'
import type { Evidence } from '../room.ts'

/** A sentence for each merchant of the affair that paid a slot fee for this broadcast. */
export const feeReasons = (evidence: Evidence, { rows, cells, room }: Affair): Reason[] => {
  const { orders, fees } = evidence
  if (room === undefined) return []
  return cells.flatMap((cell) => {
    const merchant = nameIn(orders.merchants, cell.merchant)
    const slotFee = fees
      .filter((fee) => fee.broadcast === room.broadcast && fee.merchant === merchant)
      .reduce((total, fee) => total + fee.slotFee, 0)
    const kept = rows.filter(
      (row) =>
        orders.columns.merchant[row] === cell.merchant &&
        !isRefundedInFull(orders, row) &&
        !isCancelled(orders, row),
    ).length
    if (slotFee === 0 || kept === 0) return []
    const fee = { money: slotFee, currency: room.currency }
    const each = { money: Math.floor(slotFee / kept + 0.5), currency: room.currency }
    return [statement(say('order.fee', { merchant, sold: cell.orders, kept, fee, each }), kept)]
  })
}

/** One sentence that names what would tell the hypotheses apart and is not in the evidence. */
export const missingReason = (
  { orders, links, knowsShipping }: FeatureContext,
  { sighted }: Affair,
): Reason[] => {
  const missing: Sentence[] = []
  if (links.payer === undefined) missing.push(say('order.missing.payers'))
  if (links.device === undefined) missing.push(say('order.missing.devices'))
  if (sighted.every((sight) => sight === 0)) missing.push(say('order.missing.views'))
  if (orders.reasons.size === 0) missing.push(say('order.missing.reasons'))
  if (!knowsShipping) missing.push(say('order.missing.shipping'))
  if (missing.length === 0) return []
  const list = {
    en: missing.map((sentence) => sentence.en).join(', '),
    zh: missing.map((sentence) => sentence.zh).join('、'),
  }
  return [statement(say('order.missing', { list: { term: list } }), missing.length)]
}

const statement = (text: Sentence, observed: number): Reason => ({
  family: 'transaction',
  text,
  observed,
  expected: {},
  weightBans: 0,
})

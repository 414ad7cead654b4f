/**
 * Equal orders treated unequally (scenario S1-31, rows M21-23 and CPLR24-9): under one promise, same
 * product, same pieces, same price paid and the same difference, some got it back and others not.
 * Where somebody asked and did not get it, the inequality stands; where the others never asked,
 * the innocent reading is that they have not asked yet, and it stays open.
 */
import { groupBy } from './group-by.ts'
import type { Payouts } from './payouts.ts'
import type { RefundDue } from './refunds-due.ts'

export type UnequalTreatment = {
  readonly kind: 'unequal-treatment'
  readonly verdict: 'supported' | 'undetermined'
  readonly promise: string
  readonly product: string
  /** What each of them paid for the product and was owed, minor units. */
  readonly paid: number
  readonly difference: number
  readonly compensated: readonly string[]
  readonly uncompensated: readonly string[]
  /** Of the uncompensated, those who asked. */
  readonly asked: readonly string[]
  readonly provisions: readonly string[]
}

export const unequalTreatment = (
  refunds: readonly RefundDue[],
  { askedAt, compensated: paidTo }: Payouts,
): readonly UnequalTreatment[] => {
  const groups = groupBy(refunds, ({ promise, product, quantity, paid, difference }) =>
    JSON.stringify([promise, product, quantity, paid, difference]),
  )
  return [...groups.values()].flatMap((group) => {
    const [{ promise, product, paid, difference }] = group as [RefundDue, ...RefundDue[]]
    const orders = group.map(({ order }) => order).sort()
    const compensated = orders.filter((order) => paidTo(order) > 0)
    const uncompensated = orders.filter((order) => paidTo(order) === 0)
    if (compensated.length === 0 || uncompensated.length === 0) return []
    const asked = uncompensated.filter((order) => askedAt(order) !== undefined)
    return [
      {
        kind: 'unequal-treatment' as const,
        verdict: asked.length > 0 ? ('supported' as const) : ('undetermined' as const),
        promise,
        product,
        paid,
        difference,
        compensated,
        uncompensated,
        asked,
        provisions: ['M21-23', 'CPLR24-9'],
      },
    ]
  })
}

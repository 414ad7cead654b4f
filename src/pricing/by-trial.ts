/**
 * The cheapest basket under terms that are only known as a function, such as chained discounts:
 * every basket is tried while the budget lasts. A discount that another one has changed can raise a
 * share as well as lower it, so there is no bound to cut by; past the budget the lower bound is 0.
 */
import type { Found } from './cheapest.ts'
import { compareFractions, fraction } from './fraction.ts'
import type { ShelfItem } from './market.ts'
import { compatible, priceBasket, type PricedBasket } from './price-basket.ts'
import type { Budget } from './search.ts'
import { covers, MAX_AMOUNT, type Coupon } from './shop.ts'
import type { BasketLine, Terms } from './terms.ts'

export type Trial = {
  readonly target: ShelfItem
  readonly shelf: Iterable<ShelfItem>
  readonly coupons: readonly Coupon[]
  readonly channel: string
  readonly maxUnits: number
  readonly terms: Terms
  readonly budget: Budget
}

/** More coupons than this are not combined in every way. */
const MAX_COUPONS = 12

/** Coupons are used in the order in which they were issued. */
export const cheapestByTrial = (trial: Trial): Found => {
  const { target, shelf, channel, maxUnits, terms, budget } = trial
  const coupons = [...trial.coupons].sort((a, b) => a.at - b.at || (a.coupon < b.coupon ? -1 : 1))
  const sets = setsOf(coupons.slice(0, MAX_COUPONS))
  const fillers = [...shelf].filter(
    (item) =>
      item.product !== target.product &&
      item.price > 0 &&
      coupons.some((coupon) => covers(coupon, item, channel)),
  )
  let best: PricedBasket = priceBasket([lineOf(target, 1)], [], channel, terms)
  let isDone = coupons.length <= MAX_COUPONS
  const lines: BasketLine[] = []
  const visit = (j: number, gross: number) => {
    for (const set of sets) {
      if (budget.nodes <= 0) {
        isDone = false
        return
      }
      budget.nodes -= 1
      const priced = priceBasket(lines, set, channel, terms)
      if (compareFractions(priced.lines[0]!.effective, best.lines[0]!.effective) < 0) best = priced
    }
    for (let k = j; k < fillers.length; k += 1) {
      const filler = fillers[k]!
      for (let n = 1; n <= maxUnits && gross + n * filler.price < MAX_AMOUNT; n += 1) {
        lines.push(lineOf(filler, n))
        visit(k + 1, gross + n * filler.price)
        lines.pop()
        if (budget.nodes <= 0) return
      }
    }
  }
  for (let q = 1; q <= maxUnits && q * target.price < MAX_AMOUNT; q += 1) {
    lines.push(lineOf(target, q))
    visit(0, q * target.price)
    lines.pop()
  }
  const paying = best.discounts.filter(({ amount }) => amount > 0)
  return { basket: { ...best, discounts: paying }, lower: isDone ? null : fraction(0) }
}

/** Every set of coupons that may be combined, the empty one included. */
const setsOf = (coupons: readonly Coupon[]): readonly (readonly Coupon[])[] => {
  let sets: (readonly Coupon[])[] = [[]]
  for (const coupon of coupons)
    sets = [...sets, ...sets.map((set) => [...set, coupon]).filter(compatible)]
  return sets
}

const lineOf = ({ product, merchant, price }: ShelfItem, quantity: number): BasketLine => ({
  product,
  merchant,
  quantity,
  unitPrice: price,
})

/**
 * What becomes of the promises on file, and of a coupon asked against them, for whoever asks. A
 * promise is called broken only on goods whose prices are all known and one merchant's, by coupons of
 * which somebody can still have had one; and kept only where nothing that could have undercut it was
 * left out.
 */
import type {
  CheckedPromise,
  PreflightAnswer,
  PromiseOnFileView,
  PromisesOnFile,
} from '../../http/contract.ts'
import type { PromisesAsked, ShopAsked } from '../../http/routes/prices.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { shopOf } from '../../pricing/shop.ts'
import { checkedView, currencyOf, tried } from './answer.ts'
import { merchantOfGoods, type PromiseOnFile, type ShopsOnFile } from './on-file.ts'
import type { Standing, Standings } from './standing.ts'

/** Fillers × coupons that a coupon is tried with: a second or two. */
const WORK = 2_000_000
/** Promises that a page shows, or a coupon is held against: the newest. */
export const MOST_JUDGED = 50
/** What a form lets one choose from. */
const PRODUCTS_SHOWN = 1_000

export class Judge {
  readonly #shops: ShopsOnFile
  readonly #standings: Standings

  constructor(shops: ShopsOnFile, standings: Standings) {
    this.#shops = shops
    this.#standings = standings
  }

  promises({ merchant, broadcast, before = Infinity, limit }: PromisesAsked): PromisesOnFile {
    const asked = [...this.#shops.platforms].flatMap((platform) => {
      const kept = this.#shops.get(platform)!
      return [...kept.promises.values()]
        .filter(
          ({ number, event: { data, subject } }) =>
            data.kind !== 'after-sales' &&
            number < before &&
            (broadcast === undefined || subject === broadcast) &&
            (merchant === null || merchantOfGoods(kept, data.product) === merchant),
        )
        .map((promise) => ({ platform, promise }))
    })
    return {
      promises: asked
        .sort((a, b) => b.promise.number - a.promise.number)
        .slice(0, Math.min(limit, MOST_JUDGED))
        .map(({ platform, promise }) => viewOf(platform, promise, this.#standings.of(platform))),
      platforms: this.#named(merchant),
      complete: this.#shops.isComplete,
    }
  }

  /** `which` where no platform on file was named, and there are several. */
  preflight({ merchant, platform, coupon }: ShopAsked): PreflightAnswer | 'which' {
    const names = this.#named(merchant)
    const named = platform ?? (names.length > 1 ? 'which' : names[0])
    // Nothing is on file, so nothing is promised.
    if (named === undefined) return tried(shopOf([]).shop, coupon, [])
    if (this.#shops.get(named) === undefined) return 'which'
    const { kept, shop, isWhole, isMixed } = this.#standings.of(named)
    const isOwn = ({ product }: { readonly product: string }) =>
      merchant === null || merchantOfGoods(kept, product) === merchant
    const promises = isMixed ? [] : shop.promises.filter(isOwn)
    const { coupon: verdict, ...answer } = tried(
      { ...shop, promises: promises.slice(-MOST_JUDGED) },
      coupon,
      [],
      { work: WORK },
    )
    const isAll = isWhole && promises.length <= MOST_JUDGED
    return {
      ...answer,
      products: answer.products.filter(isOwn).slice(0, PRODUCTS_SHOWN),
      coupon: verdict && { ...verdict, complete: verdict.complete && isAll },
    }
  }

  #named(merchant: string | null): string[] {
    return [...this.#shops.platforms].filter((name) => this.#sells(name, merchant)).sort()
  }

  #sells(platform: string, merchant: string | null): boolean {
    if (merchant === null) return true
    const goods = this.#shops.get(platform)?.goods.values() ?? []
    return [...goods].some(({ merchants }) => merchants.has(merchant))
  }
}

const viewOf = (
  platform: string,
  promise: PromiseOnFile,
  standing: Standing,
): PromiseOnFileView => {
  const { number, event, isLate } = promise
  const { kept, shop, isWhole, knowsOrders } = standing
  const checked = checkedOf(promise, standing)
  const open = whyOpen(checked, isWhole)
  return {
    ...checked,
    ...(open === null ? {} : { outcome: 'review' as const, missing: open }),
    complete: checked.complete && isWhole && knowsOrders && !isLate,
    number,
    platform,
    currency: currencyOf(shop),
    merchant: merchantOfGoods(kept, event.data.product),
    broadcast: event.subject ?? null,
    madeAt: new Date(event.time).toISOString(),
  }
}

const checkedOf = (promise: PromiseOnFile, { shop, checked }: Standing): CheckedPromise => {
  const { data } = promise.event
  const known = checked(promise)
  if (known !== undefined) return checkedView(shop, known.check, data.text)
  return {
    promise: data.promise,
    kind: data.kind,
    product: data.product,
    text: data.text,
    outcome: 'review',
    missing: say('prices.not-judged'),
    responsible: null,
    owedOrders: 0,
    owed: 0,
    receipt: null,
    complete: false,
  }
}

/** What the records alone do not settle; null where they do. */
const whyOpen = ({ outcome, kind }: CheckedPromise, isWhole: boolean): Sentence | null => {
  if (outcome === 'kept' && !isWhole) return say('prices.not-whole')
  const isOfGoods = kind === 'gift' || kind === 'quantity'
  return outcome === 'broken' && isOfGoods ? say('prices.not-in-order') : null
}

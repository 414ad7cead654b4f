/** What the main thread and the prices' thread say to one another: one question at a time. */
import type { PreflightAnswer, PromisesOnFile } from '../../http/contract.ts'
import type { FileQuestion, PromisesAsked, ShopAsked } from '../../http/routes/prices.ts'
import type { AssayEvent } from '../../vocabulary/index.ts'
import type { ShopOnFile } from './on-file.ts'
import type { PromisesWeighed } from './weigher.ts'

export type PriceQuestion =
  | ({ readonly type: 'file' } & FileQuestion)
  | ({ readonly type: 'preflight' } & ShopAsked)
  | ({ readonly type: 'promises' } & PromisesAsked)
  /** Nobody's: what is to be said of the promises on air. */
  | { readonly type: 'weigh'; readonly platform: string }

export type ToPrices =
  | PriceQuestion
  /** The shops as they stand; first of all. */
  | { readonly type: 'load'; readonly shops: readonly (readonly [string, ShopOnFile])[] }
  /** Something more of them. Not answered. */
  | { readonly type: 'take'; readonly event: AssayEvent }

/** `which`: of several platforms none was named. */
export type PriceAnswer = PreflightAnswer | PromisesOnFile | PromisesWeighed | 'which'

/**
 * Questions about prices are searches, and a shop can be made so that one takes long: they are
 * answered in a thread, one at a time, and one that takes too long is given up with its thread. The
 * next thread is given the shops on file anew.
 */
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { oneByOne } from '../../archive/turns.ts'
import type { PreflightAnswer, PromisesOnFile } from '../../http/contract.ts'
import { HttpProblem } from '../../http/problem.ts'
import type { FileQuestion, Prices, PromisesAsked, ShopAsked } from '../../http/routes/prices.ts'
import { say } from '../../language/say.ts'
import { startThread } from '../../store/thread.ts'
import type { ShopsOnFile } from './on-file.ts'
import type { PriceAnswer, PriceQuestion, ToPrices } from './protocol.ts'
import type { PromisesWeighed } from './weigher.ts'

const WITHIN_MS = 10_000
/** Questions that may wait: a form that asks at every stroke must not fill memory. */
const MOST_WAITING = 16

export class ThreadedPrices implements Prices {
  readonly #shops: ShopsOnFile
  #thread: Worker | null = null
  readonly #alone = oneByOne()
  #waiting = 0

  constructor(shops: ShopsOnFile) {
    this.#shops = shops
    shops.follow((event) => this.#tell({ type: 'take', event }))
  }

  async preflight(question: FileQuestion): Promise<PreflightAnswer> {
    return this.#turn<PreflightAnswer>({ type: 'file', ...question })
  }

  async preflightOnFile(asked: ShopAsked): Promise<PreflightAnswer> {
    const answer = await this.#turn<PreflightAnswer | 'which'>({ type: 'preflight', ...asked })
    if (answer === 'which') throw new HttpProblem('bad-request', say('prices.which-platform'))
    return answer
  }

  async promises(asked: PromisesAsked): Promise<PromisesOnFile> {
    return this.#turn<PromisesOnFile>({ type: 'promises', ...asked })
  }

  /** What is to be said of the platform's promises that were not weighed since its shop changed. */
  async weigh(platform: string): Promise<PromisesWeighed> {
    return this.#turn<PromisesWeighed>({ type: 'weigh', platform })
  }

  async close(): Promise<void> {
    await this.#thread?.terminate()
  }

  async #turn<T extends PriceAnswer>(question: PriceQuestion): Promise<T> {
    if (this.#waiting >= MOST_WAITING)
      throw new HttpProblem('busy', say('problem.busy', { seconds: 1 }), { 'retry-after': '1' })
    this.#waiting += 1
    try {
      return await this.#alone(() => this.#ask<T>(question))
    } finally {
      this.#waiting -= 1
    }
  }

  async #ask<T>(question: PriceQuestion): Promise<T> {
    const thread = this.#started()
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), WITHIN_MS)
    try {
      // Waiting for the answer also rejects when the thread dies.
      const answer = once(thread, 'message', { signal: late.signal })
      this.#tell(question)
      const [message] = (await answer) as [T]
      return message
    } catch (error) {
      this.#thread = null
      await thread.terminate()
      if (late.signal.aborted) throw new HttpProblem('timeout', say('console.prices-too-long'))
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  #started(): Worker {
    if (this.#thread !== null) return this.#thread
    this.#thread = startThread('thread', import.meta.url)
    const shops = [...this.#shops.platforms].map(
      (platform) => [platform, this.#shops.get(platform)!] as const,
    )
    this.#tell({ type: 'load', shops })
    return this.#thread
  }

  #tell(message: ToPrices): void {
    this.#thread?.postMessage(message, [])
  }
}

/**
 * Questions about prices are searches, and a shop can be made so that one takes long: they are
 * answered in a thread, one at a time, and one that takes too long is given up with its thread.
 */
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type { PreflightAnswer } from '../../http/contract.ts'
import { HttpProblem } from '../../http/problem.ts'
import type { PreflightQuestion, Prices } from '../../http/routes/prices.ts'
import { say } from '../../language/say.ts'
import { startThread } from '../../store/thread.ts'

const WITHIN_MS = 10_000
/** Questions that may wait: a form that asks at every stroke must not fill memory. */
const MOST_WAITING = 16

export class ThreadedPrices implements Prices {
  #thread: Worker | null = null
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  async preflight(question: PreflightQuestion): Promise<PreflightAnswer> {
    if (this.#waiting >= MOST_WAITING)
      throw new HttpProblem('busy', say('problem.busy', { seconds: 1 }), { 'retry-after': '1' })
    this.#waiting += 1
    const answer = this.#last.then(() => this.#ask(question))
    this.#last = answer.catch(() => {})
    try {
      return await answer
    } finally {
      this.#waiting -= 1
    }
  }

  async close(): Promise<void> {
    await this.#thread?.terminate()
  }

  async #ask(question: PreflightQuestion): Promise<PreflightAnswer> {
    const thread = (this.#thread ??= startThread('thread', import.meta.url))
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), WITHIN_MS)
    try {
      // Waiting for the answer also rejects when the thread dies.
      const answer = once(thread, 'message', { signal: late.signal })
      thread.postMessage(question, [])
      const [message] = (await answer) as [PreflightAnswer]
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
}

/** The thread that answers questions about prices, one after the other. */
import { parentPort } from 'node:worker_threads'
import type { PreflightQuestion } from '../../http/routes/prices.ts'
import { answerOf } from './answer.ts'

const port = parentPort!
port.on('message', (question: PreflightQuestion) => {
  port.postMessage(answerOf(question))
})

/** The thread that answers questions about prices, one after the other. */
import { parentPort } from 'node:worker_threads'
import { answerOf } from './answer.ts'
import { Judge } from './judge.ts'
import { ShopsOnFile } from './on-file.ts'
import type { PriceAnswer, PriceQuestion, ToPrices } from './protocol.ts'
import { Standings } from './standing.ts'
import { Weigher } from './weigher.ts'

const port = parentPort!
const shops = new ShopsOnFile()
const standings = new Standings(shops)
const judge = new Judge(shops, standings)
const weigher = new Weigher(shops, standings)

const answer = (question: PriceQuestion): PriceAnswer => {
  switch (question.type) {
    case 'file':
      return answerOf(question)
    case 'preflight':
      return judge.preflight(question)
    case 'promises':
      return judge.promises(question)
    case 'weigh':
      return weigher.weigh(question.platform)
    default:
      return question satisfies never
  }
}

port.on('message', (message: ToPrices) => {
  if (message.type === 'load')
    for (const [platform, shop] of message.shops) shops.load(platform, shop)
  else if (message.type === 'take') shops.take(message.event)
  else port.postMessage(answer(message))
})

/** One promise and what became of it: kept or not, what is missing, who is owed, the receipt. */
import type { CheckedPromise } from '../../../src/http/contract.ts'
import { useWords } from '../i18n.tsx'
import { Id } from '../parts.tsx'
import { Receipt } from './receipt.tsx'

const WORDS = {
  kept: { en: 'kept', zh: '已兑现' },
  broken: { en: 'broken', zh: '未兑现' },
  review: { en: 'left open', zh: '有待确认' },
  outside: { en: 'not in force', zh: '不在承诺期内' },
  owed: { en: '{count} orders are owed {sum} in all.', zh: '共 {count} 笔订单应补差 {sum}。' },
  ifOwed: {
    en: 'If it counts, {count} orders are owed {sum} in all.',
    zh: '若计入，则共 {count} 笔订单应补差 {sum}。',
  },
  cause: { en: 'Caused by', zh: '起因' },
} as const

export const PARTIAL = {
  en: 'Not everything could be searched or is on file: the answer may miss something.',
  zh: '未能搜索全部情况，或在案数据不全，结果可能不完整。',
} as const

const TONES = {
  kept: 'is-innocent',
  broken: 'is-supported',
  review: 'is-undetermined',
  outside: '',
} as const

export const PromiseState = ({
  promise,
  currency,
}: {
  readonly promise: CheckedPromise
  readonly currency: string
}) => {
  const { t, money } = useWords()
  const { product, text, outcome, missing, responsible, owedOrders, owed, receipt } = promise
  const sum = money(owed, currency)
  return (
    <>
      <p>
        <span className={`chip ${TONES[outcome]}`}>{t(WORDS[outcome])}</span> <Id>{product}</Id>:{' '}
        <bdi>{text}</bdi>
      </p>
      {missing !== null && <p>{t(missing)}</p>}
      {owedOrders > 0 && (
        <p>{t(outcome === 'broken' ? WORDS.owed : WORDS.ifOwed, { count: owedOrders, sum })}</p>
      )}
      {responsible !== null && (
        <p className="soft">
          {t(WORDS.cause)} <Id>{responsible}</Id>
        </p>
      )}
      {receipt !== null && <Receipt receipt={receipt} currency={currency} />}
      {!promise.complete && <p className="soft">{t(PARTIAL)}</p>}
    </>
  )
}

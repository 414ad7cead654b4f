/** What a coupon would do to the promises if it were issued, and what would avoid it. */
import { Alert } from 'antd'
import type { PreflightAnswer } from '../../../src/http/contract.ts'
import { useWords } from '../i18n.tsx'
import { PARTIAL } from './promise-state.tsx'
import { Receipt } from './receipt.tsx'

const WORDS = {
  safe: { en: 'Breaks no promise', zh: '不违背任何承诺' },
  breaks: { en: 'Would break a promise', zh: '将违背承诺' },
  review: {
    en: 'May break a promise: its text leaves it open',
    zh: '可能违背承诺：承诺文本未予明确',
  },
  threat: {
    en: 'Promise {promise} on {product}: not below {limit}',
    zh: '承诺 {promise}（{product}）：不低于 {limit}',
  },
  changes: { en: 'The smallest changes that avoid it', zh: '可避免违背的最小改动' },
  noChange: {
    en: 'No single change was found that avoids it.',
    zh: '没有找到可避免违背的单项改动。',
  },
  liability: { en: 'It can cost at most {sum}.', zh: '最多需承担 {sum}。' },
} as const

const TYPES = { safe: 'success', breaks: 'error', review: 'warning' } as const

export const Verdict = ({
  coupon,
  currency,
}: {
  readonly coupon: NonNullable<PreflightAnswer['coupon']>
  readonly currency: string
}) => {
  const { t, money } = useWords()
  const { outcome, breaks, changes, liability, complete } = coupon
  return (
    <div className="stack">
      <Alert type={TYPES[outcome]} showIcon title={t(WORDS[outcome])} />
      {liability !== null && <p>{t(WORDS.liability, { sum: money(liability, currency) })}</p>}
      {breaks.map(({ promise, product, limit, missing, receipt }) => (
        <div key={`${promise} ${product}`} className="stack">
          <p>
            <bdi>{t(WORDS.threat, { promise, product, limit: money(limit, currency) })}</bdi>
          </p>
          {missing !== null && <p>{t(missing)}</p>}
          <Receipt receipt={receipt} currency={currency} />
        </div>
      ))}
      {breaks.length > 0 && (
        <>
          <h3>{t(WORDS.changes)}</h3>
          <ul className="list">
            {(changes.length === 0 ? [WORDS.noChange] : changes).map((change) => (
              <li key={change.en}>{t(change)}</li>
            ))}
          </ul>
        </>
      )}
      {!complete && <p className="soft">{t(PARTIAL)}</p>}
    </div>
  )
}

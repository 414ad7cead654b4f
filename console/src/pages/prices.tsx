/**
 * Prices of a broadcast: what was promised, whether it was kept (with the basket that shows it was not),
 * and a coupon tried before it is issued, while it is typed.
 */
import { Alert, Spin } from 'antd'
import { useState } from 'react'
import type { CheckedPromise, PreflightAnswer } from '../../../src/http/contract.ts'
import { at, useGet } from '../api.ts'
import '../case.css'
import { DropZone } from '../drop.tsx'
import { useWords, type Sentence } from '../i18n.tsx'
import { Failed, Id, Nothing, Waiting } from '../parts.tsx'
import { CouponFields } from '../prices/coupon-form.tsx'
import { couponData, EMPTY_COUPON, eventsIn } from '../prices/coupon.ts'
import { Receipt } from '../prices/receipt.tsx'
import { usePreflight } from '../prices/use-preflight.ts'
import { Link, type PageProps } from '../router.tsx'

type OnFile = {
  readonly promises: readonly {
    readonly promise: string
    readonly product: string
    readonly kind: string
    readonly text: string
  }[]
}

const WORDS = {
  title: { en: 'Promises and coupons', zh: '价格承诺与优惠券' },
  back: { en: 'Back to the broadcast', zh: '返回直播详情' },
  onFile: { en: 'Promises on file', zh: '登记的承诺' },
  none: {
    en: 'Nothing was promised in this broadcast, as far as its events say.',
    zh: '从事件记录看，本场没有作出承诺。',
  },
  shop: { en: 'The shop', zh: '店铺数据' },
  drop: {
    en: 'Drop the events of the shop here: products, prices, coupons, orders (NDJSON or JSON)',
    zh: '把店铺事件文件拖到这里：商品、价格、优惠券、订单（NDJSON 或 JSON）',
  },
  choose: { en: 'Choose a file', zh: '选择文件' },
  why: {
    en: 'Prices are searched over every basket a buyer can put together, so the whole shop is needed. It is answered and not kept.',
    zh: '系统会在买家可能的全部购物篮中求最低价，因此需要完整的店铺数据。数据仅用于本次计算，不会保存。',
  },
  unreadable: {
    en: 'The file holds no events: one JSON object a line, or an array of them, was expected.',
    zh: '文件中没有事件：应为每行一个 JSON 对象，或一个数组。',
  },
  tooLarge: {
    en: 'The file is larger than 4 MB, or has more than 5,000 events.',
    zh: '文件超过 4 MB 或 5,000 条事件。',
  },
  loaded: { en: '{name}: {count} events', zh: '{name}：{count} 条事件' },
  refused: { en: '{count} events were left out. The first:', zh: '有 {count} 条未被采用，首条：' },
  states: { en: 'Are they kept', zh: '是否兑现' },
  noPromise: { en: 'The shop file holds no price promise.', zh: '店铺数据中没有价格承诺。' },
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
  partial: {
    en: 'There was more to search than time: the answer may miss something.',
    zh: '可能情况过多，未能全部搜索，结果可能不完整。',
  },
  coupon: { en: 'Try a coupon before it is issued', zh: '发券前预检' },
  asYouType: {
    en: 'The answer comes as you type. Nothing is issued here.',
    zh: '边填边算，此处不会真正发放。',
  },
  needShop: { en: 'Drop the shop file first.', zh: '请先提供店铺数据。' },
  fillIn: {
    en: 'Fill in a name, a value, and from when until when.',
    zh: '请填写名称、优惠额和起止时间。',
  },
  safe: { en: 'Breaks no promise', zh: '不违背任何承诺' },
  breaks: { en: 'Would break a promise', zh: '将违背承诺' },
  maybe: {
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

const MOST_BYTES = 4_000_000
const MOST_EVENTS = 5_000

type Shop = { readonly name: string; readonly events: readonly unknown[] }

const PricesPage = ({ params }: PageProps) => {
  const { t } = useWords()
  const broadcast = params['broadcast'] ?? ''
  const onFile = useGet<OnFile>(at`/v1/broadcasts/${broadcast}/promises`)
  const [shop, setShop] = useState<Shop>()
  const [fault, setFault] = useState<Sentence>()
  const [form, setForm] = useState(EMPTY_COUPON)
  const coupon = couponData(form)
  const { answer, error, isAsking } = usePreflight(shop?.events, coupon)
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    setFault(undefined)
    if (file.size > MOST_BYTES) return setFault(WORDS.tooLarge)
    try {
      const events = eventsIn(await file.text())
      if (events.length > MOST_EVENTS) return setFault(WORDS.tooLarge)
      setShop({ name: file.name, events })
    } catch {
      setFault(WORDS.unreadable)
    }
  }
  return (
    <>
      <header className="card">
        <h1>{t(WORDS.title)}</h1>
        <Link to={at`/broadcasts/${broadcast}`}>{t(WORDS.back)}</Link>
      </header>
      <div className="columns">
        <div>
          <section className="card">
            <h2>{t(WORDS.onFile)}</h2>
            {onFile.error !== undefined ? (
              <Failed error={onFile.error} again={onFile.reload} />
            ) : onFile.data === undefined ? (
              <Waiting />
            ) : onFile.data.promises.length === 0 ? (
              <Nothing says={WORDS.none} />
            ) : (
              <ul className="list">
                {onFile.data.promises.map(({ promise, product, text }) => (
                  <li key={promise}>
                    <Id>{product}</Id>: <bdi>{text}</bdi>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section className="card stack">
            <h2>{t(WORDS.shop)}</h2>
            <DropZone
              label={t(WORDS.drop)}
              take={(transfer) => void take(transfer.files[0])}
              choices={[
                {
                  label: t(WORDS.choose),
                  accept: '.ndjson,.jsonl,.json',
                  take: ([file]) => void take(file),
                },
              ]}
            >
              <p className="soft small">{t(WORDS.why)}</p>
            </DropZone>
            {fault !== undefined && <Alert type="error" role="alert" title={t(fault)} />}
            {shop !== undefined && (
              <p>
                <bdi>{t(WORDS.loaded, { name: shop.name, count: shop.events.length })}</bdi>
              </p>
            )}
            {error !== undefined && <Failed error={error} />}
            {answer !== undefined && answer.refusedCount > 0 && (
              <Alert
                type="warning"
                title={t(WORDS.refused, { count: answer.refusedCount })}
                description={answer.refused[0] === undefined ? null : t(answer.refused[0])}
              />
            )}
          </section>
          {answer !== undefined && <States answer={answer} />}
        </div>
        <section className="card stack">
          <h2>
            {t(WORDS.coupon)} {isAsking && <Spin size="small" />}
          </h2>
          <p className="soft small">{t(WORDS.asYouType)}</p>
          <CouponFields
            form={form}
            products={answer?.products ?? []}
            change={(change) => setForm((old) => ({ ...old, ...change }))}
          />
          <div aria-live="polite">
            {shop === undefined ? (
              <p className="soft">{t(WORDS.needShop)}</p>
            ) : coupon === null ? (
              <p className="soft">{t(WORDS.fillIn)}</p>
            ) : answer?.coupon == null ? null : (
              <Verdict coupon={answer.coupon} currency={answer.currency} />
            )}
          </div>
        </section>
      </div>
    </>
  )
}

export default PricesPage

const TONES = {
  kept: 'is-innocent',
  broken: 'is-supported',
  review: 'is-undetermined',
  outside: '',
} as const

const States = ({ answer }: { readonly answer: PreflightAnswer }) => {
  const { t } = useWords()
  return (
    <section className="card">
      <h2>{t(WORDS.states)}</h2>
      {answer.promises.length === 0 ? (
        <Nothing says={WORDS.noPromise} />
      ) : (
        <ul className="list">
          {answer.promises.map((promise) => (
            <li key={promise.promise}>
              <PromiseState promise={promise} currency={answer.currency} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const PromiseState = ({
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
      {!promise.complete && <p className="soft">{t(WORDS.partial)}</p>}
    </>
  )
}

const Verdict = ({
  coupon,
  currency,
}: {
  readonly coupon: NonNullable<PreflightAnswer['coupon']>
  readonly currency: string
}) => {
  const { t, money } = useWords()
  const { outcome, breaks, changes, liability, complete } = coupon
  const says = { safe: WORDS.safe, breaks: WORDS.breaks, review: WORDS.maybe }[outcome]
  const type = ({ safe: 'success', breaks: 'error', review: 'warning' } as const)[outcome]
  return (
    <div className="stack">
      <Alert type={type} showIcon title={t(says)} />
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
      {!complete && <p className="soft">{t(WORDS.partial)}</p>}
    </div>
  )
}

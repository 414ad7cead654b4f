/**
 * Prices: what was promised, whether it was kept (with the basket that shows it was not), and a coupon
 * tried before it is issued, while it is typed: against the shop on file, or one from a file.
 */
import { Alert, Spin } from 'antd'
import { useState } from 'react'
import type { PreflightAnswer } from '../../../src/http/contract.ts'
import { at } from '../api.ts'
import '../case.css'
import { Choice } from '../choice.tsx'
import { useWords } from '../i18n.tsx'
import { Failed, Nothing } from '../parts.tsx'
import { CouponFields } from '../prices/coupon-form.tsx'
import { couponData, EMPTY_COUPON } from '../prices/coupon.ts'
import { PromisesOnFile } from '../prices/on-file.tsx'
import { OtherShop, type Shop } from '../prices/other-shop.tsx'
import { PromiseState } from '../prices/promise-state.tsx'
import { usePreflight } from '../prices/use-preflight.ts'
import { usePromises } from '../prices/use-promises.ts'
import { Verdict } from '../prices/verdict.tsx'
import { Link, type PageProps } from '../router.tsx'

const WORDS = {
  title: { en: 'Promises and coupons', zh: '价格承诺与优惠券' },
  back: { en: 'Back to the broadcast', zh: '返回直播详情' },
  all: { en: 'Promises of every broadcast', zh: '全部直播的承诺' },
  unfit: { en: 'The coupon cannot be tried as it stands:', zh: '该优惠券尚无法试算：' },
  refused: { en: '{count} events were left out. The first:', zh: '有 {count} 条未被采用，首条：' },
  states: { en: 'Are they kept', zh: '是否兑现' },
  noPromise: { en: 'The shop file holds no price promise.', zh: '店铺数据中没有价格承诺。' },
  coupon: { en: 'Try a coupon before it is issued', zh: '发券前预检' },
  asYouType: {
    en: 'The answer comes as you type. Nothing is issued here.',
    zh: '边填边算，此处不会真正发放。',
  },
  against: { en: 'Asked against the shop on file', zh: '对照登记的店铺数据' },
  againstFile: { en: 'Asked against {name}', zh: '对照 {name}' },
  platform: { en: 'Platform', zh: '平台' },
  fillIn: {
    en: 'Fill in a name, a value, and from when until when.',
    zh: '请填写名称、优惠额和起止时间。',
  },
} as const

const PricesPage = ({ params }: PageProps) => {
  const { t } = useWords()
  const broadcast = params['broadcast'] ?? ''
  const onFile = usePromises(broadcast)
  const [chosen, setChosen] = useState<string>()
  const { rows, platforms } = onFile
  const platform = rows && (chosen ?? rows[0]?.platform ?? platforms[0] ?? null)
  const [shop, setShop] = useState<Shop>()
  const [form, setForm] = useState(EMPTY_COUPON)
  const coupon = couponData(form)
  const { answer, error, isAsking } = usePreflight(shop?.events ?? null, platform, coupon)
  return (
    <>
      <header className="card">
        <h1>{t(WORDS.title)}</h1>
        {broadcast !== '' && (
          <p>
            <Link to={at`/broadcasts/${broadcast}`}>{t(WORDS.back)}</Link>
            {' · '}
            <Link to="/prices">{t(WORDS.all)}</Link>
          </p>
        )}
      </header>
      <div className="columns">
        <div>
          <PromisesOnFile onFile={onFile} />
          <OtherShop shop={shop} choose={setShop} />
          {shop !== undefined && answer !== undefined && <States answer={answer} />}
        </div>
        <section className="card stack">
          <h2>
            {t(WORDS.coupon)} {isAsking && <Spin size="small" />}
          </h2>
          <p className="soft small">{t(WORDS.asYouType)}</p>
          <p>
            <bdi>
              {shop === undefined ? t(WORDS.against) : t(WORDS.againstFile, { name: shop.name })}
            </bdi>
          </p>
          {shop === undefined && platforms.length > 1 && (
            <label>
              {t(WORDS.platform)}
              <Choice
                label={t(WORDS.platform)}
                value={platform ?? null}
                options={platforms.map((value) => ({ value, label: value }))}
                onChange={(value) => setChosen(value ?? undefined)}
              />
            </label>
          )}
          <CouponFields
            form={form}
            products={answer?.products ?? []}
            change={(change) => setForm((old) => ({ ...old, ...change }))}
          />
          <div aria-live="polite" className="stack">
            {error !== undefined && <Failed error={error} />}
            {answer !== undefined && answer.refusedCount > 0 && (
              <Alert
                type="warning"
                title={
                  // Of the shop on file nothing is left out here: it can only be the coupon.
                  shop === undefined
                    ? t(WORDS.unfit)
                    : t(WORDS.refused, { count: answer.refusedCount })
                }
                description={answer.refused[0] === undefined ? null : t(answer.refused[0])}
              />
            )}
            {coupon === null ? (
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

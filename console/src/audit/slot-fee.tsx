/**
 * What the slot fee bought. Where no contract is on file the merchant types the fee; it is used for
 * this page only and sent nowhere. Shares are of what was kept, never of what was shown.
 */
import { Input } from 'antd'
import { useState } from 'react'
import type { LiveFigures } from '../../../src/http/contract.ts'
import { useWords } from '../i18n.tsx'

const WORDS = {
  title: { en: 'What the slot fee bought', zh: '坑位费买到了什么' },
  fee: { en: 'Slot fee paid ({currency})', zh: '已付坑位费（{currency}）' },
  hint: { en: 'Used on this page only; nothing is sent.', zh: '仅用于本页计算，不会上传。' },
  whole: {
    en: 'Shared among everything sold in the broadcast. Where several merchants sold in it, audit a file of your own orders instead.',
    zh: '按整场直播的全部成交分摊。如本场有多家商家，请改为审计您自己的订单文件。',
  },
  perOrder: { en: 'for each order that was kept', zh: '每笔留存订单' },
  perViewer: { en: 'for each genuine viewer (estimate)', zh: '每位真实观众（估计）' },
  ofSales: { en: 'of net sales', zh: '占净销售额' },
  nothingKept: {
    en: 'No order was kept: the fee bought no sale that stands.',
    zh: '没有留存订单：坑位费没有换来任何有效成交。',
  },
} as const

type Figures = Pick<LiveFigures['figures'], 'orders' | 'sales' | 'viewers'>

/** Minor units of a sum typed in major ones; null where it is none. */
export const minorOf = (text: string): number | null => {
  const plain = text.trim().replace(/[,，\s]/g, '')
  if (!/^\d{1,12}(\.\d{1,2})?$/.test(plain)) return null
  const [whole = '0', cents = ''] = plain.split('.')
  return Number(whole) * 100 + Number(cents.padEnd(2, '0'))
}

/** Half up, minor units; null where there is nothing to share it among. */
export const shareOf = (feeMinor: number, among: number | null): number | null =>
  among === null || among <= 0 ? null : Math.floor(feeMinor / among + 0.5)

export const SlotFee = ({
  figures,
  currency,
}: {
  readonly figures: Figures
  readonly currency: string
}) => {
  const { t } = useWords()
  const [text, setText] = useState('')
  const fee = minorOf(text)
  return (
    // Without a fee there is nothing to put on paper.
    <section className={fee === null ? 'card no-print' : 'card'}>
      <h2>{t(WORDS.title)}</h2>
      <label className="form-field no-print">
        {t(WORDS.fee, { currency })}
        <Input
          inputMode="decimal"
          value={text}
          maxLength={18}
          status={text !== '' && fee === null ? 'error' : ''}
          onChange={(event) => setText(event.target.value)}
        />
        <span className="soft small">{t(WORDS.hint)}</span>
      </label>
      {fee !== null && (
        <>
          <Bought fee={fee} figures={figures} currency={currency} />
          <p className="soft small">{t(WORDS.whole)}</p>
        </>
      )}
    </section>
  )
}

const Bought = ({
  fee,
  figures,
  currency,
}: {
  /** Minor units. */
  readonly fee: number
  readonly figures: Figures
  readonly currency: string
}) => {
  const { t, money, percent } = useWords()
  const { orders, sales, viewers } = figures
  if (orders.net === 0) return <p>{t(WORDS.nothingKept)}</p>
  const rows = [
    { name: WORDS.perOrder, value: money(shareOf(fee, orders.net), currency) },
    {
      name: WORDS.ofSales,
      value: percent(sales.net === null || sales.net <= 0 ? null : fee / sales.net),
    },
    {
      name: WORDS.perViewer,
      value: money(shareOf(fee, viewers.genuine?.estimate ?? null), currency),
    },
  ]
  return (
    <div className="columns">
      {rows.map(({ name, value }) => (
        <div key={name.en}>
          <p className="big-number numbers">{value}</p>
          <p>{t(name)}</p>
        </div>
      ))}
    </div>
  )
}

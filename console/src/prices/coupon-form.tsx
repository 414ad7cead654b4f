/** The coupon, before it is issued. */
import { Input } from 'antd'
import { Choice } from '../choice.tsx'
import { useWords, type Sentence } from '../i18n.tsx'
import type { CouponForm, CouponKind } from './coupon.ts'

const WORDS = {
  coupon: { en: 'Name of the coupon', zh: '优惠券名称' },
  merchant: { en: 'Merchant it is for (empty: all)', zh: '适用商家（留空为全部）' },
  products: { en: 'Only for these products', zh: '仅限这些商品' },
  exclude: { en: 'Not for these products', zh: '排除这些商品' },
  kind: { en: 'Kind', zh: '类型' },
  threshold: { en: 'From a sum of', zh: '使用门槛（满）' },
  value: { en: 'Takes off', zh: '优惠金额（减）' },
  percent: { en: 'Takes off, per cent', zh: '优惠比例（%）' },
  price: { en: 'For the price of', zh: '一口价' },
  quantity: { en: 'How many (empty: without limit)', zh: '发放数量（留空为不限）' },
  from: { en: 'From', zh: '开始时间' },
  until: { en: 'Until', zh: '结束时间' },
  'amount-off': { en: 'amount off', zh: '满减' },
  'percent-off': { en: 'percentage off', zh: '折扣' },
  'fixed-price': { en: 'fixed price', zh: '一口价' },
  gift: { en: 'gift', zh: '赠品' },
} as const

const KINDS: readonly CouponKind[] = ['amount-off', 'percent-off', 'fixed-price', 'gift']

export const CouponFields = ({
  form,
  products,
  change,
}: {
  readonly form: CouponForm
  readonly products: readonly { readonly product: string; readonly title: string }[]
  readonly change: (change: Partial<CouponForm>) => void
}) => {
  const { t } = useWords()
  const text = (
    name: 'coupon' | 'merchant' | 'threshold' | 'value' | 'quantity' | 'from' | 'until',
    label: Sentence,
    type = 'text',
  ) => (
    <label>
      {t(label)}
      <Input
        type={type}
        value={form[name]}
        maxLength={128}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </label>
  )
  const choice = (name: 'products' | 'exclude', label: Sentence) => (
    <label>
      {t(label)}
      <Choice
        mode="multiple"
        label={t(label)}
        value={[...form[name]]}
        options={products.map(({ product, title }) => ({ value: product, label: title }))}
        onChange={(chosen: string[]) => change({ [name]: chosen })}
      />
    </label>
  )
  const value =
    form.kind === 'percent-off'
      ? WORDS.percent
      : form.kind === 'fixed-price'
        ? WORDS.price
        : WORDS.value
  return (
    <div className="form-grid">
      {text('coupon', WORDS.coupon)}
      <label>
        {t(WORDS.kind)}
        <Choice
          label={t(WORDS.kind)}
          value={form.kind}
          options={KINDS.map((kind) => ({ value: kind, label: t(WORDS[kind]) }))}
          onChange={(kind: CouponKind) => change({ kind })}
        />
      </label>
      {text('threshold', WORDS.threshold)}
      {form.kind !== 'gift' && text('value', value)}
      {text('quantity', WORDS.quantity)}
      {text('from', WORDS.from, 'datetime-local')}
      {text('until', WORDS.until, 'datetime-local')}
      {text('merchant', WORDS.merchant)}
      {choice('products', WORDS.products)}
      {choice('exclude', WORDS.exclude)}
    </div>
  )
}

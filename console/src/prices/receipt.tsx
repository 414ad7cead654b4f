/** The basket that shows it, as a till would print it: anybody can add it up. */
import type { ReceiptView } from '../../../src/http/contract.ts'
import { useWords } from '../i18n.tsx'

const WORDS = {
  title: { en: 'Counterexample', zh: '反例购物篮' },
  at: { en: 'channel {channel}, {at}', zh: '渠道 {channel}，{at}' },
  ordered: { en: 'order {order}, {at}', zh: '订单 {order}，{at}' },
  gross: { en: 'Sum', zh: '合计' },
  total: { en: 'To pay', zh: '应付' },
  piece: { en: '{product}: a piece for', zh: '{product}：每件合' },
} as const

export const Receipt = ({
  receipt,
  currency,
}: {
  readonly receipt: ReceiptView
  readonly currency: string
}) => {
  const { t, money, when } = useWords()
  const { lines, coupons, gross, total, product, unitPrice, channel, order } = receipt
  const at = when(receipt.at)
  return (
    <figure className="receipt">
      <figcaption>
        {t(WORDS.title)}
        <br />
        <bdi>{order === null ? t(WORDS.at, { channel, at }) : t(WORDS.ordered, { order, at })}</bdi>
      </figcaption>
      <table>
        <tbody>
          {lines.map((line, i) => (
            <tr key={i}>
              <td>
                {line.quantity} × <bdi>{line.product}</bdi>
              </td>
              <td>{money(line.amount, currency)}</td>
            </tr>
          ))}
          <tr className="sum">
            <td>{t(WORDS.gross)}</td>
            <td>{money(gross, currency)}</td>
          </tr>
          {coupons.map(({ coupon, discount }) => (
            <tr key={coupon}>
              <td>
                <bdi>{coupon}</bdi>
              </td>
              <td>−{money(discount, currency)}</td>
            </tr>
          ))}
          <tr className="sum">
            <td>{t(WORDS.total)}</td>
            <td>{money(total, currency)}</td>
          </tr>
          <tr className="sum">
            <td>
              <bdi>{t(WORDS.piece, { product })}</bdi>
            </td>
            <td>{money(unitPrice, currency)}</td>
          </tr>
        </tbody>
      </table>
    </figure>
  )
}

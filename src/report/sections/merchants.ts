/** What each merchant got: orders, what came back, what the slot fee bought, the busiest hour. */
import type { AuditReport, MerchantAudit } from '../../engine/report.ts'
import { both, fold, id, words } from '../bilingual.ts'
import { html, type Markup } from '../html.ts'
import { noteworthy } from '../stance.ts'
import { count, instant, money, percent } from '../words.ts'
import { findingCard } from './finding.ts'

/** Merchants and buyers that are written out; the JSON file has all. */
const MERCHANTS = 100
const BUYERS = 200
/** Up to this many merchants are all shown, worth a look or not. */
const FEW = 20

export const merchantsToShow = (merchants: readonly MerchantAudit[], limit = MERCHANTS) =>
  merchants.length <= FEW
    ? [...new Set([...noteworthy(merchants), ...merchants])]
    : noteworthy(merchants).slice(0, limit)

export const merchantsSection = (report: AuditReport): Markup => {
  const { merchants } = report
  if (merchants.length === 0)
    return html`<section>
      <h2>${words('report.merchants')}</h2>
      <p class="empty">${words('report.merchants.none')}</p>
    </section>`
  const currency = currencyOf(report)
  const worth = noteworthy(merchants).length
  const shown = merchantsToShow(merchants)
  return html`<section>
    <h2>${words('report.merchants')}</h2>
    <p>
      ${words('report.merchants.count', { count: merchants.length, noteworthy: worth })}
      ${worth > shown.length ? words('report.merchants.shown', { shown: shown.length }) : null}
    </p>
    ${shown.length === 0 ? null : table(shown, currency)} ${shown.map(detail)}
  </section>`
}

/** The currency of the broadcasts where they share one; amounts stand bare where they do not. */
export const currencyOf = ({ broadcasts }: AuditReport): string => {
  const currencies = new Set(broadcasts.map(({ currency }) => currency))
  return currencies.size === 1 ? (broadcasts[0]?.currency ?? '') : ''
}

export const MERCHANT_COLUMNS = [
  'report.column.merchant',
  'report.figure.orders',
  'report.column.refunded',
  'report.column.refund-rate',
  'report.column.net-orders',
  'report.column.net-sales',
  'report.column.slot-fee',
  'report.column.fee-per-order',
  'report.column.concentration',
] as const

/** The cells of a merchant's row after its id, for the page and the terminal. */
export const merchantCells = ({ figures, concentration }: MerchantAudit, currency: string) => [
  count(figures.orders),
  count(figures.refundedOrders),
  percent(figures.refundRateBps === null ? null : figures.refundRateBps / 10_000),
  count(figures.netOrders),
  money(figures.netSales, currency),
  money(figures.slotFee, currency),
  money(figures.feePerKeptOrder, currency),
  count(concentration.rate),
]

const table = (merchants: readonly MerchantAudit[], currency: string) =>
  html`<div class="scroll">
    <table class="numbers wide">
      <thead>
        <tr>
          ${MERCHANT_COLUMNS.map((key) => html`<th scope="col">${words(key)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${merchants.map(
          (merchant) =>
            html`<tr>
              <th scope="row">${id(merchant.merchant)}</th>
              ${merchantCells(merchant, currency).map((cell) => html`<td>${both(cell)}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`

const detail = (merchant: MerchantAudit) => {
  const { concentration, findings } = merchant
  if (!concentration.brushing && findings.length === 0) return null
  return html`<div class="merchant">
    <h3>${id(merchant.merchant)}</h3>
    ${concentration.brushing ? concentrated(merchant) : null} ${findings.map(findingCard)}
  </div>`
}

const concentrated = ({ concentration }: MerchantAudit) => {
  const { rate, from, until, suspects } = concentration
  return html`<p>
      ${words('report.merchants.concentrated', { rate, from: instant(from), until: instant(until) })}
    </p>
    ${
      suspects.length === 0
        ? null
        : fold(
            words('report.merchants.suspects', { count: suspects.length }),
            html`<p class="ids">
              ${suspects.slice(0, BUYERS).map((buyer) => html`${id(buyer)} `)}
            </p>`,
          )
    }`
}

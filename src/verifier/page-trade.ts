/** Orders, prices and promises on the page of a bundle, and the rows of its timeline. */
import { isJsonObject, type Json } from '../ledger/canonical.ts'
import { proofPath } from '../ledger/check-entries.ts'
import { both, given, id, words } from '../report/bilingual.ts'
import { html, type Markup } from '../report/html.ts'
import { money } from '../report/words.ts'
import { fieldsOf, inTime, nameOf, textOf, whenOf, type ReadEntry } from './entries.ts'

export const ordersSection = (entries: readonly ReadEntry[], currency: string): Markup | null => {
  const orders = entries.filter(({ type }) => type === 'live.order.placed')
  if (orders.length === 0) return null
  const titles = titlesOf(entries)
  return html`<section>
    <h2>${words('bundle.page-orders')}</h2>
    <div class="scroll">
      <table class="numbers wide">
        <thead>
          <tr>
            <th scope="col">${words('bundle.page-order.line')}</th>
            <th scope="col">${words('bundle.page-order.quantity')}</th>
            <th scope="col">${words('bundle.page-order.unit')}</th>
            <th scope="col">${words('bundle.page-order.discounts')}</th>
            <th scope="col">${words('bundle.page-order.total')}</th>
          </tr>
        </thead>
        <tbody>
          ${orders.map((order) => orderRows(order, titles, currency))}
        </tbody>
      </table>
    </div>
  </section>`
}

const titlesOf = (entries: readonly ReadEntry[]): ReadonlyMap<string, string> =>
  new Map(
    entries
      .filter(({ type }) => type === 'live.product.listed')
      .map(({ data }) => [textOf(data['product']), textOf(data['title'])]),
  )

const orderRows = (
  { data }: ReadEntry,
  titles: ReadonlyMap<string, string>,
  currency: string,
): readonly Markup[] => {
  const lines = listOf(data['lines'])
  const discounts = listOf(data['discounts'])
  const off = discounts.reduce((sum: number, one) => sum + numberOf(one['amount']), 0)
  return lines.map((line, i) => {
    const product = textOf(line['product'])
    const isLast = i === lines.length - 1
    return html`<tr>
      <th scope="row">${given(titles.get(product) ?? product)} ${id(product)}</th>
      <td>${numberOf(line['quantity'])}</td>
      <td>${both(money(numberOf(line['unitPrice']), currency))}</td>
      <td>${isLast && off > 0 ? both(money(-off, currency)) : null}</td>
      <td>${isLast ? html`<b>${both(money(numberOf(data['total']), currency))}</b>` : null}</td>
    </tr>`
  })
}

const listOf = (value: Json | undefined): readonly Readonly<Record<string, Json>>[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : []

const numberOf = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)

const TERMS = new Set(['live.price.set', 'live.coupon.issued'])

export const pricesSection = (entries: readonly ReadEntry[], currency: string): Markup | null => {
  const promises = entries.filter(({ type }) => type === 'live.promise.made')
  const terms = entries.filter(({ type }) => TERMS.has(type))
  if (promises.length + terms.length === 0) return null
  return html`<section>
    <h2>${words('bundle.page-prices')}</h2>
    ${inTime(promises).map(
      ({ data, time }) =>
        html`<blockquote class="promise">
          <p>${given(textOf(data['text']))}</p>
          <p class="note">
            ${whenOf(time)} ${id(textOf(data['product']))}
            ${typeof data['price'] === 'number' ? both(money(data['price'], currency)) : null}
          </p>
        </blockquote>`,
    )}
    <ol class="timeline">
      ${inTime(terms).map((entry) => timelineRow(entry, currency))}
    </ol>
  </section>`
}

export const timelineRow = (entry: ReadEntry, currency: string): Markup =>
  html`<li>
    <p class="when">${whenOf(entry.time)}</p>
    <div class="body">
      <p class="what">${both(nameOf(entry))}</p>
      ${fieldsOf(entry, currency)}
    </div>
    <p class="place"><a href="${proofPath(entry.index)}">#${String(entry.index)}</a></p>
  </li>`

/** The number shown with its genuine share as one bar, and the table of every figure. */
import type { BroadcastAudit, SalesFigure } from '../../engine/report.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import type { Figure } from '../../vocabulary/finding.ts'
import { both, words } from '../bilingual.ts'
import { leadFigure } from '../headline.ts'
import { html, type Content, type Markup } from '../html.ts'
import { amount, count, estimateOf, isKnown, percent, range, significant, term } from '../words.ts'

/** The headline's figure as a bar; nothing where there is no number to hold the estimate against. */
export const hero = (audit: BroadcastAudit): Markup | null => {
  const figure = leadFigure(audit)?.figure
  const displayed = figure?.displayed ?? null
  const genuine = figure?.genuine ?? null
  const estimate = genuine && estimateOf(genuine)
  if (genuine === null || !isKnown(displayed) || displayed <= 0 || !isKnown(estimate)) return null
  const share = (value: number) => (Math.min(1, Math.max(0, value / displayed)) * 100).toFixed(2)
  const low = share(genuine.low)
  const high = share(genuine.high)
  const water = displayed - estimate
  return html`<div class="hero">
    <svg width="100%" height="34" role="img">
      <title>${say('report.hero.aria').en} · ${say('report.hero.aria').zh}</title>
      <rect class="water" width="100%" height="34" rx="3" />
      <rect class="genuine" width="${share(estimate)}%" height="34" rx="3" />
      <line class="whisker" x1="${low}%" x2="${high}%" y1="17" y2="17" />
      <line class="whisker" x1="${low}%" x2="${low}%" y1="11" y2="23" />
      <line class="whisker" x1="${high}%" x2="${high}%" y1="11" y2="23" />
    </svg>
    <p>
      <span class="key genuine"
        >${words('report.hero.genuine', { value: { term: count(estimate) } })}</span
      >
      ${
        water > 0 && genuine.high < displayed
          ? html`<span class="key water"
              >${words('report.hero.water', { value: { term: count(significant(water)) } })}</span
            >`
          : null
      }
    </p>
  </div>`
}

const PLAIN = ['viewers', 'views', 'concurrent', 'likes', 'comments'] as const
const COLUMNS = [
  'displayed',
  'observed',
  'genuine',
  'interval',
  'water',
  'filtered',
  'net',
] as const

export const figuresTable = ({ figures, currency }: BroadcastAudit): Markup => {
  return html`<table class="figures">
      <thead>
        <tr>
          <th scope="col">${words('report.column.figure')}</th>
          ${COLUMNS.map((name) => html`<th scope="col">${both(term('column', name))}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${PLAIN.map((name) => row(name, figures[name], count))}
        ${row('orders', figures.orders, count)} ${row('sales', figures.sales, amount, currency)}
      </tbody>
    </table>
    <p class="note">${words('report.figures-note')} ${words('report.filtered-note')}</p>`
}

const row = (
  name: string,
  figure: Figure | SalesFigure,
  write: (value: number | null) => Sentence,
  unit = '',
) => {
  const { displayed, observed, genuine, water } = figure
  const estimate = genuine === null ? null : estimateOf(genuine)
  const cells: Readonly<Record<(typeof COLUMNS)[number], Content>> = {
    displayed: both(write(displayed)),
    observed: both(write(observed)),
    genuine: html`<b>${both(write(estimate))}</b>`,
    interval: both(range(genuine, write)),
    water: waterCell(water),
    filtered: 'filtered' in figure ? both(write(figure.filtered)) : null,
    net: 'net' in figure ? both(write(figure.net)) : null,
  }
  return html`<tr>
    <th scope="row">${both(term('figure', name))} <small>${unit}</small></th>
    ${COLUMNS.map(
      (column) =>
        html`<td class="${cells[column] === null ? 'void' : column}">
          <span class="label">${both(term('column', column))}</span>
          <span>${cells[column]}</span>
        </td> `,
    )}
  </tr>`
}

/** The share as a number and as a bar of its length. A small negative one is noise, shown as it is. */
const waterCell = (water: number | null) => {
  const share = isKnown(water) ? water : null
  const bar =
    share === null || share <= 0
      ? null
      : html`<svg class="meter" width="44" height="8" aria-hidden="true">
          <rect class="water" width="44" height="8" rx="2" />
          <rect class="share" width="${(Math.min(1, share) * 44).toFixed(1)}" height="8" rx="2" />
        </svg>`
  return html`${both(percent(share))} ${bar}`
}

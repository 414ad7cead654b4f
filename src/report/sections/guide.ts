/** How to read the report, for someone who has never seen one. */
import { STRENGTHS } from '../../vocabulary/finding.ts'
import { both, words } from '../bilingual.ts'
import { html, type Markup } from '../html.ts'
import { term } from '../words.ts'

/** Bounds in bans of each strength, as in `strengthOf`; `null` is open. */
const BOUNDS = [null, 0.3, 1, 2, 3, 4, 6, null] as const

export const guide = (): Markup =>
  html`<section class="guide">
    <h2>${words('report.guide')}</h2>
    <div class="columns">
      <div>
        <p>
          <strong>${words('report.notice')}</strong>
        </p>
        <p>${words('report.guide.innocent')}</p>
        <p>${words('report.guide.undetermined')}</p>
        <p>${words('report.guide.insufficient')}</p>
        <p>${words('report.guide.interval')}</p>
        <p>${words('report.guide.provision')}</p>
      </div>
      <div>
        <p>${words('report.guide.weight')}</p>
        <p>${words('report.guide.family')}</p>
        <h4>${words('report.guide.scale')}</h4>
        <div class="scroll">
          <table class="numbers">
            <thead>
              <tr>
                <th scope="col">${words('report.column.strength')}</th>
                <th scope="col">${words('report.column.bans')}</th>
                <th scope="col">${words('report.column.odds')}</th>
              </tr>
            </thead>
            <tbody>
              ${STRENGTHS.map((strength, i) => row(strength, BOUNDS[i] ?? null, BOUNDS[i + 1] ?? null))}
            </tbody>
          </table>
        </div>
      </div>
    </div>
  </section>`

const row = (strength: string, low: number | null, high: number | null) =>
  html`<tr>
    <th scope="row">${both(term('strength', strength))}</th>
    <td>${bound(low, high, 'bans')}</td>
    <td>${bound(low && times(low), high && times(high), 'odds')}</td>
  </tr> `

/** 0.3 bans is a factor of two; the others are round powers of ten. */
const times = (bans: number) => (bans < 1 ? 2 : 10 ** bans)

const bound = (low: number | null, high: number | null, unit: 'bans' | 'odds') => {
  if (unit === 'bans') {
    if (low === null) return words('report.guide.below', { bans: high ?? 0 })
    return high === null
      ? words('report.guide.above', { bans: low })
      : words('report.guide.between', { low, high })
  }
  if (low === null) return words('report.guide.odds-below', { times: high ?? 0 })
  return high === null
    ? words('report.guide.odds-above', { times: low })
    : words('report.guide.odds-between', { low, high })
}

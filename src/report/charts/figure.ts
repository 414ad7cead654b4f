/** A chart with its caption, its legend and the numbers behind it as a table. */
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { both, fold, words } from '../bilingual.ts'
import { html, type Markup } from '../html.ts'
import { term } from '../words.ts'

/** Rows of a chart's table at most, enough for every bar; points of a longer curve are thinned. */
const TABLE_ROWS = 72

/** Series that have a colour of their own; any other takes one by its place. */
const OWN = new Set(['displayed', 'observed', 'genuine', 'suspected', 'refunded'])

export const colourOf = (name: string, place: number): string =>
  OWN.has(name) ? `c-${name}` : `c-${place % 8}`

export type Figure = {
  readonly id: string
  readonly title: Sentence
  readonly note: Sentence
  readonly names: readonly string[]
  /** Group of the catalogue that has the words for `names`. */
  readonly group?: 'series' | 'entry'
  readonly drawing: Markup
  readonly rows: readonly { readonly head: Sentence; readonly cells: readonly Sentence[] }[]
  readonly head: Sentence
}

export const figure = ({
  id,
  title,
  note,
  names,
  group = 'series',
  drawing,
  rows,
  head,
}: Figure): Markup =>
  html`<figure class="chart">
    <div class="drawing">
      <figcaption>
        <h4 id="${id}-t">${both(title)}</h4>
        <p id="${id}-n">${both(note)}</p>
        <ul class="legend">
          ${names.map(
            (name, i) =>
              html`<li><i class="swatch ${colourOf(name, i)}"></i>${both(term(group, name))}</li> `,
          )}
        </ul>
      </figcaption>
      ${drawing}
    </div>
    ${table({ names, group, rows, head })}
  </figure>`

const table = ({
  names,
  group,
  rows,
  head,
}: Pick<Figure, 'names' | 'rows' | 'head'> & { readonly group: string }) => {
  const step = Math.ceil(rows.length / TABLE_ROWS)
  const thinned = step > 1 ? html`<p>${words('report.chart.table-thinned', { step })}</p>` : null
  const lines = rows
    .filter((_, i) => i % step === 0)
    .map(
      (row) =>
        html`<tr>
          <th scope="row">${both(row.head)}</th>
          ${row.cells.map((cell) => html`<td>${both(cell)}</td>`)}
        </tr> `,
    )
  return fold(
    words('report.chart.table'),
    html`${thinned}
      <div class="scroll">
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">${both(head)}</th>
              ${names.map((name) => html`<th scope="col">${both(term(group, name))}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${lines}
          </tbody>
        </table>
      </div>`,
  )
}

/** A chart that has nothing to show says so. */
export const emptyFigure = (id: string, title: Sentence): Markup =>
  html`<figure class="chart">
    <figcaption><h4 id="${id}-t">${both(title)}</h4></figcaption>
    <p class="empty">${both(say('report.chart.empty'))}</p>
  </figure>`

/** Lists that open on demand: who is suspected, what was read, and what was refused. */
import type { AuditReport, BroadcastAudit, Refused } from '../../engine/report.ts'
import { both, fold, id, words } from '../bilingual.ts'
import { html, type Markup } from '../html.ts'
import { count, percent } from '../words.ts'

/** Ids of one kind that are written out; the suspects file names everyone. */
const IDS = 60

const KINDS = ['view', 'account', 'comment', 'like', 'order', 'merchant'] as const

export const suspectLists = ({ suspects }: BroadcastAudit): Markup => {
  const lists = KINDS.map((kind) => {
    const found = suspects[kind]
    if (found === undefined || found.count === 0) return null
    const first = found.first.slice(0, IDS)
    return fold(
      words(`report.suspect.${kind}`, { count: found.count }),
      html`<p class="note">
          ${words('report.suspects.first', { shown: first.length, count: found.count })}
        </p>
        <ul class="suspects">
          ${first.map(
            (one) => html`<li>${id(one.id)} <span>${both(percent(one.probability))}</span></li> `,
          )}
        </ul>`,
    )
  }).filter((list) => list !== null)
  if (lists.length === 0) return html`<p class="empty">${words('report.suspects.none')}</p>`
  return html`<p class="note">${words('report.suspects-note')}</p>
    ${lists}`
}

export const readLists = ({ contents, refused }: BroadcastAudit): Markup => {
  const types = Object.entries(contents).sort(([, a], [, b]) => b - a)
  const events = fold(
    words('report.read-events'),
    html`<ul class="suspects">
      ${types.map(([type, n]) => html`<li>${id(type)} <span>${both(count(n))}</span></li> `)}
    </ul>`,
  )
  return html`${types.length === 0 ? null : events} ${refusedList(refused)}`
}

export const refusedList = (refused: readonly Refused[]): Markup => {
  if (refused.length === 0) return html`<p class="empty">${words('report.refused.none')}</p>`
  const total = refused.reduce((sum, one) => sum + one.count, 0)
  return fold(
    words('report.refused.count', { count: total }),
    html`<ul class="refused">
      ${refused.map(
        ({ code, count: n, text, examples }) =>
          html`<li>
            <p><b>${both(count(n))}</b> × ${both(text)} ${id(code)}</p>
            <ul>
              ${examples
                .slice(0, 10)
                .map(
                  (one) =>
                    html`<li>
                      ${id(one.where)} ${one.field === undefined ? null : id(one.field)}
                      ${pair('report.refused.expected', one.expected)}
                      ${pair('report.refused.got', one.got)}
                    </li> `,
                )}
            </ul>
          </li>`,
      )}
    </ul>`,
  )
}

const pair = (key: 'report.refused.expected' | 'report.refused.got', text: string | undefined) =>
  text === undefined ? null : html`${words(key)} ${id(text)} `

export const inputsSection = ({ inputs }: AuditReport): Markup =>
  html`<section class="inputs">
    <h2>${words('report.inputs')}</h2>
    <div class="scroll">
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">${words('report.column.file')}</th>
            <th scope="col">${words('report.column.format')}</th>
            <th scope="col">${words('report.column.events')}</th>
            <th scope="col">${words('report.column.repeats')}</th>
            <th scope="col">${words('report.column.refused')}</th>
          </tr>
        </thead>
        <tbody>
          ${inputs.map(
            (input) =>
              html`<tr>
                <th scope="row">${id(input.path)}</th>
                <td>${id(input.format)}</td>
                <td>${both(count(input.events))}</td>
                <td>${both(count(input.repeats))}</td>
                <td>${both(count(input.refused.reduce((sum, one) => sum + one.count, 0)))}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    <h3>${words('report.refused')}</h3>
    ${refusedList(inputs.flatMap(({ refused }) => refused))}
  </section>`

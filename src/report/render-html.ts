/**
 * The audit as one HTML file that opens from disk: no request leaves it, both languages are in it,
 * and it prints. What it must hold against is in `html.ts` (hostile text) and `page.ts` (policy).
 */
import type { AuditReport, BroadcastAudit } from '../engine/report.ts'
import { say } from '../language/say.ts'
import type { Language, Sentence } from '../language/sentence.ts'
import { both, id, words } from './bilingual.ts'
import { leadFigure } from './headline.ts'
import { html, type Markup } from './html.ts'
import { page } from './page.ts'
import { broadcastSection, chips, titleOf } from './sections/broadcast.ts'
import { findingCard } from './sections/finding.ts'
import { guide } from './sections/guide.ts'
import { inputsSection } from './sections/lists.ts'
import { merchantsSection } from './sections/merchants.ts'
import { byNotability, byWeight } from './stance.ts'
import { count, DASH, estimateOf, instant, percent } from './words.ts'

export type HtmlOptions = {
  /** The language shown first; the reader may switch. */
  readonly language: Language
  /** When the report was made, ms; left out where it is not given. */
  readonly generatedAt?: number
}

/** Broadcasts shown in full; the others keep their row in the table. */
const IN_FULL = 20

/** The page as text; equal reports and options give equal bytes. */
export const renderHtml = (report: AuditReport, options: HtmlOptions): string => {
  const title = titleOfReport(report)
  const ordered = byNotability(report.broadcasts)
  const body = html`<header class="masthead">
      <p class="brand">Assay</p>
      <h1>${both(title)}</h1>
      <p class="imprint">${imprint(report, options)}</p>
      <p class="notice">${words('report.notice')}</p>
    </header>
    ${
      ordered.length === 0
        ? html`<p class="empty">${words('report.no-broadcasts')}</p>`
        : overview(ordered)
    }
    ${ordered.slice(0, IN_FULL).map((audit, i) => broadcastSection(audit, anchor(i)))}
    ${
      report.findings.length === 0
        ? null
        : html`<section>
            <h2>${words('report.findings.cross')}</h2>
            ${byWeight(report.findings).map(findingCard)}
          </section>`
    }
    ${merchantsSection(report)} ${inputsSection(report)} ${guide()}`
  return page(title, body, options.language)
}

const anchor = (place: number) => `b${place + 1}`

const titleOfReport = ({ broadcasts, merchants }: AuditReport): Sentence => {
  if (broadcasts.length === 1) return say('report.title.one')
  if (broadcasts.length > 1) return say('report.title.many', { count: broadcasts.length })
  return merchants.length > 0
    ? say('report.title.merchants', { count: merchants.length })
    : say('report.title.empty')
}

const imprint = ({ assay, policy }: AuditReport, { generatedAt }: HtmlOptions): Markup => {
  const parts = [
    words('report.version', { version: assay }),
    words('report.policy', { id: policy.id }),
    policy.at === null ? null : words('report.policy-at', { at: policy.at.slice(0, 10) }),
    generatedAt === undefined ? null : words('report.made', { at: instant(generatedAt) }),
  ]
  return html`${parts.map((part) => (part === null ? null : html`<span>${part}</span> `))}`
}

const overview = (audits: readonly BroadcastAudit[]): Markup | null =>
  audits.length === 1
    ? null
    : html`<section>
        <h2>${words('report.overview')}</h2>
        ${
          audits.length > IN_FULL
            ? html`<p>
                ${words('report.overview-rest', { shown: IN_FULL, rest: audits.length - IN_FULL })}
              </p>`
            : null
        }
        <div class="scroll">
          <table class="numbers overview">
            <thead>
              <tr>
                <th scope="col">${words('report.column.broadcast')}</th>
                <th scope="col">${words('report.column.displayed')}</th>
                <th scope="col">${words('report.column.genuine')}</th>
                <th scope="col">${words('report.column.water')}</th>
                <th scope="col">${words('report.column.findings')}</th>
              </tr>
            </thead>
            <tbody>
              ${audits.map(overviewRow)}
            </tbody>
          </table>
        </div>
      </section>`

const overviewRow = (audit: BroadcastAudit, place: number) => {
  const figure = leadFigure(audit)?.figure
  const genuine = figure?.genuine ?? null
  const name = html`${titleOf(audit)} ${id(audit.broadcast)}`
  return html`<tr>
    <th scope="row">${place < IN_FULL ? html`<a href="#${anchor(place)}">${name}</a>` : name}</th>
    <td>${both(count(figure?.displayed ?? null))}</td>
    <td>${both(genuine === null ? DASH : count(estimateOf(genuine)))}</td>
    <td>${both(percent(figure?.water ?? null))}</td>
    <td class="chips">${chips(audit.findings)}</td>
  </tr> `
}

/** The result of a check, drawn: by Node for the page of a bundle, by the page itself for a drop. */
import { explainBundle } from '../ledger/explain-bundle.ts'
import type { BundleReport } from '../ledger/bundle-report.ts'
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import { both, id, words } from '../report/bilingual.ts'
import { html, type Content, type Markup } from '../report/html.ts'

/** A list of a thousand failures tells nobody more than one of fifty. */
const FAILURES_SHOWN = 50

export const resultOf = (report: BundleReport, heading: Content): Markup => {
  const { passes, verdict, holds, caveats } = explainBundle(report)
  const failures = report.failures.slice(0, FAILURES_SHOWN)
  return html`<div class="verdict ${passes ? 'passes' : 'fails'}">
    <h3>${heading}</h3>
    <p class="says">${both(verdict)}</p>
    ${
      failures.length === 0
        ? null
        : html`<ul class="failures">
            ${failures.map(({ file, text }) => html`<li>${id(file)} ${both(text)}</li>`)}
          </ul>`
    }
    ${list('holds', holds)}
    <h4>${words('bundle.page-caveats')}</h4>
    ${list('caveats', caveats)}
  </div>`
}

const list = (kind: string, sentences: readonly Sentence[]): Markup | null =>
  sentences.length === 0
    ? null
    : html`<ul class="${kind}">
        ${sentences.map((sentence) => html`<li>${both(sentence)}</li>`)}
      </ul>`

/** Where to drop a bundle; the script finds it by these ids. */
export const dropZone = (note: Sentence): Markup =>
  html`<div class="drop" id="drop">
      <p class="lead">${words('bundle.page-drop')}</p>
      <p>
        <label
          >${words('bundle.page-folder')}<input type="file" id="folder" webkitdirectory
        /></label>
        <label>${words('bundle.page-zip')}<input type="file" id="zip" accept=".zip" /></label>
        <label class="minor-choice"
          >${words('bundle.page-policy')}<input type="file" id="policy"
        /></label>
      </p>
      <p class="note" id="policy-state" aria-live="polite"></p>
      <p class="note">${both(note)}</p>
    </div>
    <div id="result" aria-live="polite"></div>`

/** A line while something happens, or where nothing could be done. */
export const stateOf = (sentence: Sentence): Markup => html`<p class="note">${both(sentence)}</p>`

export const headingOf = (name: string): Markup =>
  html`${both(say('bundle.page-result-of', { name }))}`

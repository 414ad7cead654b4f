/**
 * `index.html` of a bundle: the clip, the words said, the order and the prices, the timeline, and the
 * result of the check in plain words. Opens from a disk, in both languages, light and dark, and prints.
 */
import type { BundleFacts } from '../archive/bundle.ts'
import { say } from '../language/say.ts'
import type { Language, Sentence } from '../language/sentence.ts'
import { both, words } from '../report/bilingual.ts'
import { html } from '../report/html.ts'
import { documentOf } from './document.ts'
import { inTime, readEntry, textOf, type ReadEntry } from './entries.ts'
import { recordingSection, wordsSection } from './page-recording.ts'
import { ordersSection, pricesSection, timelineRow } from './page-trade.ts'
import { dropZone, resultOf } from './result.ts'

export const renderBundlePage = (
  facts: BundleFacts,
  language: Language,
  verifier: string,
): string => {
  const entries = facts.entries.map(readEntry)
  const pieces = entries.filter(({ type }) => type === PIECE)
  const currency = currencyOf(entries)
  const title = titleOf(facts)
  const body = html`<header class="masthead">
      <p class="brand">Assay</p>
      <p class="imprint"><span>${words('bundle.page-kicker')}</span></p>
      <h1>${both(title)}</h1>
      <p class="imprint">
        ${
          facts.broadcast === null || facts.matter.kind === 'broadcast'
            ? null
            : html`<span>${words('bundle.page-broadcast', { id: facts.broadcast })}</span> `
        }
        <span>${words('bundle.page-entries', { count: entries.length })}</span>
        <span>${words('bundle.page-made', { at: { at: facts.madeAt } })}</span>
      </p>
    </header>
    <section>
      ${resultOf(facts.report, words('bundle.page-checked'))}
      <h3 class="check">${words('bundle.page-check')}</h3>
      ${dropZone(say('bundle.page-drop-note'))}
    </section>
    ${recordingSection(facts, pieces)} ${wordsSection(facts, entries)}
    ${ordersSection(entries, currency)} ${pricesSection(entries, currency)}
    <section>
      <h2>${words('bundle.page-timeline')}</h2>
      <p class="note">${words('bundle.page-timeline-note')}</p>
      <ol class="timeline">
        ${inTime(entries.filter(({ type }) => type !== PIECE)).map((entry) =>
          timelineRow(entry, currency),
        )}
      </ol>
    </section>`
  return documentOf(title, body, language, verifier)
}

/** Pieces of the recording stand with it; among the events they would drown everything else. */
const PIECE = 'live.segment.recorded'

const titleOf = ({ matter: { kind, id: name } }: BundleFacts): Sentence => {
  switch (kind) {
    case 'broadcast':
      return say('bundle.page-title.broadcast', { id: name })
    case 'complaint':
      return say('bundle.page-title.complaint', { id: name })
    case 'order':
    default:
      return say('bundle.page-title.order', { id: name })
  }
}

const currencyOf = (entries: readonly ReadEntry[]): string =>
  entries.map(({ data }) => textOf(data['currency'])).find((text) => text !== '') ?? ''

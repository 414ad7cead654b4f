/** The recording on the page of a bundle: clips, pieces, and the words said, which lead into the clip. */
import type { BundleFacts } from '../archive/bundle.ts'
import { proofPath } from '../ledger/check-entries.ts'
import { say } from '../language/say.ts'
import { both, fold, given, id, words } from '../report/bilingual.ts'
import { html, type Markup } from '../report/html.ts'
import { parseTime } from '../vocabulary/time.ts'
import { inTime, textOf, whenOf, type ReadEntry } from './entries.ts'

export const recordingSection = (
  { recording }: BundleFacts,
  pieces: readonly ReadEntry[],
): Markup =>
  html`<section>
    <h2>${words('bundle.page-clip')}</h2>
    ${recording.clips.map(
      ({ path, startsAt, durationMs }) =>
        html`<figure class="clip">
          <video
            controls
            preload="metadata"
            src="${path}"
            data-clip="${path}"
            data-lasts="${durationMs / 1000}"
          ></video>
          <figcaption>
            ${words('bundle.page-clip-of', { at: clockOf(startsAt, pieces), lasts: { ms: durationMs } })}
          </figcaption>
        </figure>`,
    )}
    ${
      recording.pieces === 0
        ? html`<p>${words('bundle.page-no-recording')}</p>`
        : recording.clips.length === 0
          ? html`<p>${words('bundle.page-no-clip')}</p>`
          : null
    }
    ${
      recording.missing === 0
        ? null
        : html`<p>${words('bundle.page-missing', { count: recording.missing })}</p>`
    }
    ${
      pieces.length === 0
        ? null
        : fold(
            words('bundle.page-pieces', { count: pieces.length }),
            html`<ol class="pieces">
              ${pieces.map(pieceRow)}
            </ol>`,
          )
    }
  </section>`

/** A clip begins where one of the pieces does: said by the same clock as everything else. */
const clockOf = (at: number, pieces: readonly ReadEntry[]): string =>
  pieces
    .map(({ data }) => textOf(data['startsAt']))
    .filter((text) => parseTime(text) === at)
    .map(whenOf)[0] ?? ''

const pieceRow = ({ data, index }: ReadEntry): Markup =>
  html`<li>
    <span class="when">${whenOf(textOf(data['startsAt']))}</span> ${id(textOf(data['sha256']))}
    <a class="place" href="${proofPath(index)}">#${String(index)}</a>
  </li>`

export const wordsSection = (facts: BundleFacts, entries: readonly ReadEntry[]): Markup => {
  const captions = entries.filter(({ type }) => type === 'live.caption.spoken')
  return html`<section>
    <h2>${words('bundle.page-words')}</h2>
    ${
      captions.length === 0
        ? html`<p>${words('bundle.page-no-words')}</p>`
        : html`<ol class="said">
            ${inTime(captions).map((caption) => captionRow(facts, caption))}
          </ol>`
    }
  </section>`
}

const captionRow = ({ recording, selection }: BundleFacts, caption: ReadEntry): Markup => {
  const { data, time, at, hidden } = caption
  const { startMs } = data
  const saidAt =
    selection.startedAt !== null && typeof startMs === 'number' ? selection.startedAt + startMs : at
  const clip = recording.clips.find(
    ({ startsAt, durationMs }) => saidAt >= startsAt && saidAt < startsAt + durationMs,
  )
  const when = whenOf(time)
  return html`<li>
    <p class="when">
      ${
        clip === undefined
          ? when
          : html`<button
              type="button"
              class="seek"
              data-clip="${clip.path}"
              data-seconds="${(saidAt - clip.startsAt) / 1000}"
              title="${say('bundle.page-seek').en} · ${say('bundle.page-seek').zh}"
            >
              ${when}
            </button>`
      }
    </p>
    <div>
      <p>${given(textOf(data['text']))}</p>
      <p class="who">
        ${given(textOf(data['speaker']))}
        ${hidden === 0 ? null : both(say('bundle.page-hidden', { count: hidden }))}
      </p>
    </div>
  </li>`
}

/**
 * The explanations of a finding on one scale of bans. The innocent one stands at nought and every
 * other at its weight against it; a bar to the left says that the evidence speaks against it.
 */
import { strengthOf, type Hypotheses } from '../../vocabulary/finding.ts'
import { both, words } from '../bilingual.ts'
import { html, type Markup } from '../html.ts'
import { isInnocent } from '../stance.ts'
import { bans, term } from '../words.ts'

/** Weights beyond this are drawn at the edge; their number is printed all the same. */
const EDGE_BANS = 8

export const scale = (hypotheses: Hypotheses): Markup => {
  const weights = hypotheses.map(({ weightBans }) => weightBans)
  const low = -Math.min(EDGE_BANS, Math.ceil(Math.max(0, -Math.min(0, ...weights))))
  const high = Math.min(EDGE_BANS, Math.max(2, Math.ceil(Math.max(0, ...weights))))
  const share = (weight: number) =>
    ((Math.min(high, Math.max(low, weight)) - low) / (high - low)) * 100
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => low + i)
  return html`<div class="scale">
    <h5>${words('report.finding.scale')}</h5>
    <ul>
      ${hypotheses.map(({ name, weightBans }) => {
        const kind = isInnocent(name) ? 'innocent' : 'other'
        return html`<li class="${kind}">
          <span class="name"
            >${both(term('hypothesis', name))}${
              kind === 'innocent' ? html` <em>${words('report.finding.innocent-mark')}</em>` : null
            }</span
          >
          ${track(share(0), share(weightBans), ticks.map(share), kind)}
          <span class="weight"
            >${words('report.finding.bans', { bans: bans(weightBans) })}${
              weightBans > 0 ? html` · ${both(term('strength', strengthOf(weightBans)))}` : null
            }</span
          >
        </li> `
      })}
      <li class="axis" aria-hidden="true">${axis(ticks, share)}</li>
    </ul>
  </div>`
}

const axis = (ticks: readonly number[], share: (weight: number) => number) =>
  html`<svg width="100%" height="16">
    ${ticks.map((tick) => {
      const anchor = tick === ticks[0] ? 'start' : tick === ticks.at(-1) ? 'end' : 'middle'
      const label = tick < 0 ? `−${-tick}` : String(tick)
      return html`<text class="tick" x="${share(tick).toFixed(2)}%" y="12" text-anchor="${anchor}">
        ${label}
      </text>`
    })}
  </svg>`

const track = (zero: number, at: number, ticks: readonly number[], kind: string) => {
  const from = Math.min(zero, at)
  const x = at.toFixed(2)
  return html`<svg width="100%" height="22" aria-hidden="true">
    ${ticks.map((tick) => html`<line class="grid" x1="${tick.toFixed(2)}%" x2="${tick.toFixed(2)}%" y1="0" y2="22" />`)}
    <rect
      class="${kind}"
      x="${from.toFixed(2)}%"
      y="7"
      width="${Math.abs(at - zero).toFixed(2)}%"
      height="8"
    />
    <line class="zero" x1="${zero.toFixed(2)}%" x2="${zero.toFixed(2)}%" y1="0" y2="22" />
    <circle class="${kind}" cx="${x}%" cy="11" r="5" />
  </svg>`
}

/** The six charts of a broadcast. */
import type { BroadcastAudit } from '../../engine/report.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { histogram, nestedBars, stackedAreas } from '../charts/bars.ts'
import { curves } from '../charts/curves.ts'
import { html, type Markup } from '../html.ts'
import { duration } from '../words.ts'

/** `prefix` is the broadcast's own id on the page. */
export const charts = (prefix: string, { series, dwell }: BroadcastAudit): Markup =>
  html`<div class="charts">
    ${curves(
      `${prefix}-audience`,
      say('report.chart.audience'),
      say('report.chart.audience-note'),
      series.audience,
    )}
    ${stackedAreas(
      `${prefix}-arrivals`,
      say('report.chart.arrivals'),
      (ms) => say('report.chart.arrivals-note', { bucket: { ms } }),
      series.arrivals,
    )}
    ${stays(`${prefix}-dwell`, dwell)}
    ${nestedBars(
      `${prefix}-likes`,
      say('report.chart.likes'),
      (ms) => say('report.chart.likes-note', { bucket: { ms } }),
      series.likes,
    )}
    ${nestedBars(
      `${prefix}-comments`,
      say('report.chart.comments'),
      (ms) => say('report.chart.comments-note', { bucket: { ms } }),
      series.comments,
    )}
    ${nestedBars(
      `${prefix}-orders`,
      say('report.chart.orders'),
      (ms) => say('report.chart.orders-note', { bucket: { ms } }),
      series.orders,
    )}
  </div>`

const stays = (id: string, dwell: BroadcastAudit['dwell']) => {
  const last = dwell.findLastIndex(({ genuine, suspected }) => genuine + suspected > 0)
  return histogram(
    id,
    say('report.chart.dwell'),
    say('report.chart.dwell-note'),
    dwell.slice(0, last + 1).map(({ fromSeconds, untilSeconds, genuine, suspected }) => ({
      label: duration(fromSeconds),
      head: between(fromSeconds, untilSeconds),
      parts: [genuine, suspected],
    })),
    ['genuine', 'suspected'],
  )
}

const between = (from: number, until: number): Sentence =>
  Number.isFinite(until)
    ? say('report.dwell.range', {
        from: { term: duration(from) },
        until: { term: duration(until) },
      })
    : say('report.dwell.over', { from: { term: duration(from) } })

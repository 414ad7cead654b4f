/**
 * Counts per bucket. `nested`: each series is a part of the one before and stands in front of it.
 * `mirrored`: refunds hang below the line that orders stand on. `stacked`: parts on top of each
 * other, as an area where buckets are many and narrow.
 */
import { area, stack } from 'd3-shape'
import type { Series } from '../../engine/report.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { html, type Markup } from '../html.ts'
import { clock, count } from '../words.ts'
import { colourOf, emptyFigure, figure } from './figure.ts'
import { PLOT_HEIGHT, WIDTH, plot, round, timeScale, timeTicks, vertical } from './plot.ts'
import { merge, type Buckets } from './series.ts'

/** Writes the note under the title, given the length of a bucket in ms. */
type Note = (bucketMs: number) => Sentence

export const nestedBars = (id: string, title: Sentence, note: Note, series: Series): Markup =>
  timed(id, title, note, series, 'series', (buckets, x) => {
    const y = vertical(
      -Math.max(...below(buckets), 0),
      Math.max(...buckets.counts.filter((_, s) => !hangs(buckets, s)).flat(), 0),
    )
    const width = round(
      Math.max(1, (x(buckets.at[0] ?? 0) - x((buckets.at[0] ?? 0) - buckets.bucketMs)) * 0.86),
    )
    const marks = buckets.counts.map((counts, s) =>
      counts.map((value, i) => {
        if (value === 0) return null
        const top = hangs(buckets, s) ? y(0) : y(value)
        const height = Math.abs(y(value) - y(0))
        return html`<rect
          class="bar ${colourOf(buckets.names[s] ?? '', s)}"
          x="${round(x(buckets.at[i] ?? 0))}"
          y="${round(top)}"
          width="${width}"
          height="${round(height)}"
        />`
      }),
    )
    return { y, marks }
  })

const hangs = ({ names }: Buckets, series: number) => names[series] === 'refunded'
const below = (buckets: Buckets) => buckets.counts.filter((_, s) => hangs(buckets, s)).flat()

export const stackedAreas = (id: string, title: Sentence, note: Note, series: Series): Markup =>
  timed(id, title, note, series, 'entry', (buckets, x) => {
    const rows = buckets.at.map((_, i) => buckets.counts.map((counts) => counts[i] ?? 0))
    const layers = stack<readonly number[], number>()
      .keys(buckets.names.map((_, s) => s))
      .value((row, key) => row[key] ?? 0)(rows)
    const y = vertical(
      0,
      Math.max(...rows.map((row) => row.reduce((sum, value) => sum + value, 0)), 0),
    )
    const shape = area<readonly [number, number]>()
      .x((_, i) => round(x(buckets.at[i] ?? 0)))
      .y0(([low]) => round(y(low)))
      .y1(([, high]) => round(y(high)))
    const marks = layers.map(
      (layer, s) =>
        html`<path
          class="area ${colourOf(buckets.names[s] ?? '', s)}"
          d="${shape(layer.map(([low, high]) => [low, high]))}"
        />`,
    )
    return { y, marks }
  })

/** Room at the left of a histogram for the labels of its vertical axis. */
const GUTTER = 70
/** Bars of a histogram that are labelled, at most. */
const LABELS = 8

/** Bars without a time axis, parts stacked: `label` stands at the left edge of its bar. */
export const histogram = (
  id: string,
  title: Sentence,
  note: Sentence,
  bars: readonly {
    readonly label: Sentence
    readonly head: Sentence
    readonly parts: readonly number[]
  }[],
  names: readonly string[],
): Markup => {
  const high = Math.max(...bars.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0)), 0)
  if (high === 0) return emptyFigure(id, title)
  const y = vertical(0, high)
  const width = (WIDTH - GUTTER) / bars.length
  const marks = bars.map(({ parts }, i) => {
    let base = 0
    return parts.map((part, s) => {
      const top = y(base + part)
      const height = y(base) - top
      base += part
      return html`<rect
        class="bar ${colourOf(names[s] ?? '', s)}"
        x="${round(GUTTER + i * width)}"
        y="${round(top)}"
        width="${round(width * 0.88)}"
        height="${round(Math.min(height, PLOT_HEIGHT))}"
      />`
    })
  })
  const every = Math.ceil(bars.length / LABELS)
  const ticks = bars
    .map(({ label }, i) => ({
      share: (GUTTER + i * width) / WIDTH,
      label,
      anchor: 'start' as const,
    }))
    .filter((_, i) => i % every === 0)
  const rows = bars.map(({ head, parts }) => ({ head, cells: parts.map(count) }))
  const drawing = plot({ id, y, ticks, marks })
  return figure({ id, title, note, names, drawing, rows, head: say('report.column.dwell') })
}

type Draw = (
  buckets: Buckets,
  x: ReturnType<typeof timeScale>,
) => {
  readonly y: ReturnType<typeof vertical>
  readonly marks: readonly (Markup | readonly (Markup | null)[])[]
}

const timed = (
  id: string,
  title: Sentence,
  note: Note,
  series: Series,
  group: 'series' | 'entry',
  draw: Draw,
): Markup => {
  const buckets = merge(series)
  const from = buckets.at[0]
  const last = buckets.at.at(-1)
  if (from === undefined || last === undefined || buckets.counts.flat().every((n) => n === 0))
    return emptyFigure(id, title)
  const x = timeScale(from, last + buckets.bucketMs)
  const { y, marks } = draw(buckets, x)
  const rows = buckets.at.map((at, i) => ({
    head: { en: clock(at), zh: clock(at) },
    cells: buckets.counts.map((counts) => count(counts[i] ?? 0)),
  }))
  const drawing = plot({ id, y, ticks: timeTicks(x), marks })
  const { names } = buckets
  return figure({
    id,
    title,
    note: note(buckets.bucketMs),
    names,
    group,
    drawing,
    rows,
    head: say('report.column.time'),
  })
}

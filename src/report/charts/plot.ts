/**
 * The frame of every chart: grid, axes and words. The marks stretch with the page inside an inner
 * drawing of 1000 by `PLOT_HEIGHT` units while the words around them keep their size, so a chart
 * reads the same on a telephone, a wide screen and paper. Tick labels sit on the grid lines, as in
 * print; colours are variables of the style sheet.
 */
import { scaleLinear, scaleUtc } from 'd3-scale'
import type { Sentence } from '../../language/sentence.ts'
import { svgText } from '../bilingual.ts'
import { html, type Content, type Markup } from '../html.ts'
import { clock, instant, short } from '../words.ts'

export const WIDTH = 1000
export const PLOT_HEIGHT = 190
/** Room in px above the plot for its highest label, and below it for the horizontal axis. */
const TOP = 20
const BOTTOM = 26

export type Tick = {
  /** Place from left to right, 0 to 1. */
  readonly share: number
  readonly label: Sentence
  /** Centred on its place unless said otherwise; the outermost ones keep within the chart. */
  readonly anchor?: 'start'
}

/** A vertical scale from `low` (0, or below it where bars hang) to at least `high`. */
export const vertical = (low: number, high: number) =>
  scaleLinear()
    .domain([low, Math.max(high, low + 1)])
    .nice(4)
    .range([PLOT_HEIGHT, 0])

export const timeScale = (from: number, until: number) =>
  scaleUtc()
    .domain([from, Math.max(until, from + 1)])
    .range([0, WIDTH])

/** Ticks at round times; dates are added where the chart covers more than a day and a half. */
export const timeTicks = (x: ReturnType<typeof timeScale>): readonly Tick[] => {
  const [from = 0, until = 0] = x.domain().map(Number)
  const long = until - from > 36 * 3_600_000
  return x.ticks(7).map((date) => {
    const label = long ? instant(date.getTime()).slice(5) : clock(date.getTime())
    return { share: x(date) / WIDTH, label: { en: label, zh: label } }
  })
}

export type Plot = {
  /** The chart's own id: its caption is `<id>-t`, its note `<id>-n`. */
  readonly id: string
  readonly y: ReturnType<typeof vertical>
  readonly ticks: readonly Tick[]
  readonly marks: Content
}

export const plot = ({ id, y, ticks, marks }: Plot): Markup => {
  const height = TOP + PLOT_HEIGHT + BOTTOM
  return html`<svg
    class="plot"
    width="100%"
    height="${height}"
    role="img"
    aria-labelledby="${id}-t"
    aria-describedby="${id}-n"
  >
    ${y.ticks(4).map((value) => gridLine(TOP + y(value), value === 0))}
    <svg
      y="${TOP}"
      width="100%"
      height="${PLOT_HEIGHT}"
      viewBox="0 0 ${WIDTH} ${PLOT_HEIGHT}"
      preserveAspectRatio="none"
    >
      ${marks}
    </svg>
    ${y.ticks(4).map((value) => gridLabel(TOP + y(value), value))}
    ${ticks.map((tick, i) => xLabel(tick, i, height))}
  </svg>`
}

const gridLine = (y: number, base: boolean) =>
  html`<line class="${base ? 'base' : 'grid'}" x1="0" x2="100%" y1="${y}" y2="${y}" />`

const gridLabel = (y: number, value: number) =>
  value === 0 ? null : svgText(html`class="tick" x="0" y="${y - 4}"`, short(Math.abs(value)))

/** Every other label gives way on a narrow page. */
const xLabel = ({ share, label, anchor: given }: Tick, i: number, height: number) => {
  const anchor = given ?? (share < 0.04 ? 'start' : share > 0.96 ? 'end' : 'middle')
  const x = (share * 100).toFixed(2)
  const kind = i % 2 === 1 ? 'tick minor' : 'tick'
  return svgText(html`class="${kind}" x="${x}%" y="${height - 8}" text-anchor="${anchor}"`, label)
}

/** Two decimals of a drawing unit are finer than any screen. */
export const round = (value: number): number => Math.round(value * 100) / 100

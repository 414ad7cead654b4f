/**
 * Curves over time, one a series. A gap in the record is a gap in the line, but for what the page
 * showed: a number stands on the page until the next one replaces it.
 */
import { area, curveLinear, curveStepAfter, line } from 'd3-shape'
import type { Series } from '../../engine/report.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { html, type Markup } from '../html.ts'
import { clock, count } from '../words.ts'
import { colourOf, emptyFigure, figure } from './figure.ts'
import { plot, round, timeScale, timeTicks, vertical } from './plot.ts'
import { thin, type Point } from './series.ts'

const SHOWN = 'displayed'

export const curves = (id: string, title: Sentence, note: Sentence, series: Series): Markup => {
  const names = Object.keys(series.values)
  const points = names.map((name) => {
    const curve = thin(series.at, series.values[name] ?? [])
    return name === SHOWN ? curve.filter(([, value]) => value !== null) : curve
  })
  const high = Math.max(...points.flat().map(([, value]) => value ?? 0), 0)
  const from = series.at[0]
  const until = series.at.at(-1)
  if (high === 0 || from === undefined || until === undefined) return emptyFigure(id, title)
  const x = timeScale(from, until)
  const y = vertical(0, high)
  const path = line<Point>()
    .defined(([, value]) => value !== null)
    .x(([at]) => round(x(at)))
    .y(([, value]) => round(y(value ?? 0)))
  const fill = area<Point>()
    .defined(([, value]) => value !== null)
    .x(([at]) => round(x(at)))
    .y0(round(y(0)))
    .y1(([, value]) => round(y(value ?? 0)))
  const marks = names.map((name, i) => {
    const curve = points[i] ?? []
    const under =
      name === 'genuine' ? html`<path class="under c-genuine" d="${fill(curve)}" />` : null
    return html`${under}<path
        class="line ${colourOf(name, i)}"
        d="${path.curve(name === SHOWN ? curveStepAfter : curveLinear)(curve)}"
      />`
  })
  const rows = series.at.map((at, i) => ({
    head: { en: clock(at), zh: clock(at) },
    cells: names.map((name) => count(series.values[name]?.[i] ?? null)),
  }))
  const drawing = plot({ id, y, ticks: timeTicks(x), marks })
  return figure({ id, title, note, names, drawing, rows, head: say('report.column.time') })
}

/**
 * Curves over time (uPlot): what was shown as steps, for a number stands on the page until the next
 * replaces it; observed and genuine as lines; a gap in the record is a gap in the line. A click
 * chooses a moment.
 */
import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useWords } from '../i18n.tsx'
import { useTheme } from '../theme.tsx'
import type { Series } from './types.ts'

const HEIGHT = 260
/** Between two instants of the axis, px: either language's clock and some air. */
const CLOCK_SPACE = 90
const COLOURS = ['--genuine', '--open', '--calm', '--doubt', '--observed', '--displayed', '--soft']

const WORDS = { time: { en: 'Time', zh: '时间' } } as const

type Props = {
  readonly series: Series
  readonly names: readonly string[]
  readonly labels: readonly string[]
  readonly label: string
  /** The 90 % interval at the highest point of `genuine`, where it is known. */
  readonly interval: { readonly low: number; readonly high: number } | null
  readonly onPick: (at: number) => void
  readonly picked: number | null
}

export const Curve = ({ series, names, labels, label, interval, onPick, picked }: Props) => {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot>(null)
  const pick = useRef(onPick)
  const mark = useRef(picked)
  useEffect(() => {
    pick.current = onPick
    mark.current = picked
    plot.current?.redraw(false)
  }, [onPick, picked])
  const { isDark } = useTheme()
  const { t, language, count, when } = useWords()
  const key = names.join(' ')

  useEffect(() => {
    const element = box.current!
    const style = getComputedStyle(document.documentElement)
    const colour = (name: string) => style.getPropertyValue(name).trim()
    const axis = {
      stroke: colour('--soft'),
      grid: { stroke: colour('--grid'), width: 1 },
      ticks: { stroke: colour('--grid') },
    }
    const stepped = UPlot.paths.stepped?.({ align: 1 })
    const made = new UPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        ms: 1,
        cursor: { y: false },
        axes: [
          {
            ...axis,
            space: CLOCK_SPACE,
            values: (_, ticks) => ticks.map((tick) => when(tick, 'clock')),
          },
          { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => count(tick)) },
        ],
        series: [
          { label: t(WORDS.time), value: (_, at) => when(at, 'clock') },
          ...names.map((name, i) => ({
            label: labels[i] ?? name,
            stroke: colour(colourOf(name, i)),
            width: name === 'genuine' ? 2.5 : 1.5,
            ...(name === 'displayed' ? { dash: [6, 4], spanGaps: true } : {}),
            ...(name === 'displayed' && stepped !== undefined ? { paths: stepped } : {}),
            ...(name === 'genuine' ? { fill: colour('--genuine-soft') } : {}),
            points: { show: false },
            value: (_: UPlot, value: number | null) => count(value),
          })),
        ],
        hooks: {
          draw: [
            (self) => {
              if (mark.current !== null) drawLine(self, mark.current, colour('--ink'))
              if (interval !== null) drawInterval(self, names, interval, colour('--ink'))
            },
          ],
        },
      },
      dataOf(series, names),
      element,
    )
    const clicked = () => {
      const { left = -1 } = made.cursor
      if (left >= 0) pick.current(made.posToVal(left, 'x'))
    }
    made.over.addEventListener('click', clicked)
    plot.current = made
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: HEIGHT }),
    )
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = null
    }
    // New points are set below, without making the plot anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, isDark, language, interval?.low, interval?.high])

  useEffect(() => {
    plot.current?.setData(dataOf(series, key.split(' ')))
  }, [series, key])

  return <div ref={box} className="curve" role="img" aria-label={label} />
}

const dataOf = (series: Series, names: readonly string[]): UPlot.AlignedData => [
  [...series.at],
  ...names.map((name) => [...(series.values[name] ?? [])]),
]

const colourOf = (name: string, i: number): string =>
  name === 'displayed' || name === 'observed' || name === 'genuine'
    ? `--${name}`
    : (COLOURS[i % COLOURS.length] ?? '--soft')

const drawLine = (self: UPlot, at: number, colour: string): void => {
  const { ctx, bbox } = self
  const x = Math.round(self.valToPos(at, 'x', true))
  ctx.save()
  ctx.strokeStyle = colour
  ctx.setLineDash([3, 3])
  ctx.beginPath()
  ctx.moveTo(x, bbox.top)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  ctx.restore()
}

/** A whisker where the genuine curve is highest. */
const drawInterval = (
  self: UPlot,
  names: readonly string[],
  { low, high }: { readonly low: number; readonly high: number },
  colour: string,
): void => {
  const index = names.indexOf('genuine')
  const values = index < 0 ? [] : (self.data[index + 1] ?? [])
  let best = -1
  for (let i = 0; i < values.length; i += 1) if ((values[i] ?? -1) > (values[best] ?? -1)) best = i
  const at = self.data[0][best]
  if (at === undefined) return
  const [x, top, bottom] = [
    self.valToPos(at, 'x', true),
    self.valToPos(high, 'y', true),
    self.valToPos(low, 'y', true),
  ].map(Math.round) as [number, number, number]
  const { ctx } = self
  ctx.save()
  ctx.strokeStyle = colour
  ctx.lineWidth = 2
  ctx.beginPath()
  ctx.moveTo(x, top)
  ctx.lineTo(x, bottom)
  for (const y of [top, bottom]) {
    ctx.moveTo(x - 5, y)
    ctx.lineTo(x + 5, y)
  }
  ctx.stroke()
  ctx.restore()
}

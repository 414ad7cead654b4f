/** The audit as text for a terminal: what matters first, tables that line up, no more than fits. */
import type { AuditReport, BroadcastAudit, Refused, SalesFigure } from '../engine/report.ts'
import { say } from '../language/say.ts'
import type { Language, Sentence } from '../language/sentence.ts'
import type { Figure, Finding } from '../vocabulary/finding.ts'
import { headlineOf } from './headline.ts'
import {
  currencyOf,
  MERCHANT_COLUMNS,
  merchantCells,
  merchantsToShow,
} from './sections/merchants.ts'
import { heading, standing } from './sections/finding.ts'
import { byNotability, byWeight, noteworthy, stanceOf, type Stance } from './stance.ts'
import { painter, plain, tableLines, widthOf, wrap, type Paint } from './terminal-layout.ts'
import { amount, bans, count, estimateOf, percent, period, range, term } from './words.ts'

export type TerminalOptions = {
  readonly language: Language
  /** Columns of the terminal; 40 at least are used. */
  readonly width: number
  readonly colour: boolean
}

/** Broadcasts in full, merchants in the table; the JSON has all. */
const IN_FULL = 10
const MERCHANTS = 20

const TONE: Readonly<Record<Stance, Parameters<Paint>[0]>> = {
  supported: 'doubt',
  undetermined: 'open',
  innocent: 'calm',
  insufficient: 'soft',
}

export const renderTerminal = (report: AuditReport, options: TerminalOptions): string => {
  const to = writer(options)
  const ordered = byNotability(report.broadcasts)
  const rest = ordered.slice(IN_FULL)
  const lines = [
    ...ordered.slice(0, IN_FULL).flatMap((audit) => broadcast(audit, to)),
    ...(rest.length === 0
      ? []
      : [
          to.text(say('report.terminal.rest', { count: rest.length })),
          ...rest.flatMap((audit) =>
            to.wrapped(`${plain(audit.broadcast)}  ${to.text(headlineOf(audit))}`, '  '),
          ),
          '',
        ]),
    ...(report.findings.length === 0
      ? []
      : [
          to.paint('strong', to.text(say('report.findings.cross'))),
          ...byWeight(report.findings).flatMap((finding) => findingLines(finding, to)),
          '',
        ]),
    ...merchants(report, to),
    ...refused(
      report.inputs.flatMap((input) => input.refused),
      to,
    ),
    ...to.wrapped(to.text(say('report.notice')), '', 'soft'),
  ]
  return `${lines.join('\n')}\n`
}

type Writer = {
  readonly text: (sentence: Sentence) => string
  readonly paint: Paint
  readonly wrapped: (
    text: string,
    indent?: string,
    style?: Parameters<Paint>[0],
  ) => readonly string[]
  readonly table: (rows: readonly (readonly string[])[]) => readonly string[]
}

const writer = ({ language, width, colour }: TerminalOptions): Writer => {
  const columns = Math.max(40, width)
  const paint = painter(colour)
  const wrapped = (text: string, indent = '', style: Parameters<Paint>[0] = 'none') =>
    wrap(text, columns, indent).map((line) => paint(style, line))
  return {
    text: (sentence) => plain(sentence[language]),
    paint,
    wrapped,
    // A table that does not fit is written row by row, each value after the name of its column.
    table: (rows) => {
      const lines = tableLines(rows)
      const [head = [], ...body] = rows
      if (lines.every((line) => widthOf(line) + 2 <= columns))
        return lines.map((line, i) => `  ${i === 0 ? paint('soft', line) : line}`)
      return body.flatMap(([name = '', ...cells]) => {
        const pairs = cells.flatMap((cell, i) => (cell === '' ? [] : [`${head[i + 1]} ${cell}`]))
        return [`  ${name}`, ...wrapped(pairs.join(' · '), '    ')]
      })
    },
  }
}

const broadcast = (audit: BroadcastAudit, to: Writer): readonly string[] => {
  const title = audit.title.trim() === '' ? to.text(say('report.untitled')) : plain(audit.title)
  const facts = [audit.broadcast, audit.room, audit.operator].map(plain).join(' · ')
  const when = audit.startedAt === null ? [] : [to.text(period(audit.startedAt, audit.endedAt))]
  return [
    ...to.wrapped(title, '', 'strong'),
    ...to.wrapped(
      [facts, ...when, to.text(term('vantage', audit.vantage))].join(' · '),
      '',
      'soft',
    ),
    ...to.wrapped(to.text(headlineOf(audit))),
    '',
    ...figures(audit, to),
    '',
    ...(audit.findings.length === 0
      ? to.wrapped(to.text(say('report.findings.none')))
      : byWeight(audit.findings).flatMap((finding) => findingLines(finding, to))),
    ...refused(audit.refused, to),
    '',
  ]
}

const COLUMNS = ['figure', 'displayed', 'observed', 'genuine', 'interval', 'water'] as const
const PLAIN = ['viewers', 'views', 'concurrent', 'likes', 'comments'] as const

const figures = ({ figures, currency }: BroadcastAudit, to: Writer): readonly string[] => {
  const row = (name: string, figure: Figure, write: typeof count) => [
    to.text(term('figure', name)),
    to.text(write(figure.displayed)),
    to.text(write(figure.observed)),
    to.text(write(figure.genuine && estimateOf(figure.genuine))),
    to.text(range(figure.genuine, write)),
    to.text(percent(figure.water)),
  ]
  const trade = (name: string, figure: SalesFigure, write: typeof count) => [
    ...row(name, figure, write),
    to.text(write(figure.filtered)),
    to.text(write(figure.net)),
  ]
  const sales = trade('sales', figures.sales, amount)
  const unit = currency === '' ? '' : ` (${plain(currency)})`
  return to.table([
    [...COLUMNS, 'filtered', 'net'].map((name) => to.text(term('column', name))),
    ...PLAIN.map((name) => [...row(name, figures[name], count), '', '']),
    trade('orders', figures.orders, count),
    [`${sales[0]}${unit}`, ...sales.slice(1)],
  ])
}

const findingLines = (finding: Finding, to: Writer): readonly string[] => {
  const values = {
    heading: { term: heading(finding) },
    subject: finding.subject,
    standing: { term: standing(finding) },
  }
  const weights = finding.hypotheses
    .map(({ name, weightBans }) => `${to.text(term('hypothesis', name))} ${bans(weightBans)}`)
    .join(' · ')
  const ids = finding.provisions.map(({ id }) => plain(id)).join(', ')
  const below = [
    to.text(say('report.terminal.weights', { weights })),
    ...(ids === '' ? [] : [to.text(say('report.terminal.provisions', { ids }))]),
  ].join(' · ')
  const [first = '', ...more] = to.wrapped(to.text(say('report.terminal.finding', values)), '  ')
  const tone = TONE[stanceOf(finding)]
  return [
    to.paint(tone, `*${first.slice(1)}`),
    ...more.map((line) => to.paint(tone, line)),
    ...to.wrapped(below, '    ', 'soft'),
  ]
}

const merchants = (report: AuditReport, to: Writer): readonly string[] => {
  const all = report.merchants
  if (all.length === 0) return []
  const shown = merchantsToShow(all).slice(0, MERCHANTS)
  const worth = noteworthy(all).length
  const currency = currencyOf(report)
  const told = say('report.merchants.count', { count: all.length, noteworthy: worth })
  const cut =
    worth > shown.length
      ? to.wrapped(to.text(say('report.merchants.shown', { shown: shown.length })))
      : []
  const rows = shown.map((merchant) => [
    plain(merchant.merchant),
    ...merchantCells(merchant, currency).map(to.text),
  ])
  return [
    to.paint('strong', to.text(say('report.merchants'))),
    ...to.wrapped(to.text(told)),
    ...cut,
    ...to.table([MERCHANT_COLUMNS.map((key) => to.text(say(key))), ...rows]),
    ...shown.flatMap(({ findings }) => findings.flatMap((finding) => findingLines(finding, to))),
    '',
  ]
}

const refused = (all: readonly Refused[], to: Writer): readonly string[] => {
  if (all.length === 0) return []
  const reasons = all.map(({ count: n, text }) => `${to.text(count(n))} × ${to.text(text)}`)
  return to.wrapped(
    to.text(say('report.terminal.refused', { reasons: reasons.join(' · ') })),
    '',
    'soft',
  )
}

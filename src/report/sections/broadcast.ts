/** One broadcast from the top down: the sentence, the figures, the findings, the curves, the rest. */
import type { BroadcastAudit } from '../../engine/report.ts'
import { say } from '../../language/say.ts'
import type { Finding } from '../../vocabulary/finding.ts'
import { both, given, id, words } from '../bilingual.ts'
import { headlineOf } from '../headline.ts'
import { html, type Markup } from '../html.ts'
import { byWeight, STANCES, tally } from '../stance.ts'
import { money, period, significant, term } from '../words.ts'
import { charts } from './charts.ts'
import { figuresTable, hero } from './figures.ts'
import { findingCard } from './finding.ts'
import { readLists, suspectLists } from './lists.ts'

/** `anchor` is the section's own id on the page; never text from the data. */
export const broadcastSection = (audit: BroadcastAudit, anchor: string): Markup =>
  html`<section class="broadcast" id="${anchor}">
    <h2>${titleOf(audit)}</h2>
    <dl class="facts">
      ${fact('report.id', id(audit.broadcast))} ${fact('report.room', id(audit.room))}
      ${fact('report.operator', id(audit.operator))} ${fact('report.period', onAir(audit))}
    </dl>
    <p class="headline">${both(headlineOf(audit))}</p>
    ${hero(audit)} ${audit.market.map(marketLine)}
    <p class="chips">
      ${chips(audit.findings)}
      <span class="chip quiet">${both(term('vantage', audit.vantage))}</span>
    </p>
    <h3>${words('report.figures')}</h3>
    ${figuresTable(audit)}
    <h3>${words('report.findings')}</h3>
    ${
      audit.findings.length === 0
        ? html`<p class="empty">${words('report.findings.none')}</p>`
        : byWeight(audit.findings).map(findingCard)
    }
    <h3>${words('report.charts')}</h3>
    ${charts(anchor, audit)}
    <h3>${words('report.suspects')}</h3>
    ${suspectLists(audit)}
    <h3>${words('report.read')}</h3>
    ${readLists(audit)}
  </section>`

/** How cheap the water was. */
const marketLine = ({
  what,
  count,
  low,
  high,
  currency,
}: BroadcastAudit['market'][number]): Markup =>
  html`<p class="note">
    ${both(say(what === 'likes' ? 'report.market.likes' : 'report.market.viewers', { count: significant(count), cost: { term: span(low, high, currency) } }))}
  </p>`

const span = (low: number, high: number, currency: string) => {
  const [from, to] = [money(low, currency), money(high, currency)]
  return low === high ? from : say('report.market.span', { from: { term: from }, to: { term: to } })
}

export const titleOf = ({ title }: BroadcastAudit): Markup =>
  title.trim() === '' ? words('report.untitled') : given(title)

/** How many findings are to be read which way; a word where there are none. */
export const chips = (findings: readonly Finding[]): readonly Markup[] => {
  if (findings.length === 0)
    return [html`<span class="chip quiet">${words('report.chip.none')}</span>`]
  const counts = tally(findings)
  return STANCES.filter((stance) => counts[stance] > 0).map(
    (stance) =>
      html`<span class="chip is-${stance}"
        >${both(say(`report.chip.${stance}`, { count: counts[stance] }))}</span
      > `,
  )
}

const fact = (
  key: 'report.id' | 'report.room' | 'report.operator' | 'report.period',
  value: Markup,
) =>
  html`<div>
    <dt>${words(key)}</dt>
    <dd>${value}</dd>
  </div> `

const onAir = ({ startedAt, endedAt }: BroadcastAudit) =>
  startedAt === null && endedAt === null
    ? words('report.period-unknown')
    : both(period(startedAt, endedAt))

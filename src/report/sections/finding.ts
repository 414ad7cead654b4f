/**
 * One finding as a card: how it must be read first, then the explanations weighed side by side,
 * the guilty and the innocent ones alike, then every reason with what each of them led to expect.
 */
import { say } from '../../language/say.ts'
import { show, type Sentence } from '../../language/sentence.ts'
import { strengthOf, type Finding, type Provision, type Reason } from '../../vocabulary/finding.ts'
import { both, fold, given, id, words } from '../bilingual.ts'
import { html, type Markup } from '../html.ts'
import { isInnocent, rivalsOf, stanceOf } from '../stance.ts'
import { bans, period, term } from '../words.ts'
import { scale } from './scale.ts'

export const findingCard = (finding: Finding): Markup => {
  const stance = stanceOf(finding)
  return html`<article class="finding is-${stance}">
    <header>
      <h4>${both(heading(finding))}</h4>
      <span class="chip is-${stance}">${both(term('stance', stance))}</span>
    </header>
    <p class="standing">${both(standing(finding))}</p>
    <p>${both(finding.summary)}</p>
    <dl class="facts">
      <div>
        <dt>${words('report.finding.subject')}</dt>
        <dd>${id(finding.subject)}</dd>
      </div>
      <div>
        <dt>${words('report.finding.period')}</dt>
        <dd>${both(period(finding.from, finding.until))}</dd>
      </div>
      <div>
        <dt>${words('report.finding.families')}</dt>
        <dd>${both(list(finding.families.map((family) => term('family', family))))}</dd>
      </div>
    </dl>
    ${scale(finding.hypotheses)} ${reasons(finding)} ${provisions(finding.provisions)}
    ${evidence(finding.evidence)}
  </article>`
}

/** A finding that accuses nobody is headed by what was looked into, never by a suspicion. */
export const heading = (finding: Finding): Sentence => {
  const kind = { term: term('kind', finding.kind) }
  return stanceOf(finding) === 'supported'
    ? say('report.heading.supported', { kind })
    : say('report.heading.examined', { kind })
}

/** What the finding says and what it does not say, in one sentence; the terminal prints it too. */
export const standing = (finding: Finding): Sentence => {
  const rivals = rivalsOf(finding)
  const lead = { term: term('hypothesis', rivals.lead) }
  const rival = { term: term('hypothesis', rivals.rival) }
  const stance = stanceOf(finding)
  if (stance === 'insufficient') return say('report.finding.insufficient')
  if (stance === 'innocent') return say('report.finding.innocent', { lead })
  if (stance === 'undetermined') return say('report.finding.undetermined', { lead, rival })
  const strength = { term: term('strength', strengthOf(finding.weightBans)) }
  return say('report.finding.supported', {
    lead,
    rival,
    strength,
    bans: { bans: finding.weightBans },
  })
}

const list = (sentences: readonly Sentence[]): Sentence => ({
  en: sentences.map(({ en }) => en).join(', ') || '–',
  zh: sentences.map(({ zh }) => zh).join('、') || '–',
})

const reasons = ({ reasons, hypotheses }: Finding) =>
  html`<h5>${words('report.finding.reasons')}</h5>
    ${
      reasons.length === 0
        ? html`<p class="empty">${words('report.finding.reasons-none')}</p>`
        : html`<ol class="reasons">
            ${reasons.map((reason) =>
              reasonItem(
                reason,
                hypotheses.map(({ name }) => name),
              ),
            )}
          </ol>`
    }`

const reasonItem = (reason: Reason, names: readonly string[]) => {
  const expected: Readonly<Record<string, number | string | undefined>> = reason.expected
  const order = [...names, ...Object.keys(expected).filter((name) => !names.includes(name))]
  return html`<li>
    <p><span class="family">${both(term('family', reason.family))}</span> ${both(reason.text)}</p>
    <dl class="compare">
      <div class="seen">
        <dt>${words('report.finding.observed')}</dt>
        <dd>${value(reason.observed)}</dd>
      </div>
      ${order.map((name) => {
        const guess = expected[name]
        if (guess === undefined) return null
        return html`<div class="${isInnocent(name) ? 'innocent' : 'other'}">
          <dt>${words('report.finding.expected', { name: { term: term('hypothesis', name) } })}</dt>
          <dd>${value(guess)}</dd>
        </div> `
      })}
      <div>
        <dt>${words('report.finding.weight')}</dt>
        <dd>${words('report.finding.bans', { bans: bans(reason.weightBans) })}</dd>
      </div>
    </dl>
  </li>`
}

const value = (of: number | string) =>
  typeof of === 'number' ? both({ en: show(of, 'en'), zh: show(of, 'zh') }) : given(of)

const provisions = (all: readonly Provision[]) =>
  all.length === 0
    ? null
    : html`<h5>${words('report.finding.provisions')}</h5>
        <ul class="provisions">
          ${all.map(
            ({ id: row, title, reading, status }) =>
              html`<li>
                ${id(row)} ${both(title)}
                <span class="mark ${reading === 'verified' ? 'sure' : 'unsure'}"
                  >${both(term('reading', reading))}</span
                >
                ${
                  status === 'draft'
                    ? html`<span class="mark unsure">${words('report.status.draft')}</span>`
                    : null
                }
              </li> `,
          )}
        </ul>`

const evidence = (events: readonly string[]) =>
  events.length === 0
    ? null
    : fold(
        words('report.finding.evidence', { count: events.length }),
        html`<p class="ids">${events.map((event) => html`${id(event)} `)}</p>`,
      )

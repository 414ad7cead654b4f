/**
 * Entries of the log as a person reads them. Everything in them was written by somebody with an
 * interest: it is shown as text, never followed, fetched or run.
 */
import type { BundleEntry } from '../archive/bundle-entries.ts'
import { isJsonObject, type Json, type JsonObject } from '../ledger/canonical.ts'
import { catalogue } from '../language/catalogue/index.ts'
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import { both, given, id } from '../report/bilingual.ts'
import { html, type Markup } from '../report/html.ts'
import { money } from '../report/words.ts'
import { EVENTS, isEventType, parseTime } from '../vocabulary/index.ts'

export type ReadEntry = BundleEntry & {
  readonly type: string
  /** As the producer wrote it, offset included; empty for a leaf that holds no event. */
  readonly time: string
  /** Milliseconds since the epoch; NaN where there is none. */
  readonly at: number
  readonly data: JsonObject
}

export const readEntry = (entry: BundleEntry): ReadEntry => {
  const { event, chunk, counted } = entry.leaf
  if (isJsonObject(event)) {
    const data = isJsonObject(event['data']) ? event['data'] : {}
    const time = textOf(event['time'])
    return { ...entry, type: textOf(event['type']), time, at: parseTime(time), data }
  }
  const data = isJsonObject(chunk) ? chunk : isJsonObject(counted) ? counted : {}
  const time = textOf(data['first'])
  return {
    ...entry,
    type: chunk === undefined ? 'counted' : 'chunk',
    time,
    at: parseTime(time),
    data,
  }
}

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** What kind of entry it is, in words. */
export const nameOf = ({ type, data }: ReadEntry): Sentence => {
  if (isEventType(type)) return EVENTS[type].says
  const counts = countsOf(data['counts'])
  if (type === 'chunk')
    return say('bundle.page-chunk', { size: Number(data['size'] ?? 0), counts: { term: counts } })
  if (type === 'counted') return say('bundle.page-counts', { counts: { term: counts } })
  return say('bundle.page-other')
}

const countsOf = (counts: Json | undefined): Sentence => {
  const rows = Object.entries(isJsonObject(counts) ? counts : {})
  const join = (language: 'en' | 'zh', gap: string) =>
    rows
      .map(([type, n]) => `${isEventType(type) ? EVENTS[type].says[language] : type} ${Number(n)}`)
      .join(gap)
  return { en: join('en', '; '), zh: join('zh', '；') }
}

/** `2026-03-01 20:01:01 +08:00`: the producer's own clock, to the second. */
export const whenOf = (time: string): string =>
  time
    .replace('T', ' ')
    .replace(/\.\d+/, '')
    .replace(/(Z|[+-]\d\d:\d\d)$/, ' $1')

/** Fields in minor units of the broadcast's currency. */
const MONEY = new Set(['price', 'total', 'amount', 'slotFee', 'sales', 'deposit', 'threshold'])

/** Every field that the entry shows, by the words of the catalogue where it has them. */
export const fieldsOf = (entry: ReadEntry, currency: string): Markup => {
  const { data, hidden } = entry
  const isEvent = isEventType(entry.type)
  const rows = isEvent ? Object.entries(data) : []
  return html`${
    rows.length === 0
      ? null
      : html`<dl>
          ${rows.map(
            ([name, value]) =>
              html`<div>
                <dt>${labelOf(name)}</dt>
                <dd>${valueOf(name, value, data, currency)}</dd>
              </div>`,
          )}
        </dl>`
  }${
    hidden === 0
      ? null
      : html`<p class="withheld">${both(say('bundle.page-hidden', { count: hidden }))}</p>`
  }`
}

const labelOf = (name: string): Markup => {
  const key = `bundle.field.${name}`
  return Object.hasOwn(catalogue, key) ? both(catalogue[key as keyof typeof catalogue]) : id(name)
}

const valueOf = (name: string, value: Json, data: JsonObject, currency: string): Markup => {
  if (typeof value === 'number' && (MONEY.has(name) || isAmount(name, data)))
    return both(money(value, currency))
  // `saidAt` counts from the start of the recording.
  if (typeof value === 'number' && (name.endsWith('Ms') || name === 'saidAt'))
    return both(say('bundle.duration', { ms: { ms: value } }))
  if (typeof value === 'string') return given(isTime(name) ? whenOf(value) : value)
  return given(JSON.stringify(value))
}

/** What a coupon is worth is money, or a share, as its kind says. */
const isAmount = (name: string, { kind }: JsonObject): boolean =>
  name === 'value' && (kind === 'amount-off' || kind === 'fixed-price')

const isTime = (name: string): boolean => name === 'from' || name === 'until' || name.endsWith('At')

/** By time; entries without one keep their place behind the one before them in the log. */
export const inTime = (entries: readonly ReadEntry[]): readonly ReadEntry[] => {
  let last = -Infinity
  return entries
    .map((entry) => {
      last = Number.isNaN(entry.at) ? last : entry.at
      return { entry, at: last }
    })
    .toSorted((a, b) => a.at - b.at || a.entry.index - b.entry.index)
    .map(({ entry }) => entry)
}

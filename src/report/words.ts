/**
 * Words and numbers of the reports, in both languages at once. A term that the catalogue does not
 * know (a report made by a newer version) is shown as its own id rather than refused.
 */
import { catalogue } from '../language/catalogue/index.ts'
import { say } from '../language/say.ts'
import { show, type Language, type Sentence } from '../language/sentence.ts'
import type { Interval } from '../vocabulary/finding.ts'

/** The catalogue's word for an id: `term('kind', 'paid-crowd')`. */
export const term = (group: string, id: string): Sentence => {
  const key = `report.${group}.${id}`
  if (!Object.hasOwn(catalogue, key)) return { en: id, zh: id }
  return catalogue[key as keyof typeof catalogue]
}

export const DASH: Sentence = { en: '–', zh: '–' }

const each = (write: (language: Language) => string): Sentence => ({
  en: write('en'),
  zh: write('zh'),
})

export const count = (value: number | null): Sentence =>
  isKnown(value) ? each((language) => show(value, language)) : DASH

/** An estimated share, to a tenth of a percent. */
export const percent = (share: number | null): Sentence =>
  isKnown(share)
    ? each((language) => show({ percent: Math.round(share * 1000) / 1000 }, language))
    : DASH

/** Minor units as an amount without its currency: whole from 10,000 up, else to two decimals. */
export const amount = (minor: number | null): Sentence => {
  if (!isKnown(minor)) return DASH
  const text = (Math.abs(minor) < 1_000_000 ? CENTS : WHOLE).format(minor / 100)
  return { en: text, zh: text }
}

/** `minor` units with the currency's code; yuan are written 元 in Chinese. */
export const money = (minor: number | null, currency: string): Sentence => {
  if (!isKnown(minor)) return DASH
  const { en, zh } = amount(minor)
  return {
    en: `${currency} ${en}`.trim(),
    zh: currency === 'CNY' ? `${zh} 元` : `${currency} ${zh}`.trim(),
  }
}

/** An estimate is not known to the last digit: three significant ones, unless it is exact. */
export const estimateOf = (interval: Interval): number | null =>
  interval.estimate === null || interval.low === interval.high
    ? interval.estimate
    : significant(interval.estimate)

export const range = (interval: Interval | null, write = count): Sentence => {
  if (interval === null || !isKnown(interval.low) || !isKnown(interval.high)) return DASH
  const exact = interval.low === interval.high
  const [low, high] = [interval.low, interval.high].map((bound) =>
    write(exact ? bound : significant(bound)),
  ) as [Sentence, Sentence]
  return { en: `${low.en} – ${high.en}`, zh: `${low.zh} – ${high.zh}` }
}

/** Three significant digits. */
export const significant = (value: number): number => Number(value.toPrecision(3))

/** A short number for an axis: 1.2M, 120万. */
export const short = (value: number): Sentence => ({
  en: SHORT.en.format(value),
  zh: SHORT.zh.format(value),
})

/** Minutes and seconds of a bucket or a stay: `90 s`, `5 min`. */
export const duration = (seconds: number): Sentence =>
  each((language) => show({ ms: seconds * 1000 }, language))

/** `at` in ms, or the text of an RFC 3339 instant; to the minute, UTC; unreadable text as it is. */
export const instant = (at: number | string | null): string => {
  if (at === null) return '–'
  const date = new Date(at)
  return Number.isNaN(date.getTime())
    ? String(at)
    : date.toISOString().slice(0, 16).replace('T', ' ')
}

/** A period in UTC: the date once where it is one, seconds where it is short. */
export const period = (from: string | null, until: string | null): Sentence => {
  const start = new Date(from ?? Number.NaN)
  const end = new Date(until ?? Number.NaN)
  const plain = { from: instant(from), until: instant(until) }
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime()))
    return say('report.period-of', plain)
  const digits = end.getTime() - start.getTime() < 600_000 ? 19 : 16
  const [first, last] = [start, end].map((date) =>
    date.toISOString().slice(0, digits).replace('T', ' '),
  ) as [string, string]
  const sameDay = first.slice(0, 10) === last.slice(0, 10)
  return say('report.period-of', { from: first, until: sameDay ? last.slice(11) : last })
}

/** `20:05`, UTC. */
export const clock = (at: number): string => instant(at).slice(-5)

/** Signed, so that a weight against reads as one: `+5.2`, `−0.4`. */
export const bans = (weight: number): string =>
  Math.abs(weight) < 0.05 ? '0.0' : `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`

/** A figure that is there, not null and not NaN. */
export const isKnown = (value: number | null): value is number =>
  value !== null && Number.isFinite(value)

const CENTS = new Intl.NumberFormat('en-GB', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
})
const WHOLE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

const SHORT = {
  en: new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 }),
  zh: new Intl.NumberFormat('zh-CN', { notation: 'compact', maximumFractionDigits: 1 }),
}

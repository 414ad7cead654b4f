/**
 * A sentence that a person reads, in both languages at once. Whoever writes one writes both, so a
 * report, a finding or an error never exists in a single language.
 */
export type Language = 'en' | 'zh'
export type Sentence = Readonly<Record<Language, string>>

/** A value put into a sentence: numbers are formatted by their kind, text is inserted as it stands. */
export type Value =
  | string
  | number
  | { readonly percent: number }
  | { readonly money: number; readonly currency: string }
  | { readonly ms: number }
  | { readonly at: number }
  | { readonly bans: number }
  | { readonly term: Sentence }

const LOCALE = { en: 'en-GB', zh: 'zh-CN' } as const

const PLAIN = {
  en: new Intl.NumberFormat(LOCALE.en, { maximumFractionDigits: 2 }),
  zh: new Intl.NumberFormat(LOCALE.zh, { maximumFractionDigits: 2 }),
}

/** Formats one value for one language. Instants are shown in UTC so that two machines agree. */
export const show = (value: Value, language: Language): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return PLAIN[language].format(value)
  if ('percent' in value)
    return `${PLAIN[language].format(Math.round(value.percent * 10_000) / 100)}${language === 'zh' ? '%' : ' %'}`
  if ('money' in value) return `${(value.money / 100).toFixed(2)} ${value.currency}`
  if ('ms' in value) return showDuration(value.ms, language)
  if ('at' in value) return new Date(value.at).toISOString().replace('T', ' ').slice(0, 19)
  if ('bans' in value) return value.bans.toFixed(1)
  return value.term[language]
}

const showDuration = (ms: number, language: Language): string => {
  const seconds = ms / 1000
  const units =
    language === 'zh' ? { h: ' 小时', m: ' 分', s: ' 秒' } : { h: ' h', m: ' min', s: ' s' }
  if (seconds < 90) return `${Math.round(seconds * 10) / 10}${units.s}`
  if (seconds < 5400) return `${Math.round(seconds / 6) / 10}${units.m}`
  return `${Math.round(seconds / 360) / 10}${units.h}`
}

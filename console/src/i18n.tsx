/**
 * Both languages: which one, remembered, and how a sentence, a count, a sum or an instant reads in
 * it. Sentences of a page stand in that page's file as `{ en, zh }`, so that a page brings its own.
 */
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Language, Sentence } from '../../src/language/sentence.ts'

export type { Language, Sentence }

export type Words = {
  readonly language: Language
  readonly setLanguage: (language: Language) => void
  /** The sentence, its `{holes}` filled; numbers are formatted. */
  readonly t: (sentence: Sentence, values?: Readonly<Record<string, string | number>>) => string
  /** A count; a dash where it is not known. */
  readonly count: (value: number | null | undefined) => string
  /** A share, 0 to 1. */
  readonly percent: (share: number | null | undefined) => string
  /** Minor units with their currency. */
  readonly money: (minor: number | null | undefined, currency: string) => string
  /** An instant (ms or RFC 3339) in the reader's own time: date and time, or time of day only. */
  readonly when: (
    at: number | string | null | undefined,
    form?: 'full' | 'clock' | 'minute',
  ) => string
  /** From one instant to another: a day that both share is said once. */
  readonly span: (from: string | null, until: string | null) => string
}

const LOCALE = { en: 'en-GB', zh: 'zh-CN' } as const
const KEPT = 'assay.language'
const DASH = '–'

const WordsContext = createContext<Words | null>(null)

export const wordsIn = (
  language: Language,
  setLanguage: (language: Language) => void = () => {},
): Words => {
  const locale = LOCALE[language]
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const exact = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
  const forms = {
    full,
    clock: new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }),
    minute: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }),
  }
  return {
    language,
    setLanguage,
    t: (sentence, values = {}) =>
      sentence[language].replace(/\{(\w+)\}/g, (hole, name: string) => {
        const value = values[name]
        if (value === undefined) return hole
        return typeof value === 'number' ? plain.format(value) : value
      }),
    count: (value) => (isKnown(value) ? plain.format(Math.round(value)) : DASH),
    percent: (value) => (isKnown(value) ? share.format(value) : DASH),
    money: (minor, currency) => {
      if (!isKnown(minor)) return DASH
      const sum = (minor % 100 === 0 ? plain : exact).format(minor / 100)
      return language === 'zh' && currency === 'CNY' ? `${sum} 元` : `${currency} ${sum}`
    },
    when: (at, form = 'full') => {
      const date = new Date(at ?? Number.NaN)
      return isDate(date) ? forms[form].format(date) : DASH
    },
    span: (from, until) => {
      const [begin, end] = [new Date(from ?? Number.NaN), new Date(until ?? Number.NaN)]
      if (!isDate(begin)) return DASH
      if (!isDate(end)) return full.format(begin)
      const isOneDay = begin.toDateString() === end.toDateString()
      return `${full.format(begin)} – ${(isOneDay ? forms.clock : full).format(end)}`
    },
  }
}

export const LanguageProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState<Language>(firstLanguage)
  useEffect(() => {
    document.documentElement.lang = LOCALE[language]
    localStorage.setItem(KEPT, language)
  }, [language])
  const words = useMemo(() => wordsIn(language, setLanguage), [language])
  return <WordsContext value={words}>{children}</WordsContext>
}

/** @throws outside of LanguageProvider */
export const useWords = (): Words => {
  const words = use(WordsContext)
  if (words === null) throw new Error('words are needed outside of their provider')
  return words
}

/** As chosen before; else as the browser asks. */
const firstLanguage = (): Language => {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'en' || kept === 'zh') return kept
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

const isDate = (date: Date): boolean => !Number.isNaN(date.getTime())

const isKnown = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value)

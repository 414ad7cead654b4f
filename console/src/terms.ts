/**
 * The house's terms in both languages, the same as in the audit report; an id that is not known
 * here (a newer service) is shown as it is.
 */
import { report } from '../../src/language/catalogue/report.ts'
import type { Sentence } from './i18n.tsx'

/** `term('kind', 'paid-crowd')` */
export const term = (group: string, id: string): Sentence =>
  Object.hasOwn(report, `report.${group}.${id}`)
    ? report[`report.${group}.${id}` as ReportKey]
    : { en: id, zh: id }

export type ReportKey = keyof typeof report

/** A sentence of the audit report, so that the console says it in the same words. */
export const reported = (key: ReportKey): Sentence => report[key]

/** Signed, so that a weight against reads as one: `+5.2`, `−0.4`. */
export const signed = (bans: number): string =>
  Math.abs(bans) < 0.05 ? '0.0' : `${bans < 0 ? '−' : '+'}${Math.abs(bans).toFixed(1)}`

/** Names of measures, by `name` or `name:of`. */
export const measureName = (measure: string): Sentence => {
  const [name = '', of = ''] = measure.split(':')
  const known = MEASURES[name] ?? { en: name, zh: name }
  if (name !== 'verified-counter' && name !== 'limit-function') return known
  const what = term('figure', of)
  return { en: `${known.en}: ${what.en.toLowerCase()}`, zh: `${known.zh}：${what.zh}` }
}

const MEASURES: Readonly<Record<string, Sentence>> = {
  'verified-counter': { en: 'verified figure shown', zh: '展示核验数据' },
  mark: { en: 'mark on the page', zh: '页面标记' },
  prompt: { en: 'prompt to viewers', zh: '弹窗提示' },
  warning: { en: 'warning to the room', zh: '警示直播间' },
  'limit-function': { en: 'function limited', zh: '限制功能' },
  'limit-traffic': { en: 'no recommendation', zh: '限制流量' },
}

const TRIGGERS: Readonly<Record<string, Sentence>> = {
  'many-viewers': { en: 'many viewers', zh: '观众众多' },
  'large-trade': { en: 'large trade', zh: '交易额大' },
  'repeat-violations': { en: 'repeated violations', zh: '多次违规' },
  'concentrated-complaints': { en: 'many complaints', zh: '投诉集中' },
  'life-and-health': { en: 'life and health', zh: '涉及生命健康' },
  'influential-host': { en: 'influential host', zh: '头部主播' },
}

/** Why a room is a key room (M26 Art. 11). */
export const triggerName = (trigger: string): Sentence =>
  TRIGGERS[trigger] ?? { en: trigger, zh: trigger }

/** The scale of weights, as in src/vocabulary/finding.ts. */
const FLOORS_BANS = [0.3, 1, 2, 3, 4, 6]
const STRENGTHS = [
  'none',
  'weak',
  'moderate',
  'moderately-strong',
  'strong',
  'very-strong',
  'extremely-strong',
] as const

/** 0 to 6, the rank of a weight in the verbal scale. */
export const rankOf = (bans: number): number => FLOORS_BANS.filter((floor) => bans >= floor).length

export const strengthOf = (bans: number): Sentence => term('strength', STRENGTHS[rankOf(bans)]!)

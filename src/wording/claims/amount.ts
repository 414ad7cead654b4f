/**
 * Amounts as people say and write them: `9千9百万`, `9900万`, `破亿`, `1.5亿`, `100 million`, `0.014%`.
 * Read from normalised text, where digits of every script are 0–9 already.
 */
export type Amount = {
  readonly value: number
  /** As written after the number; empty for a bare one. */
  readonly unit: string
  readonly start: number
  readonly end: number
}

const TENS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }
const MYRIADS: Readonly<Record<string, number>> = { 万: 1e4, w: 1e4, 亿: 1e8 }
const ENGLISH: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  bn: 1e9,
  k: 1e3,
  m: 1e6,
}
const UNIT =
  /^\s*(%|‰|ppm|毫克\/千克|毫克\/100克|毫克每100克|mg\/kg|mg\/100g|mg\/g|g\/kg|g\/100g|克\/100克|元|块钱|块|人民币|yuan|rmb|cny|件|单|份|瓶|盒|台|套|支|双|条|箱|包|袋|罐|只|个|orders|pieces|units|bottles|boxes|items|毫克|克|千克|公斤|斤|mg|kg|g|毫升|升|ml|l|厘米|毫米|米|cm|mm)(?![a-z])/u
const CURRENCY = /(?:¥|￥|\$|rmb|cny)\s?$/u

/** Every amount of a normalised text, from left to right; linear. */
export const amountsIn = (text: string): Amount[] => {
  const found: Amount[] = []
  const starts =
    /\d|两(?=[十百千万亿])|[十百](?=[万亿元块件单])|千(?=[元块件单])|(?<=[破过超上达])(?:千万|[万亿])|百分之/gu
  for (let from = 0; ;) {
    starts.lastIndex = from
    const match = starts.exec(text)
    if (match === null) return found
    const amount = amountAt(text, match.index)
    if (amount === undefined) from = match.index + match[0].length
    else {
      found.push(amount)
      from = amount.end
    }
  }
}

const amountAt = (text: string, start: number): Amount | undefined => {
  if (text.startsWith('百分之', start)) {
    const share = numberAt(text, start + 3)
    return share && { value: share.value, unit: '%', start, end: share.end }
  }
  const number = numberAt(text, start)
  if (number === undefined) return undefined
  const unit = UNIT.exec(text.slice(number.end, number.end + 16))
  if (unit !== null)
    return { value: number.value, unit: unit[1]!, start, end: number.end + unit[0].length }
  const isMoney = CURRENCY.test(text.slice(Math.max(0, start - 5), start))
  return { value: number.value, unit: isMoney ? '元' : '', start, end: number.end }
}

/** 9千9百万 = (9·1000 + 9·100) · 10⁴; 亿 without a digit, as in 破亿, is one of it. */
const numberAt = (text: string, start: number): { value: number; end: number } | undefined => {
  let at = start
  let [total, section, digits] = [0, 0, Number.NaN]
  for (;;) {
    const plain = DIGITS.exec(text.slice(at, at + 24))
    if (plain !== null && Number.isNaN(digits)) {
      digits = Number(plain[0].replaceAll(',', ''))
      at += plain[0].length
      continue
    }
    const sign = text[at] ?? ''
    if (sign === '两' && Number.isNaN(digits)) digits = 2
    else if (TENS[sign] !== undefined) {
      section += (Number.isNaN(digits) ? 1 : digits) * TENS[sign]
      digits = Number.NaN
    } else if (MYRIADS[sign] !== undefined && !/[a-z]/.test(text[at + 1] ?? '')) {
      const parts = section + (Number.isNaN(digits) ? 0 : digits)
      // 万亿 is a myriad of 亿; a sign alone, as in 破亿, is one of it.
      if (parts === 0 && total > 0) total *= MYRIADS[sign]
      else total += (parts || 1) * MYRIADS[sign]
      section = 0
      digits = Number.NaN
    } else break
    at += 1
  }
  if (at === start) return undefined
  const value = total + section + (Number.isNaN(digits) ? 0 : digits)
  const scale = /^\s?(thousand|million|billion|bn|k|m)(?![a-z])/.exec(text.slice(at, at + 12))
  if (scale === null) return { value, end: at }
  return { value: value * ENGLISH[scale[1]!]!, end: at + scale[0].length }
}

const DIGITS = /^(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?/

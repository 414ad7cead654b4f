/** `assay price preflight`: would this coupon, if issued, break a promise that still holds. */
import { parseArgs } from 'node:util'
import { readFile } from 'node:fs/promises'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { preflight, type Change, type Preflight } from '../../pricing/preflight.ts'
import { pricingRefusalSentence } from '../../pricing/refusal.ts'
import { couponOf, isRefusal, type Coupon, type Shop } from '../../pricing/shop.ts'
import { admit, refusalSentence } from '../../vocabulary/index.ts'
import { orUsageError, UsageError, type Command, type ExitStatus, type Io } from '../command.ts'
import { VERSION } from '../version.ts'
import { QUESTION, termsOf } from './options.ts'
import { iso, momentOf, readShopAndEvents, shownPrice, witnessJson } from './shop.ts'

export const preflightCommand: Command = {
  name: 'preflight',
  summary: say('price.preflight.summary'),
  help: say('price.preflight.help'),
  run: (args, io) => runPreflight(args, io),
}

const runPreflight = async (args: readonly string[], io: Io): Promise<ExitStatus> => {
  const { values, positionals } = orUsageError(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...QUESTION,
        'fail-on': { type: 'string' },
      },
    }),
  )
  const [couponPath, ...paths] = positionals
  if (couponPath === undefined || paths.length === 0)
    throw new UsageError(say('preflight.no-input'))
  const failOn = new Set((values['fail-on'] ?? '').split(',').filter((name) => name !== ''))
  for (const name of failOn)
    if (name !== 'breaks' && name !== 'review')
      throw new UsageError(say('preflight.unknown-outcome', { name }))
  const at = momentOf(values.at)
  const { shop, skipped } = await readShopAndEvents(paths, values['skip-refused'] === true, io)
  const coupon = await readCoupon(couponPath, shop)
  const result = preflight(shop, coupon, { at, terms: termsOf(values.terms) })
  if (values.json === true)
    io.out(`${JSON.stringify({ assay: VERSION, ...resultJson(result), skipped }, null, 1)}\n`)
  else
    io.out(
      `${table(result, shop)
        .map((line) => line[io.language])
        .join('\n')}\n`,
    )
  return failOn.has(result.outcome) ? 1 : 0
}

/** The data of a `live.coupon.issued`, or the whole event. */
const readCoupon = async (path: string, shop: Shop): Promise<Coupon> => {
  const json = await read(path)
  const isEvent = typeof json === 'object' && json !== null && 'specversion' in json
  const admission = admit(
    isEvent
      ? json
      : {
          specversion: '1.0',
          id: 'preflight',
          source: 'preflight',
          type: 'live.coupon.issued',
          time: startOf(json) ?? '1970-01-01T00:00:00Z',
          data: json,
        },
  )
  const refuse = (reason: Sentence) =>
    new UsageError(say('preflight.bad-coupon', { path, reason: { term: reason } }))
  if (!admission.ok) throw refuse(refusalSentence(admission.refusal))
  if (admission.event.type !== 'live.coupon.issued') throw refuse(say('preflight.not-a-coupon'))
  const coupon = couponOf(admission.event)
  if (isRefusal(coupon)) throw refuse(pricingRefusalSentence(coupon))
  for (const product of [...(coupon.scope.products ?? []), ...coupon.scope.exclude])
    if (!shop.products.has(product)) throw refuse(say('preflight.unknown-product', { product }))
  return coupon
}

const read = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(say('preflight.bad-coupon', { path, reason }))
  }
}

const startOf = (json: unknown): string | undefined =>
  typeof json === 'object' && json !== null && 'from' in json && typeof json.from === 'string'
    ? json.from
    : undefined

const resultJson = (result: Preflight) => ({
  ...result,
  breaks: result.breaks.map(({ counterexample, ...threat }) => ({
    ...threat,
    counterexample: witnessJson(counterexample),
  })),
  changes: result.changes.map((change) =>
    change.change === 'wait'
      ? { ...change, from: iso(change.from), until: iso(change.until) }
      : change,
  ),
})

const table = (result: Preflight, shop: Shop): Sentence[] => {
  const currency = shop.currency ?? 'CNY'
  const lines = [say(`preflight.${result.outcome}`, { coupon: result.coupon })]
  for (const { promise, product, counterexample, limit, missingClause } of result.breaks) {
    lines.push(
      say('preflight.threat', {
        promise,
        product,
        price: { money: shownPrice(counterexample.unitPrice), currency },
        limit: { money: limit, currency },
        basket: counterexample.basket
          .map(({ product: item, quantity }) => `${quantity} × ${item}`)
          .join(' + '),
        coupons: counterexample.coupons.join(', '),
      }),
    )
    if (missingClause !== undefined)
      lines.push(
        say('promise.missing', { clause: { term: say(`promise.clause.${missingClause}`) } }),
      )
  }
  lines.push(...result.changes.map((change) => changeSentence(change, currency)))
  if (result.breaks.length > 0 && result.changes.length === 0)
    lines.push(say('preflight.no-change'))
  if (result.liability !== null)
    lines.push(say('preflight.liability', { sum: { money: result.liability, currency } }))
  return lines
}

const changeSentence = (change: Change, currency: string): Sentence => {
  switch (change.change) {
    case 'exclude':
      return say('preflight.exclude', { products: change.products.join(', ') })
    case 'raise-threshold':
      return say('preflight.raise', { threshold: { money: change.threshold, currency } })
    case 'wait':
    default:
      return say('preflight.wait', { from: { at: change.from }, until: { at: change.until } })
  }
}

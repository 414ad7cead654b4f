/** `assay price check`: which promises were kept, which broken, by what, and who is owed what. */
import { parseArgs } from 'node:util'
import { createHmac } from 'node:crypto'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { complaintsAbout } from '../../pricing/complaints.ts'
import { couponLedger } from '../../pricing/coupon-ledger.ts'
import { showFraction } from '../../pricing/fraction.ts'
import { payoutsOf } from '../../pricing/payouts.ts'
import { checkPromises, type PromiseCheck, type Reading } from '../../pricing/promises.ts'
import { EU_OMNIBUS, PR22_16, shownReferences } from '../../pricing/reference-price.ts'
import { fraudClaim, intentDefence } from '../../pricing/remedies.ts'
import { scriptSigns } from '../../pricing/scripts.ts'
import type { Shop } from '../../pricing/shop.ts'
import type { AssayEvent } from '../../vocabulary/index.ts'
import { orUsageError, UsageError, type Command, type ExitStatus, type Io } from '../command.ts'
import { writeText } from '../output.ts'
import { VERSION } from '../version.ts'
import { csvOf } from './csv.ts'
import { QUESTION, termsOf } from './options.ts'
import { iso, momentOf, readShopAndEvents, shownPrice, witnessJson } from './shop.ts'

const FAILURES = ['broken', 'review'] as const

export const checkCommand: Command = {
  name: 'check',
  summary: say('price.check.summary'),
  help: say('price.check.help'),
  run: (args, io) => runCheck(args, io),
}

const runCheck = async (args: readonly string[], io: Io): Promise<ExitStatus> => {
  const { values, positionals } = orUsageError(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...QUESTION,
        'fail-on': { type: 'string' },
        'coupon-ledger': { type: 'string' },
        salt: { type: 'string' },
      },
    }),
  )
  const at = momentOf(values.at)
  const failOn = failuresOf(values['fail-on'])
  const { shop, events, skipped } = await readShopAndEvents(
    positionals,
    values['skip-refused'] === true,
    io,
  )
  const ledger = values['coupon-ledger']
  if (ledger !== undefined) await writeText(ledger, ledgerCsv(shop, values.salt), io)
  const { compensated } = payoutsOf(shop, events)
  const checks = checkPromises(shop, {
    at,
    terms: termsOf(values.terms),
    paidBack: compensated,
    publishedDraws: publishedDraws(events),
  })
  if (values.json === true) {
    const report = {
      assay: VERSION,
      at: at === undefined ? null : iso(at),
      currency: currencyOf(shop),
      promises: checks.map((check) => promiseJson(shop, check)),
      references: [PR22_16, EU_OMNIBUS].flatMap((basis) =>
        shownReferences(shop, basis).map(({ cap, window, ...reference }) => ({
          ...reference,
          cap: cap === null ? null : showFraction(cap),
          window: { from: iso(window.from), until: iso(window.until) },
        })),
      ),
      scripts: scriptSigns(events),
      complaints: complaintsOf(shop, events, checks),
      skipped,
    }
    io.out(`${JSON.stringify(report, null, 1)}\n`)
  } else if (ledger !== '-') io.out(table(shop, checks, events, io))
  return checks.some(({ outcome }) => failOn.has(outcome)) ? 1 : 0
}

const failuresOf = (text = ''): ReadonlySet<string> => {
  const named = text.split(',').filter((name) => name !== '')
  const unknown = named.find((name) => !(FAILURES as readonly string[]).includes(name))
  if (unknown !== undefined) throw new UsageError(say('price.unknown-outcome', { name: unknown }))
  return new Set(named)
}

const currencyOf = (shop: Shop) => shop.currency ?? 'CNY'

const readingJson = ({ counterexample, ...reading }: Reading) => ({
  ...reading,
  counterexample: counterexample === null ? null : witnessJson(counterexample),
})

const promiseJson = (shop: Shop, check: PromiseCheck) => {
  const { counterexample, ifCounted, ifNotCounted, ...rest } = check
  return {
    ...rest,
    counterexample: counterexample === null ? null : witnessJson(counterexample),
    ...(ifCounted !== undefined && { ifCounted: readingJson(ifCounted) }),
    ...(ifNotCounted !== undefined && { ifNotCounted: readingJson(ifNotCounted) }),
    ...remediesOf(shop, check),
  }
}

/** What might be claimed beside the difference, and what the seller might say for itself. */
const remediesOf = (shop: Shop, { kind, product, orders, counterexample }: PromiseCheck) => {
  if (kind !== 'lowest-price' || orders.length === 0 || counterexample === null) return {}
  const currency = currencyOf(shop)
  return {
    possibleClaims: orders.map(({ order }) => {
      const lines = shop.orders.get(order)!.lines.filter((line) => line.product === product)
      const paid = lines.reduce((sum, { net }) => sum + net, 0)
      return { order, ...fraudClaim(paid, currency) }
    }),
    ...(counterexample.coupons.length > 0 && { defences: [intentDefence(false)] }),
  }
}

/** Complaints about each product that a promise was made for. */
const complaintsOf = (
  shop: Shop,
  events: readonly AssayEvent[],
  checks: readonly PromiseCheck[],
) => {
  const products = [...new Set(checks.map(({ product }) => product))]
  return products
    .map((product) => {
      const orders = new Set<string>()
      for (const { order, lines } of shop.orders.values())
        if (lines.some((line) => line.product === product)) orders.add(order)
      return complaintsAbout(product, events, orders)
    })
    .filter(({ complaints }) => complaints > 0)
}

/** `live.document.filed` of kind `draw-rules` that names the coupon, before the coupon began. */
const publishedDraws = (events: readonly AssayEvent[]): ReadonlySet<string> => {
  const from = new Map<string, number>()
  for (const event of events)
    if (event.type === 'live.coupon.issued')
      from.set(event.data.coupon, Date.parse(event.data.from))
  const published = new Set<string>()
  for (const { type, time, data } of events)
    if (
      type === 'live.document.filed' &&
      data.kind === 'draw-rules' &&
      'coupon' in data &&
      typeof data.coupon === 'string' &&
      Date.parse(time) <= (from.get(data.coupon) ?? Number.NEGATIVE_INFINITY)
    )
      published.add(data.coupon)
  return published
}

const ledgerCsv = (shop: Shop, salt: string | undefined): string => {
  if (salt === undefined || salt === '') throw new UsageError(say('price.no-salt'))
  const digest = (account: string) => createHmac('sha256', salt).update(account).digest('hex')
  return csvOf(
    ['coupon', 'account', 'claimed_at', 'order', 'used_at', 'amount'],
    couponLedger(shop, digest).map(({ coupon, account, claimedAt, order, usedAt, amount }) => [
      coupon,
      account,
      claimedAt === null ? '' : iso(claimedAt),
      order ?? '',
      usedAt === null ? '' : iso(usedAt),
      amount ?? '',
    ]),
  )
}

const table = (
  shop: Shop,
  checks: readonly PromiseCheck[],
  events: readonly AssayEvent[],
  io: Io,
): string => {
  const lines: Sentence[] =
    checks.length === 0 ? [say('price.no-promises')] : checks.flatMap((check) => rows(shop, check))
  for (const { product, complaints, handledBps } of complaintsOf(shop, events, checks))
    lines.push(
      say('price.complaints', {
        product,
        complaints,
        share: { percent: (handledBps ?? 0) / 10_000 },
      }),
    )
  return `${lines.map((line) => line[io.language]).join('\n')}\n`
}

const rows = (shop: Shop, check: PromiseCheck): Sentence[] => {
  const { promise, product, outcome, counterexample, orders, responsible, missingClause } = check
  const currency = currencyOf(shop)
  const outcomeTerm = { term: say(`promise.outcome.${outcome}`) }
  const kind = { term: say(`promise.kind.${check.kind}`) }
  const lines = [say('promise.line', { promise, kind, product, outcome: outcomeTerm })]
  if (missingClause !== undefined)
    lines.push(say('promise.missing', { clause: { term: say(`promise.clause.${missingClause}`) } }))
  if (counterexample !== null)
    lines.push(
      say('promise.counterexample', {
        price: { money: shownPrice(counterexample.unitPrice), currency },
        at: { at: counterexample.at },
        basket: counterexample.basket
          .map(({ product: item, quantity }) => `${quantity} × ${item}`)
          .join(' + '),
        coupons: counterexample.coupons.join(', ') || '–',
        event: responsible ?? '–',
      }),
    )
  if (orders.length > 0) {
    const owed = orders.reduce((sum, { difference }) => sum + difference, 0)
    lines.push(
      say(outcome === 'broken' ? 'promise.owed' : 'promise.would-owe', {
        orders: orders.length,
        sum: { money: owed, currency },
      }),
    )
  }
  return lines
}

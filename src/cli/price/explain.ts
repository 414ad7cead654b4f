/** `assay price explain`: the cheapest reachable price of a product, and the basket that proves it. */
import { parseArgs } from 'node:util'
import stringWidth from 'string-width'
import { say } from '../../language/say.ts'
import type { Language, Sentence } from '../../language/sentence.ts'
import { cheapest, type Cheapest, type CheapestQuestion } from '../../pricing/cheapest.ts'
import { explainedPrice, receiptOf, type Receipt } from '../../pricing/explain.ts'
import { showFraction, type Fraction } from '../../pricing/fraction.ts'
import { orUsageError, UsageError, type Command } from '../command.ts'
import { momentOf, readShopAndEvents } from './shop.ts'
import { countOf, QUESTION, termsOf } from './options.ts'

export const explainCommand: Command = {
  name: 'explain',
  summary: say('price.explain.summary'),
  help: say('price.explain.help'),
  run: async (args, io) => {
    const { values, positionals } = orUsageError(() =>
      parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          ...QUESTION,
          product: { type: 'string' },
          buyer: { type: 'string' },
          channel: { type: 'string', multiple: true },
          'max-units': { type: 'string' },
        },
      }),
    )
    const { product } = values
    if (product === undefined) throw new UsageError(say('price.no-product'))
    const maxUnits = countOf('--max-units', values['max-units'])
    const terms = termsOf(values.terms)
    const skipRefused = values['skip-refused'] === true
    const { shop } = await readShopAndEvents(positionals, skipRefused, io)
    if (!shop.products.has(product)) throw new UsageError(say('price.unknown-product', { product }))
    const at = momentOf(values.at) ?? shop.lastAt ?? 0
    const question: CheapestQuestion = {
      product,
      at,
      buyer: values.buyer,
      channels: values.channel,
      maxUnits,
      terms,
    }
    const answer = cheapest(shop, question)
    if (answer === undefined)
      throw new UsageError(say('price.not-for-sale', { product, at: { at } }))
    if (values.json === true) io.out(`${JSON.stringify(explainedPrice(answer))}\n`)
    else io.out(receiptText(answer, receiptOf(shop, question, answer), io.language))
    return 0
  },
}

const receiptText = (answer: Cheapest, receipt: Receipt, language: Language): string => {
  const { priced, fillersReturned, chained } = receipt
  const head = say('price.receipt.head', {
    product: answer.product,
    channel: answer.channel,
    at: { at: answer.at },
  })
  const found = say(answer.exact ? 'price.receipt.exact' : 'price.receipt.bounds', {
    price: fractionText(answer.unitPrice),
    lower: fractionText(answer.lower),
  })
  const columns = (['item', 'pieces', 'each', 'amount', 'discount', 'net'] as const).map(
    (name) => say(`price.receipt.${name}`)[language],
  )
  const rows = priced.lines.map(({ product, quantity, unitPrice, amount, discount }) => [
    product,
    String(quantity),
    money(unitPrice),
    money(amount),
    off(discount),
    money(amount - discount),
  ])
  const total = say('price.receipt.total')[language]
  const sum = [total, '', '', money(priced.gross), off(priced.discount), money(priced.total)]
  const notes: Sentence[] = priced.discounts.map(({ coupon, eligible, amount }) =>
    say('price.receipt.coupon', { coupon, amount: money(amount), eligible: money(eligible) }),
  )
  if (fillersReturned !== undefined)
    notes.push(
      say('price.receipt.returned', {
        refund: money(fillersReturned.refund),
        frozen: fractionText(fillersReturned.frozen),
        recomputed: fractionText(fillersReturned.recomputed),
      }),
    )
  if (chained !== undefined)
    notes.push(
      say(chained.exact ? 'price.receipt.chained' : 'price.receipt.chained-at-most', {
        price: fractionText(chained.unitPrice),
      }),
    )
  return [
    head[language],
    found[language],
    '',
    ...table([columns, ...rows, sum]),
    '',
    ...notes.map((note) => note[language]),
    '',
  ].join('\n')
}

/** The first column to the left, figures to the right. */
const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => stringWidth(row[i]!))))
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const gap = ' '.repeat(widths[i]! - stringWidth(cell))
        return i === 0 ? `  ${cell}${gap}` : `  ${gap}${cell}`
      })
      .join('')
      .trimEnd(),
  )
}

/** Minor units with two decimals, by whole numbers only. */
const money = (amount: number): string => {
  const fen = amount % 100
  return `${(amount - fen) / 100}.${String(fen).padStart(2, '0')}`
}

const off = (amount: number): string => (amount === 0 ? '' : `−${money(amount)}`)

/** `449.50`, or where it does not come out even `299.66 (89900/3)`, rounded down. */
const fractionText = (price: Fraction): string => {
  const { numerator, denominator } = price
  const whole = money((numerator - (numerator % denominator)) / denominator)
  return denominator === 1 ? whole : `${whole} (${showFraction(price)})`
}

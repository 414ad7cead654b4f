/** `assay price refunds`: what each protected order is still to get back, and how that was worked out. */
import { parseArgs } from 'node:util'
import { say } from '../../language/say.ts'
import { showFraction } from '../../pricing/fraction.ts'
import { payoutsOf } from '../../pricing/payouts.ts'
import { refundsDue, type RefundDue, type RefundsDue } from '../../pricing/refunds-due.ts'
import { unequalTreatment } from '../../pricing/unequal-treatment.ts'
import { orUsageError, UsageError, type Command, type ExitStatus, type Io } from '../command.ts'
import { writeText } from '../output.ts'
import { VERSION } from '../version.ts'
import { csvOf } from './csv.ts'
import { QUESTION, termsOf } from './options.ts'
import { iso, momentOf, readShopAndEvents } from './shop.ts'

export const refundsCommand: Command = {
  name: 'refunds',
  summary: say('price.refunds.summary'),
  help: say('price.refunds.help'),
  run: (args, io) => runRefunds(args, io),
}

const runRefunds = async (args: readonly string[], io: Io): Promise<ExitStatus> => {
  const { values, positionals } = orUsageError(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...QUESTION,
        'fail-on': { type: 'string' },
        csv: { type: 'string' },
      },
    }),
  )
  const failOn = values['fail-on']
  if (failOn !== undefined && failOn !== 'due' && failOn !== 'unequal-treatment')
    throw new UsageError(say('refund.unknown-outcome', { name: failOn }))
  const at = momentOf(values.at)
  const { shop, events, skipped } = await readShopAndEvents(
    positionals,
    values['skip-refused'] === true,
    io,
  )
  const due = refundsDue(shop, events, { at, terms: termsOf(values.terms) })
  const findings = unequalTreatment(due.refunds, payoutsOf(shop, events))
  if (values.csv !== undefined) await writeText(values.csv, csv(due), io)
  if (values.json === true) {
    const report = {
      assay: VERSION,
      at: at === undefined ? null : iso(at),
      currency: due.currency,
      total: due.total,
      refunds: due.refunds.map((row) => rowJson(row, io)),
      findings,
      skipped,
    }
    io.out(`${JSON.stringify(report, null, 1)}\n`)
  } else if (values.csv !== '-') io.out(`${table(due, findings.length, io)}\n`)
  const isFailing = failOn === 'due' ? due.total > 0 : failOn !== undefined && findings.length > 0
  return isFailing ? 1 : 0
}

const rowJson = ({ comparison, arithmetic, ...row }: RefundDue, io: Io) => ({
  ...row,
  comparison: { ...comparison, unitPrice: showFraction(comparison.unitPrice) },
  arithmetic: arithmetic.map((line) => line[io.language]),
})

const HEADER = [
  'order',
  'promise',
  'kind',
  'product',
  'quantity',
  'amount',
  'paid',
  'comparison_unit_price',
  'comparison_order',
  'fair',
  'difference',
  'returned',
  'compensated',
  'due',
  'status',
  'missing_clause',
  'if_counted',
  'currency',
]

/** Amounts in minor units, so that a spreadsheet adds up what this adds up. */
const csv = ({ refunds, currency }: RefundsDue): string =>
  csvOf(
    HEADER,
    refunds.map((row) => [
      row.order,
      row.promise,
      row.kind,
      row.product,
      row.quantity,
      row.amount,
      row.paid,
      showFraction(row.comparison.unitPrice),
      row.comparison.order ?? '',
      row.fair,
      row.difference,
      row.returned,
      row.compensated,
      row.due,
      row.status,
      row.missingClause ?? '',
      row.ifCounted ?? '',
      currency,
    ]),
  )

const table = ({ refunds, total, currency }: RefundsDue, findings: number, io: Io): string => {
  const lines = refunds.flatMap(({ order, product, status, arithmetic, ifCounted }) => [
    say('refund.order', { order, product, status: { term: say(`refund.status.${status}`) } }),
    ...arithmetic.map((line) => ({ en: `  ${line.en}`, zh: `  ${line.zh}` })),
    ...(ifCounted === undefined
      ? []
      : [say('refund.if-counted', { due: { money: ifCounted, currency } })]),
  ])
  lines.push(
    say('refund.total', { orders: refunds.length, total: { money: total, currency } }),
    ...(findings > 0 ? [say('refund.unequal', { findings })] : []),
  )
  return lines.map((line) => line[io.language]).join('\n')
}

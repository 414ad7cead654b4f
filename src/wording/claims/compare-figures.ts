/** Sales against the ledger of the broadcast, prices against the prices that were set (S1-3). */
import { say } from '../../language/say.ts'
import { open, type Comparison } from './judged.ts'

/** Sales said may run ahead of the ledger by so much before the two disagree. */
const TOLERATED_SALES = 1.2

/** Only a figure of this broadcast can be held against its ledger: a shop sells elsewhere too. */
export const compareSales: Comparison = (claim, dossier, table) => {
  const { sold } = dossier
  if (claim.about !== 'here' || sold === undefined || typeof claim.value !== 'number')
    return open(claim, table)
  // Where the unit was not said the claim is taken in the way that suits the ledger better.
  const kept = claim.unit === 'fen' ? sold.fen : sold.pieces
  const most = claim.unit === '' ? Math.max(sold.pieces, sold.fen / 100) : kept
  const isWithin = claim.value <= most * TOLERATED_SALES
  const values = {
    claim: claim.text,
    pieces: sold.pieces,
    amount: sold.fen / 100,
  }
  return {
    claim,
    outcome: isWithin ? 'supported' : 'contradicted',
    why: isWithin
      ? say('claims.sales.supported', values)
      : say('claims.sales.contradicted', values),
    against: 'ledger',
    onFile: String(most),
    by: [],
  }
}

/** A price said before is borne out by any price that was set as high; else sales decide (PR22-16). */
export const comparePrice: Comparison = (claim, dossier, table) => {
  const asHigh =
    claim.about === 'reference'
      ? dossier.prices.find(({ priceFen }) => priceFen >= Number(claim.value))
      : dossier.prices.find(({ priceFen }) => priceFen <= Number(claim.value))
  if (asHigh === undefined) return open(claim, table)
  return {
    claim,
    outcome: 'supported',
    why: say('claims.price.supported', {
      claim: claim.text,
      set: { money: asHigh.priceFen, currency: 'CNY' },
    }),
    against: 'price',
    onFile: String(asHigh.priceFen / 100),
    by: [asHigh.event],
  }
}

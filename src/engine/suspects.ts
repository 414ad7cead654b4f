/** Everybody who is suspected, as the lines of the suspects file. */
import type { Signal, Suspicion } from '../detectors/detector.ts'
import type { Evidence, Room } from '../detectors/room.ts'
import { bitsOf, Scores, suspectsOf, type RoomScores } from '../judgement/suspicions.ts'
import type { Suspect } from '../vocabulary/finding.ts'

/** Views, accounts, comments and likes of one broadcast, a list each. */
export const suspectsIn = (room: Room, scores: RoomScores): Suspect[][] => [
  suspectsOf('view', scores.views, (row) => room.views.ids.nameOf(row), room.broadcast),
  suspectsOf('account', scores.accounts, (row) => room.accounts.ids.nameOf(row), room.broadcast),
  suspectsOf('comment', scores.comments, (row) => room.comments.ids.nameOf(row), room.broadcast),
  suspectsOf('like', scores.likes, (row) => room.likes.ids.nameOf(row), room.broadcast),
]

export const scoreOrders = (evidence: Evidence, signals: readonly Signal[]): Scores => {
  const scores = new Scores(evidence.orders.length)
  const suspicions = signals.flatMap((signal): readonly Suspicion[] => signal.suspicions)
  for (const { kind, rows, probabilities, families } of suspicions) {
    if (kind !== 'order') continue
    for (let i = 0; i < rows.length; i += 1)
      scores.add(rows[i]!, probabilities[i]!, bitsOf(families))
  }
  return scores
}

export const suspectedOrders = (evidence: Evidence, scores: Scores): Suspect[] => {
  const { orders } = evidence
  return suspectsOf('order', scores, (row) => orders.ids.nameOf(row), undefined).map((suspect) => {
    const row = orders.ids.find(suspect.id)!
    const number = orders.columns.broadcast[row]!
    return number === 0 ? suspect : { ...suspect, broadcast: orders.broadcasts.nameOf(number - 1) }
  })
}

/** Whoever placed a suspected order is a suspected account of the broadcast. */
export const suspectedBuyers = (
  room: Room,
  { orders }: Evidence,
  rows: Uint32Array,
  scores: Scores,
): Suspicion => {
  const accounts = new Map<number, number>()
  for (const row of rows) {
    const probability = scores.probability[row]!
    const buyer = orders.columns.buyer[row]!
    if (probability === 0 || buyer === 0) continue
    const account = room.accounts.ids.find(orders.buyers.nameOf(buyer - 1))
    if (account !== undefined && !((accounts.get(account) ?? 0) >= probability))
      accounts.set(account, probability)
  }
  const found = [...accounts]
  return {
    kind: 'account',
    broadcast: room.broadcast,
    families: ['transaction'],
    rows: Uint32Array.from(found, ([account]) => account),
    probabilities: Float64Array.from(found, ([, probability]) => probability),
  }
}

/**
 * Names under which a forbidden service may be sold on (S3-7): proposed to a person, never added to
 * a list and never an accusation.
 */
import type { Signal } from '../../detectors/detector.ts'
import type { Evidence } from '../../detectors/room.ts'
import { say } from '../../language/say.ts'
import { proposeVariants } from '../../wording/variants.ts'
import type { WordDesk } from './desk.ts'

const RULE = 'brushing-service'
const MOST = 5

export const variantSignals = ({ files }: Evidence, { reader }: WordDesk): Signal[] => {
  const listings = new Map(files.listings.map((listing) => [listing.event, listing]))
  const proposals = proposeVariants(
    [...listings.values()].map(({ event: id, title: text }) => ({ id, text })),
    (text) =>
      reader
        .read({ text, speaker: 'seller', place: 'listing' }, Number.NaN)
        .filter(({ rule, verdict }) => rule === RULE && verdict === 'violation')
        .map(({ span }) => span),
  )
  return proposals.slice(0, MOST).map(({ term, weightBans, listings: ids, company }): Signal => {
    const times = ids.map((id) => listings.get(id)!.at)
    return {
      kind: 'brushing-service',
      subject: term,
      hypotheses: [
        { name: 'unlawful-wording', weightBans },
        { name: 'ordinary-speech', weightBans: 0 },
      ],
      summary: say('words.variant', { term, count: ids.length }),
      reasons: [
        {
          family: 'content',
          text: say('words.variant.company', { term, company: company.join(' ') }),
          observed: term,
          expected: {},
          weightBans,
        },
      ],
      undetermined: true,
      evidence: ids,
      from: Math.min(...times),
      until: Math.max(...times),
      suspicions: [],
    }
  })
}

/** The result of checking a bundle in plain words: for the command line and for the page alike. */
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import type { BundleReport, RoomSpan } from './bundle-report.ts'

export type BundleExplanation = {
  readonly passes: boolean
  /** One sentence that stands for all. */
  readonly verdict: Sentence
  /** What was found to hold; nothing where something failed. */
  readonly holds: readonly Sentence[]
  /** What the reader must know before relying on it. */
  readonly caveats: readonly Sentence[]
}

export const explainBundle = (report: BundleReport): BundleExplanation => {
  const passes = report.failures.length === 0
  if (!passes)
    return {
      passes,
      verdict: say('bundle.fails', { count: report.failures.length }),
      holds: [],
      caveats: [say('bundle.fails-meaning')],
    }
  return {
    passes,
    verdict: report.policy === 'own' ? say('bundle.passes') : say('bundle.passes-bundled'),
    holds: [...held(report), ...report.rooms.map(spanOf)],
    caveats: caveatsOf(report),
  }
}

const held = (report: BundleReport): readonly Sentence[] => {
  const { entries, disclosed, withheld, recordings } = report
  const { origin = '', size = 0 } = report.checkpoint?.checkpoint ?? {}
  return [
    say('bundle.holds-files'),
    say('bundle.holds-entries', { entries, origin, size }),
    ...(report.checkpoint?.cosignatures ?? []).map(({ key, timeSeconds }) =>
      say('bundle.holds-cosignature', { name: key.name, at: { at: timeSeconds * 1000 } }),
    ),
    say('bundle.holds-disclosures', { disclosed, withheld }),
    ...(recordings > 0 ? [say('bundle.holds-recordings', { recordings })] : []),
    ...report.timestamps.flatMap(({ file, stamped }) =>
      stamped === null
        ? []
        : [say('bundle.holds-timestamp', { file, at: { at: stamped.at }, by: stamped.authority })],
    ),
  ]
}

const spanOf = ({ room, first, last, present }: RoomSpan): Sentence => {
  const count = last - first + 1
  return present === count
    ? say('bundle.room-whole', { room, first: String(first), last: String(last) })
    : say('bundle.room-part', { room, first: String(first), last: String(last), present, count })
}

const caveatsOf = (report: BundleReport): readonly Sentence[] => [
  ...(report.policy === 'bundled' ? [say('bundle.caveat-policy')] : []),
  ...(report.checkpoint?.cosignatures.length === 0 ? [say('bundle.caveat-no-witness')] : []),
  ...(report.authorities === 'bundled' && report.timestamps.some(({ stamped }) => stamped !== null)
    ? [say('bundle.caveat-authorities')]
    : []),
  ...(report.timestamps.some(({ stamped }) => stamped === null)
    ? [say('bundle.caveat-timestamps')]
    : []),
  ...(report.unproven.length > 0
    ? [say('bundle.caveat-unproven', { files: report.unproven.join(', ') })]
    : []),
  ...(report.hasPage ? [say('bundle.caveat-page')] : []),
  say('bundle.caveat-truth'),
]

/** Events of the service's own: their envelope, and how a text in both languages stands in one field. */
import type { Sentence } from '../language/sentence.ts'
import type { AssayEvent } from '../vocabulary/index.ts'

/** The producer of the system's own events. */
export const OUR_SOURCE = '/assay'

/** Longest id of the vocabulary: what is cut off of a long name is not what tells it apart. */
export const MOST_ID = 128

export const ours = (
  type: AssayEvent['type'],
  subject: string,
  id: string,
  data: unknown,
  atMs: number,
): AssayEvent =>
  ({
    specversion: '1.0',
    id: id.slice(0, MOST_ID),
    source: OUR_SOURCE,
    type,
    subject,
    time: new Date(atMs).toISOString(),
    data,
  }) as AssayEvent

/** A line a language, English first, whatever a person typed. */
export const both = ({ en, zh }: Sentence): string =>
  [en, zh].map((text) => text.replaceAll(/\s*\n\s*/g, ' ')).join('\n')

/** The inverse of `both`; what was erased since is empty. */
export const apart = (text: string | undefined): Sentence => {
  const [en = '', zh = en] = (text ?? '').split('\n')
  return { en, zh }
}

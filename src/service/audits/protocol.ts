/** What the thread of an audit is told, and what it says. */
import type { Column } from '../../importers/unreadable.ts'
import type { Language, Sentence } from '../../language/sentence.ts'
import type { RoomsStart } from '../rooms/protocol.ts'

/** Apart from the results, whose names a file might have. */
export const UPLOAD = 'upload'

export type AuditStart = {
  /** For the results; the one file lies in UPLOAD below it, under a name of its reader's. */
  readonly folder: string
  readonly name: string
  readonly language: Language
  /** Text of a mapping file; null where nobody has said what the columns are. */
  readonly mapping: string | null
  readonly version: string
  readonly pack: RoomsStart['pack']
  /** ms from the epoch, printed in the report. */
  readonly at: number
}

export type FromAudit =
  | { readonly type: 'read'; readonly share: number | null }
  | { readonly type: 'judging' }
  | { readonly type: 'done' }
  | { readonly type: 'unmapped'; readonly columns: readonly Column[] }
  /** `isOfFile`: the file, or what was said of its columns, is to blame. */
  | { readonly type: 'failed'; readonly text: Sentence; readonly isOfFile: boolean }

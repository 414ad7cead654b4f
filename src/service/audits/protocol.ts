/** What the thread of an audit is told, and what it says. */
import type { Language, Sentence } from '../../language/sentence.ts'
import type { RoomsStart } from '../rooms/protocol.ts'

export type AuditStart = {
  /** Folder with the one file, for the results too. */
  readonly folder: string
  readonly name: string
  readonly language: Language
  readonly version: string
  readonly pack: RoomsStart['pack']
  /** ms from the epoch, printed in the report. */
  readonly at: number
}

export type FromAudit =
  | { readonly type: 'read'; readonly share: number | null }
  | { readonly type: 'judging' }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly text: Sentence }

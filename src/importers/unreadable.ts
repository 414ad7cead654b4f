/** What cannot be read, wholly or to its end. */
import type { Sentence } from '../language/sentence.ts'

/** A file, folder or mapping that cannot be read at all: one sentence, what and where. */
export class Unreadable extends Error {
  readonly sentence: Sentence
  constructor(sentence: Sentence) {
    super(sentence.en)
    this.sentence = sentence
  }
}

/** A column of somebody else's table, as its first rows show it. */
export type Column = {
  readonly name: string
  /** The first different values, none empty. */
  readonly values: readonly string[]
  /** Whether these are all that the first rows hold. */
  readonly isAll: boolean
}

/** A table that could be read, if somebody said what its columns are (docs/reading.md). */
export class Unmapped extends Unreadable {
  readonly columns: readonly Column[]
  constructor(sentence: Sentence, columns: readonly Column[]) {
    super(sentence)
    this.columns = columns
  }
}

/** A stream broke off: what came before it stands. */
export class BrokenArchive extends Error {}

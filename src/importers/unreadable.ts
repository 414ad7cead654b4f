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

/** A stream broke off: what came before it stands. */
export class BrokenArchive extends Error {}

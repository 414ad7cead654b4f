/** A file, folder or mapping that cannot be read at all: one sentence, what and where. */
import type { Sentence } from '../language/sentence.ts'

export class Unreadable extends Error {
  readonly sentence: Sentence
  constructor(sentence: Sentence) {
    super(sentence.en)
    this.sentence = sentence
  }
}

/**
 * What every transcript becomes: cues in order of time, and what could not be read, each with its
 * place. A bad cue is refused alone; the rest of the file goes on.
 */
export type Cue = {
  /** ms from the start of the recording; `endMs` ≥ `startMs`. */
  readonly startMs: number
  readonly endMs: number
  readonly text: string
  readonly speaker?: string
  /** 0 to 1, where the recogniser says it. */
  readonly confidence?: number
}

export type CaptionRefusal = {
  /** Line, from 1; for JSON the number of the cue, from 1. */
  readonly at: number
  readonly code: 'bad-time' | 'ends-before-start' | 'no-text'
}

export type Captions = {
  readonly cues: readonly Cue[]
  readonly refused: readonly CaptionRefusal[]
}

/** Raised for a text that is no transcript at all. */
export class CaptionError extends Error {
  readonly code: 'not-captions' | 'not-json' | 'unknown-shape'
  constructor(code: CaptionError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** Collects cues, checking each. */
export class CueList {
  readonly #cues: Cue[] = []
  readonly #refused: CaptionRefusal[] = []

  /** @param at the line or number that is named where the cue is refused */
  add(at: number, cue: Cue): void {
    const { startMs, endMs } = cue
    const text = cue.text.replace(/\s+/g, ' ').trim()
    if (!isOffset(startMs) || !isOffset(endMs)) this.refuse(at, 'bad-time')
    else if (endMs < startMs) this.refuse(at, 'ends-before-start')
    else if (text === '') this.refuse(at, 'no-text')
    else this.#cues.push({ ...cue, text })
  }

  refuse(at: number, code: CaptionRefusal['code']): void {
    this.#refused.push({ at, code })
  }

  end(): Captions {
    this.#cues.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)
    return { cues: this.#cues, refused: this.#refused }
  }
}

const isOffset = (ms: number) => Number.isFinite(ms) && ms >= 0

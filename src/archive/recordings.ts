/**
 * Recordings as they grow, whichever way the pieces come: followed (follow-recording.ts) or pushed.
 * Bytes first, then the leaf that vouches for them. Numbers are gap-free from 0 in each broadcast and
 * go on where an earlier recorder stopped.
 */
import type { AssayEvent, DataOf } from '../vocabulary/event.ts'
import type { Archive } from './archive.ts'
import { RECORDER_SOURCE, type Segment } from './facts.ts'
import { readSegment, segmentUri, storeSegment } from './segments.ts'
import { sha256Hex } from './sha256.ts'
import { Turns } from './turns.ts'

type Times = {
  readonly durationMs: number
  /** Programme time, ms. */
  readonly startsAt: number
  /** Does not continue the piece before it. */
  readonly isDiscontinuous: boolean
}

export type NewPiece = Times & {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The initialisation section that it needs, or null. */
  readonly init: Uint8Array | null
  readonly isReckoned?: boolean
  readonly sourceSequence?: number
}

/** A piece under the number that its sender gave it. */
export type PushedPiece = Times & {
  readonly sequence: number
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Digest of what `storeInit` took before, or null. */
  readonly init: string | null
}

export type Pushed =
  | { readonly outcome: 'stored' | 'known'; readonly segment: RecordedSegment }
  /** Another piece has the number, or one before it is missing: `next` is due. */
  | { readonly outcome: 'wrong-number'; readonly next: number }
  | { readonly outcome: 'unknown-init' }

export type RecordedSegment = DataOf<'live.segment.recorded'>
export type Disturbance = Omit<DataOf<'live.recording.disturbed'>, 'beforeSequence'>

/** Clocks of a source drift; less than this is no time missing. */
export const SEAM_MS = 1000

export class Recordings {
  readonly #archive: Archive
  readonly #record: (event: AssayEvent) => Promise<unknown>
  /** By broadcast. */
  readonly #turns = new Turns()

  /** `record` resolves when the event is durable and among the archive's facts. */
  constructor(
    archive: Archive,
    record: (event: AssayEvent) => Promise<unknown> = (event) => archive.record(event),
  ) {
    this.#archive = archive
    this.#record = record
  }

  /** What was recorded here, in order. What a producer says it keeps elsewhere is not among it. */
  of(broadcast: string): readonly Segment[] {
    const segments = this.#archive.facts.broadcasts.get(broadcast)?.segments.values() ?? []
    return [...segments]
      .filter(({ source }) => source === RECORDER_SOURCE)
      .sort((x, y) => x.sequence - y.sequence)
  }

  /** A piece, or the initialisation section of one; null where it is gone or was changed. */
  async read(broadcast: string, sha256: string): Promise<Uint8Array | null> {
    // Only what belongs to this broadcast: whoever may see one may not see all.
    const isOfIt = this.of(broadcast).some((one) => one.sha256 === sha256 || one.init === sha256)
    return isOfIt ? readSegment(this.#archive.parts.segments, sha256) : null
  }

  /** Durable and logged on return. @throws LogError, LedgerError, StoreError */
  add(broadcast: string, piece: NewPiece): Promise<RecordedSegment> {
    return this.#turns.take(broadcast, () => this.#add(broadcast, piece))
  }

  /** The same, under the number that the sender gave it; the same piece again changes nothing. */
  push(broadcast: string, pushed: PushedPiece): Promise<Pushed> {
    return this.#turns.take(broadcast, async () => {
      const { sequence, bytes, startsAt } = pushed
      const recorded = this.of(broadcast)
      const known = recorded[sequence]
      if (known?.sha256 === sha256Hex(bytes)) return { outcome: 'known', segment: known }
      const next = recorded.length
      if (sequence !== next) return { outcome: 'wrong-number', next }
      const { segments } = this.#archive.parts
      const init = pushed.init === null ? null : await readSegment(segments, pushed.init)
      if (pushed.init !== null && init === null) return { outcome: 'unknown-init' }
      const before = recorded.at(-1)
      const missingMs = before === undefined ? 0 : startsAt - before.startsAtMs - before.durationMs
      if (missingMs > SEAM_MS) {
        const note = 'the sender left time out'
        await this.#disturb(broadcast, { kind: 'jump', durationMs: missingMs, note })
      }
      return { outcome: 'stored', segment: await this.#add(broadcast, { ...pushed, init }) }
    })
  }

  /** Stored until a piece names it. @returns its digest */
  async storeInit(bytes: Uint8Array): Promise<string> {
    const [sha256] = await storeSegment(this.#archive.parts.segments, bytes)
    return sha256!
  }

  disturb(broadcast: string, disturbance: Disturbance): Promise<void> {
    return this.#turns.take(broadcast, () => this.#disturb(broadcast, disturbance))
  }

  async #add(broadcast: string, piece: NewPiece): Promise<RecordedSegment> {
    const { bytes, init, startsAt, durationMs, isReckoned, isDiscontinuous, sourceSequence } = piece
    const pieces = init === null ? [bytes] : [bytes, init]
    const [sha256, initSha256] = await storeSegment(this.#archive.parts.segments, ...pieces)
    // Recorded in order and never forgotten, so the count is the next number.
    const sequence = this.of(broadcast).length
    const segment = {
      sequence,
      durationMs,
      bytes: bytes.length,
      sha256: sha256!,
      uri: segmentUri(sha256!),
      startsAt: new Date(startsAt).toISOString(),
      ...(initSha256 !== undefined && { init: initSha256 }),
      ...(isDiscontinuous && { discontinuous: true }),
      ...(isReckoned === true && { startsAtReckoned: true }),
      ...(sourceSequence !== undefined && { sourceSequence }),
    }
    await this.#record({
      ...envelope(broadcast, `segment-${sequence}`),
      type: 'live.segment.recorded',
      time: new Date(startsAt).toISOString(),
      data: segment,
    })
    return segment
  }

  async #disturb(broadcast: string, disturbance: Disturbance): Promise<void> {
    const count = this.#archive.facts.broadcasts.get(broadcast)?.disturbances.length ?? 0
    await this.#record({
      ...envelope(broadcast, `disturbance-${count}`),
      type: 'live.recording.disturbed',
      time: new Date(this.#archive.parts.now()).toISOString(),
      data: { ...disturbance, beforeSequence: this.of(broadcast).length },
    })
  }
}

/** Ids say what they number, so that a repeat can be told from a new piece. */
const envelope = (broadcast: string, id: string) =>
  ({
    specversion: '1.0',
    id: `${broadcast}/${id}`.slice(-128),
    source: RECORDER_SOURCE,
    subject: broadcast,
  }) as const

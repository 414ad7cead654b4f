/**
 * Follows an HLS playlist while the broadcast is live (RFC 8216 §6.3) and gives every piece once, in
 * order, with its programme time. Whatever a recording can suffer is given as well, in its place: a
 * gap the source declares, a seam, numbers that jump or begin again, a piece that cannot be had, a
 * source that dies and returns. A hole that is on file is a hole; one that is not is a suspicion.
 */
import type { DataOf } from '../vocabulary/event.ts'
import { parsePlaylist, PlaylistError, type MediaPlaylist, type Piece } from './playlist.ts'
import { SourceError, type Source } from './source.ts'

type Disturbance = Omit<DataOf<'live.recording.disturbed'>, 'beforeSequence'>

export type Followed =
  | {
      readonly kind: 'piece'
      readonly bytes: Uint8Array<ArrayBuffer>
      /** The initialisation section that it needs (EXT-X-MAP), or null. */
      readonly init: Uint8Array<ArrayBuffer> | null
      readonly sourceSequence: number
      readonly durationMs: number
      /** Programme time, ms. */
      readonly startsAt: number
      /** The source gave no time of day: reckoned from when the piece was first seen. */
      readonly isReckoned: boolean
      /** Does not continue the piece before it. */
      readonly isDiscontinuous: boolean
    }
  | { readonly kind: 'disturbance'; readonly disturbance: Disturbance }

export type FollowOptions = {
  readonly source: Source
  /** Of the playlist, master or media. */
  readonly address: string
  readonly now: () => number
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly signal?: AbortSignal
  /** Take what the playlist holds now and stop. */
  readonly once?: boolean
  /** Stop when nothing new has come for so long. */
  readonly giveUpAfterMs?: number
}

const GIVE_UP_MS = 10 * 60_000
const MAX_PLAYLIST_BYTES = 4 << 20
/** A piece is a few seconds; at 50 Mbit/s ten of them are 62 MB. */
const MAX_PIECE_BYTES = 64 << 20
const ATTEMPTS = 3
const RETRY_MS = 500
/** Without a playlist nothing says how often to ask. */
const DEFAULT_TARGET_MS = 4000
/** A source is lost when nothing new has come for so many target durations. */
const LOST_AFTER_TARGETS = 3

/** Ends when the playlist does, when the source refuses, or after `giveUpAfterMs` without a piece. */
export const followHls = async function* (options: FollowOptions): AsyncGenerator<Followed> {
  const { now, sleep, signal } = options
  const follower = new Follower(options)
  let targetMs = DEFAULT_TARGET_MS
  let progressAt = now()
  let isLost = false
  for (;;) {
    signal?.throwIfAborted()
    let trouble = 'the playlist does not advance'
    let hasEnded = false
    try {
      const playlist = await follower.reload()
      targetMs = playlist.targetMs
      hasEnded = playlist.hasEnded
      for await (const followed of follower.advance(playlist)) {
        if (isLost) yield disturbance({ kind: 'source-returned', durationMs: now() - progressAt })
        isLost = false
        progressAt = now()
        yield followed
      }
    } catch (error) {
      if (error instanceof SourceError && error.code === 'refused') {
        yield disturbance({ kind: 'refused', note: error.message })
        return
      }
      if (!(error instanceof SourceError || error instanceof PlaylistError)) throw error
      trouble = error.message
    }
    if (hasEnded || options.once === true) return
    const idleMs = now() - progressAt
    if (!isLost && idleMs > LOST_AFTER_TARGETS * targetMs) {
      isLost = true
      yield disturbance({ kind: 'source-lost', note: trouble })
    }
    if (idleMs > (options.giveUpAfterMs ?? GIVE_UP_MS)) return
    // RFC 8216 §6.3.4: a whole target duration after a change, half of one otherwise.
    await sleep(idleMs === 0 ? targetMs : targetMs / 2, signal)
  }
}

const disturbance = (what: Disturbance): Followed => ({ kind: 'disturbance', disturbance: what })

/** What has been taken so far; all of it belongs to one source. */
class Follower {
  readonly #options: FollowOptions
  /** Of the media playlist; the first reload may find a master in its place. */
  #address: string
  /** Source sequence of the piece that comes next; null before the first. */
  #next: number | null = null
  /** Programme time of the next piece, ms; null where only the wall clock can tell. */
  #clock: number | null = null
  #isReckoned = false
  #isDiscontinuous = false
  /** File names of the last playlist by sequence: an old copy of it says the same. */
  #names = new Map<number, string>()
  #behindSince: number | null = null
  #init: { readonly key: string; readonly bytes: Uint8Array<ArrayBuffer> } | null = null

  constructor(options: FollowOptions) {
    this.#options = options
    this.#address = options.address
  }

  async reload(): Promise<MediaPlaylist> {
    const playlist = await this.#read()
    if (playlist.kind === 'media') return playlist
    this.#address = this.#options.source.resolve(playlist.media, this.#address)
    const media = await this.#read()
    if (media.kind === 'media') return media
    throw new PlaylistError('a master playlist that names a master playlist')
  }

  async #read() {
    const { source, signal } = this.#options
    const bytes = await source.read(this.#address, MAX_PLAYLIST_BYTES, null, signal)
    return parsePlaylist(new TextDecoder().decode(bytes))
  }

  /** Everything in the playlist that was not taken yet. */
  async *advance(playlist: MediaPlaylist): AsyncGenerator<Followed> {
    const { pieces } = playlist
    const [first, last] = [pieces[0], pieces.at(-1)]
    if (first === undefined || last === undefined) return
    if (this.#next !== null && last.sequence < this.#next - 1) {
      if (!this.#beganAgain(playlist)) return
      this.#next = null
      this.#clock = null
      yield this.#broken({ kind: 'restart', sourceSequence: first.sequence })
    }
    this.#behindSince = null
    if (this.#next !== null && first.sequence > this.#next) {
      const missed = first.sequence - this.#next
      const durationMs = this.#missedMs(first, missed * playlist.targetMs)
      if (this.#clock !== null) this.#clock += durationMs
      yield this.#broken({ kind: 'jump', pieces: missed, durationMs, sourceSequence: this.#next })
    }
    let leftMs = pieces.reduce((sum, { durationMs }) => sum + durationMs, 0)
    for (const piece of pieces) {
      if (this.#next === null || piece.sequence >= this.#next) yield* this.#take(piece, leftMs)
      leftMs -= piece.durationMs
    }
    this.#names = new Map(pieces.map((piece) => [piece.sequence, nameOf(piece)]))
  }

  /**
   * Whether a playlist that lies behind what was taken is a new beginning. A cache may serve an old
   * copy, which says what was said before; only when it goes on doing so is it the newer truth.
   */
  #beganAgain({ pieces, targetMs }: MediaPlaylist): boolean {
    if (!pieces.some((piece) => this.#names.get(piece.sequence) === nameOf(piece))) return true
    this.#behindSince ??= this.#options.now()
    return this.#options.now() - this.#behindSince > LOST_AFTER_TARGETS * targetMs
  }

  /** By the source's own clock where it has one, by the usual length of a piece where not. */
  #missedMs(first: Piece, guessMs: number): number {
    if (first.at === null || this.#clock === null || this.#isReckoned) return guessMs
    return Math.max(0, first.at - this.#clock)
  }

  /** `leftMs` is from the start of the piece to the end of the playlist. */
  async *#take(piece: Piece, leftMs: number): AsyncGenerator<Followed> {
    const { sequence: sourceSequence, durationMs } = piece
    const startsAt = this.#startOf(piece, leftMs)
    this.#clock = startsAt + durationMs
    if (piece.isDiscontinuous) yield this.#broken({ kind: 'discontinuity', sourceSequence })
    const missing = { pieces: 1, durationMs, sourceSequence }
    let followed: Followed
    if (piece.isGap) followed = this.#broken({ kind: 'gap', ...missing })
    else if (piece.isEncrypted)
      followed = this.#broken({ kind: 'refused', ...missing, note: 'encrypted' })
    else
      try {
        const init = await this.#initOf(piece)
        const bytes = await this.#fetch(piece)
        const isDiscontinuous = this.#isDiscontinuous
        this.#isDiscontinuous = false
        const times = { durationMs, startsAt, isReckoned: this.#isReckoned }
        followed = { kind: 'piece', bytes, init, sourceSequence, ...times, isDiscontinuous }
      } catch (error) {
        if (!(error instanceof SourceError)) throw error
        const kind = error.code === 'refused' ? 'refused' : 'unreadable'
        followed = this.#broken({ kind, ...missing, note: error.message })
      }
    this.#next = sourceSequence + 1
    yield followed
  }

  #startOf({ at }: Piece, leftMs: number): number {
    if (at === null && this.#clock !== null) return this.#clock
    this.#isReckoned = at === null
    return at ?? this.#options.now() - leftMs
  }

  async #initOf({ init }: Piece): Promise<Uint8Array<ArrayBuffer> | null> {
    if (init === null) return null
    const key = JSON.stringify(init)
    if (this.#init?.key !== key) this.#init = { key, bytes: await this.#fetch(init) }
    return this.#init.bytes
  }

  async #fetch({ uri, range }: Pick<Piece, 'uri' | 'range'>): Promise<Uint8Array<ArrayBuffer>> {
    const { source, sleep, signal } = this.#options
    const address = source.resolve(uri, this.#address)
    for (let attempt = 1; ; attempt += 1)
      try {
        return await source.read(address, MAX_PIECE_BYTES, range, signal)
      } catch (error) {
        if (!(error instanceof SourceError) || error.code === 'refused' || attempt === ATTEMPTS)
          throw error
        await sleep(RETRY_MS * attempt, signal)
      }
  }

  /** The next piece does not continue the last one, and may need another section of the same name. */
  #broken(what: Disturbance): Followed {
    this.#isDiscontinuous = true
    this.#init = null
    return disturbance(what)
  }
}

/** Without folder and query: a delivery network changes those from one reload to the next. */
const nameOf = ({ uri, range }: Piece): string =>
  `${uri.split(/[?#]/)[0]!.split('/').at(-1)}@${range?.offset ?? ''}`

/**
 * The main thread's side of the rooms: sends events in order, knows how much is under way, and
 * starts the thread again when it dies, from its last snapshot and the journal.
 */
import { serialize } from 'node:v8'
import type { Worker } from 'node:worker_threads'
import type { ErasedPersons } from '../../engine/fold.ts'
import type { BroadcastAudit } from '../../engine/report.ts'
import { startThread } from '../../store/thread.ts'
import type { AssayEvent } from '../../vocabulary/index.ts'
import type { Journal } from '../../engine/live/journal.ts'
import type { FromRooms, RoomsStart, ToRooms } from './protocol.ts'

export type RoomsListener = {
  /** The audit knows every event before `position`. */
  readonly judged: (broadcast: string, audit: BroadcastAudit, position: number) => void
  readonly poisoned: (broadcast: string, error: string) => void
  /** The room was put away and left memory. */
  readonly left: (broadcast: string) => void
  /** The thread has been sent every event of the journal: at the start, and after each death. */
  readonly began: () => void
  /** The thread died and is being started again. */
  readonly restarted: (reason: string) => void
}

type Waiting = {
  readonly resolve: (json: string | null) => void
  readonly reject: (e: Error) => void
}

/** A thread that dies so often in a row, without having read on, is not started again. */
const MOST_DEATHS = 5

export class RoomsHost {
  readonly #start: RoomsStart
  readonly #journal: Journal
  readonly #listener: RoomsListener
  #thread: Worker | null = null
  /** A thread was ready once: from then on one that dies is started again. */
  #isOpen = false
  #isReady = false
  /** Sent and not yet folded, bytes. */
  #underWay = 0
  #position = 0
  #asks = 0
  #starts = 0
  #inMemory = 0
  #lagged: (waitedMs: number) => void = () => {}
  #deaths = 0
  #isStopping = false
  readonly #waiting = new Map<number, Waiting>()
  #onSaved: (() => void)[] = []
  /** What arrives while the thread is being brought up to date waits here. */
  #held: { readonly position: number; readonly bytes: Uint8Array }[] = []

  private constructor(start: RoomsStart, journal: Journal, listener: RoomsListener) {
    this.#start = start
    this.#journal = journal
    this.#listener = listener
  }

  /** Resolves when every event of the journal is with the thread. */
  static async open(
    start: RoomsStart,
    journal: Journal,
    listener: RoomsListener,
  ): Promise<RoomsHost> {
    const host = new RoomsHost(start, journal, listener)
    journal.follow((position, events) => host.#take(position, bytesOf(events)))
    await host.#begin()
    return host
  }

  /** Bytes sent and not yet folded: what the door measures its back-pressure by. */
  get underWay(): number {
    return this.#underWay + this.#held.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** Rooms that the thread holds; the others are put away. */
  get inMemory(): number {
    return this.#inMemory
  }

  /** Told with each judgement how long it was owed, ms. */
  onLag(take: (waitedMs: number) => void): void {
    this.#lagged = take
  }

  get isReady(): boolean {
    return this.#isReady
  }

  #take(position: number, bytes: Uint8Array): void {
    if (!this.#isReady) this.#held.push({ position, bytes })
    else this.#send(position, bytes)
  }

  /** The audit of one broadcast as it stands now; null where it is not known or is poisoned. */
  async audit(broadcast: string): Promise<BroadcastAudit | null> {
    const json = await this.#ask((ask) => ({ type: 'audit', ask, broadcast }))
    return json === null ? null : (JSON.parse(json) as BroadcastAudit)
  }

  /** Has these judged when nothing presses more, whether anything happened in them or not. */
  owe(broadcasts: readonly string[]): void {
    if (broadcasts.length > 0) this.#post({ type: 'owe', broadcasts })
  }

  /** Judges everything that is owed a judgement. */
  async settle(): Promise<void> {
    await this.#ask((ask) => ({ type: 'settle', ask }))
  }

  /** Takes persons out of rooms and of what all share; resolves when their snapshots are durable. */
  async erase(broadcasts: Iterable<string>, persons: ErasedPersons): Promise<void> {
    await this.#ask((ask) => ({ type: 'erase', ask, broadcasts: [...broadcasts], persons }))
  }

  /** Forgets rooms of which nothing is kept any more, in memory and on disk. */
  async drop(broadcasts: readonly string[]): Promise<void> {
    if (broadcasts.length > 0) await this.#ask((ask) => ({ type: 'drop', ask, broadcasts }))
  }

  /** Resolves when a snapshot of everything sent so far is durable. */
  async snapshot(): Promise<void> {
    if (this.#thread === null) return
    await new Promise<void>((resolve) => {
      this.#onSaved.push(resolve)
      this.#post({ type: 'snapshot' })
    })
  }

  /** Ends the thread as a crash would: for rehearsals. */
  async kill(): Promise<void> {
    await this.#thread?.terminate()
  }

  async close(): Promise<void> {
    this.#isStopping = true
    const thread = this.#thread
    if (thread === null) return
    const ended = new Promise((resolve) => thread.once('exit', resolve))
    this.#post({ type: 'stop' })
    await ended
  }

  /** @throws where the thread ends before it is ready, or the journal cannot be read */
  async #begin(): Promise<void> {
    const thread = startThread('thread', import.meta.url, { workerData: this.#start })
    this.#thread = thread
    this.#starts += 1
    const position = await new Promise<number>((resolve, reject) => {
      let isBegun = this.#isOpen
      thread.on('error', (error) => {
        reject(error)
        if (isBegun) this.#listener.restarted(error.message)
      })
      thread.once('exit', () => {
        reject(new Error('the rooms thread ended before it was ready'))
        if (isBegun) this.#died()
      })
      thread.on('message', (message: FromRooms) => {
        if (message.type !== 'ready') return this.#hear(message)
        isBegun = true
        resolve(message.position)
      })
    })
    this.#isOpen = true
    for await (const { position: until, events } of this.#journal.replay(position)) {
      // It died meanwhile: its successor reads for itself, and must be told nothing twice.
      if (this.#thread !== thread) return
      this.#send(until, bytesOf(events))
      await this.#drained()
    }
    if (this.#thread !== thread) return
    this.#isReady = true
    for (const { position: until, bytes } of this.#held.splice(0))
      // What the journal has shown already was replayed.
      if (until > this.#position) this.#send(until, bytes)
    this.#listener.began()
  }

  #died(): void {
    this.#thread = null
    this.#isReady = false
    this.#underWay = 0
    for (const { reject } of this.#waiting.values()) reject(new Error('the rooms thread ended'))
    this.#waiting.clear()
    for (const resolve of this.#onSaved.splice(0)) resolve()
    if (this.#isStopping) return
    this.#deaths += 1
    this.#listener.restarted('exit')
    if (this.#deaths >= MOST_DEATHS) throw new Error('the rooms thread dies again and again')
    const begun = this.#begin()
    const mine = this.#starts
    begun.catch((error: unknown) => {
      if (this.#starts !== mine) return
      // It lives and the journal could not be read: begun again, as after a crash.
      this.#listener.restarted(error instanceof Error ? error.message : String(error))
      void this.kill()
    })
  }

  #send(position: number, bytes: Uint8Array): void {
    this.#underWay += bytes.length
    this.#position = position
    this.#thread?.postMessage({ type: 'take', position, bytes } satisfies ToRooms, [
      bytes.buffer as ArrayBuffer,
    ])
  }

  #post(message: ToRooms): void {
    this.#thread?.postMessage(message)
  }

  #ask(message: (ask: number) => ToRooms): Promise<string | null> {
    if (this.#thread === null) return Promise.reject(new Error('the rooms thread ended'))
    return new Promise((resolve, reject) => {
      const ask = (this.#asks += 1)
      this.#waiting.set(ask, { resolve, reject })
      this.#post(message(ask))
    })
  }

  #hear(message: FromRooms): void {
    switch (message.type) {
      case 'took':
        this.#underWay -= message.bytes
        this.#deaths = 0
        return
      case 'judged':
        this.#lagged(message.waitedMs)
        this.#inMemory = message.rooms
        this.#listener.judged(
          message.broadcast,
          JSON.parse(message.json) as BroadcastAudit,
          message.position,
        )
        return
      case 'left':
        for (const broadcast of message.broadcasts) this.#listener.left(broadcast)
        return
      case 'answer':
        this.#waiting.get(message.ask)?.resolve(message.json)
        this.#waiting.delete(message.ask)
        return
      case 'poisoned':
        this.#listener.poisoned(message.broadcast, message.error)
        return
      case 'saved':
        this.#inMemory = message.rooms
        this.#onSaved.shift()?.()
        return
      case 'ready':
    }
  }

  /** Replaying waits for the thread rather than filling memory with what is under way. */
  async #drained(): Promise<void> {
    while (this.#underWay > 8_000_000)
      await new Promise((resolve) => {
        setTimeout(resolve, 5)
      })
  }
}

/** Its memory is handed over. What V8 writes and reads for itself costs half of JSON. */
const bytesOf = (events: readonly AssayEvent[]): Uint8Array => serialize(events)

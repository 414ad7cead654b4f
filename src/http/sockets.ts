/**
 * WebSockets (RFC 6455) that cannot harm the service: so many in all and of one owner, messages
 * bounded, and whoever is gone, stops in the middle of a message or does not read is ended. What
 * comes is worked on a few messages ahead and answered in order; beyond that the peer waits.
 *
 * Nothing is compressed: a small frame cannot become a large message.
 */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { say } from '../language/say.ts'
import { HttpProblem } from './problem.ts'

export type SocketLimits = {
  readonly sockets: number
  /** Of one source or person. */
  readonly ofOne: number
  readonly messageBytes: number
  /** Bytes that may wait for one that does not read. */
  readonly mostWaiting: number
  /** A peer that says nothing to a ping, or leaves a message unfinished, ends within two beats. */
  readonly beatMs: number
}

/** For those who hand in events: half a message of each of them fits into memory. */
export const PRODUCER_SOCKETS: SocketLimits = {
  sockets: 4_000,
  ofOne: 16,
  messageBytes: 4 << 20,
  mostWaiting: 1 << 20,
  beatMs: 15_000,
}

/** For those who only listen. */
export const LISTENER_SOCKETS: SocketLimits = {
  ...PRODUCER_SOCKETS,
  sockets: 50_000,
  ofOne: 1_000,
  messageBytes: 1 << 10,
}

/** What Node hands over when a client asks for another protocol. */
export type Handshake = {
  readonly request: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
}

/** Answers one message, in text; undefined where messages have no answer. */
export type Answer = ((message: Buffer) => Promise<string>) | undefined

type Watched = {
  readonly owner: string
  readonly raw: Socket
  isAlive: boolean
  /** Bytes of whole messages and control frames; what was read beyond is part of a message. */
  whole: number
  wasUnfinished: boolean
  underWay: number
}

/** Messages of one socket worked on before the first is answered. */
const AHEAD = 8
/** Of a control frame from a client: opcode, length, mask (RFC 6455 §5.2). */
const CONTROL_HEADER = 6

/** RFC 6455 §7.4.1 */
const UNSUPPORTED = 1003
const POLICY = 1008
const GOING_AWAY = 1001
const FAILED = 1011

export class Sockets {
  readonly #limits: SocketLimits
  readonly #server: WebSocketServer
  readonly #open = new Map<WebSocket, Watched>()
  readonly #owners = new Map<string, number>()
  readonly #heart: NodeJS.Timeout
  /** Peers let go because they did not read, did not answer or did not finish. */
  dropped = 0

  constructor(limits: SocketLimits) {
    this.#limits = limits
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: limits.messageBytes,
    })
    this.#heart = setInterval(() => this.#beat(), limits.beatMs)
    this.#heart.unref()
  }

  get size(): number {
    return this.#open.size
  }

  /**
   * Lets one in. `start` is called when it is open.
   * @throws HttpProblem `busy` where there are too many
   */
  accept(owner: string, start: (socket: WebSocket) => Answer): (handshake: Handshake) => void {
    const { sockets, ofOne } = this.#limits
    if (this.#open.size >= sockets || (this.#owners.get(owner) ?? 0) >= ofOne)
      throw new HttpProblem('busy', say('problem.busy', { seconds: 30 }), { 'retry-after': '30' })
    return ({ request, socket, head }) => {
      this.#server.handleUpgrade(request, socket, head, (peer) => {
        this.#watch(peer, request.socket, owner, start(peer))
      })
    }
  }

  /** False, and the peer is let go, where too much waits for it already. */
  send(peer: WebSocket, text: string): boolean {
    if (peer.readyState !== peer.OPEN) return false
    if (peer.bufferedAmount <= this.#limits.mostWaiting) {
      peer.send(text)
      return true
    }
    this.#drop(peer)
    return false
  }

  /** Ends every socket. */
  close(): void {
    clearInterval(this.#heart)
    for (const peer of this.#open.keys()) peer.close(GOING_AWAY)
  }

  #watch(peer: WebSocket, raw: Socket, owner: string, answer: Answer): void {
    const watched: Watched = {
      owner,
      raw,
      isAlive: true,
      whole: raw.bytesRead,
      wasUnfinished: false,
      underWay: 0,
    }
    this.#open.set(peer, watched)
    this.#owners.set(owner, (this.#owners.get(owner) ?? 0) + 1)
    const control = (data: Buffer) => {
      watched.isAlive = true
      watched.whole += CONTROL_HEADER + data.length
    }
    peer.on('ping', control)
    peer.on('pong', control)
    // A broken frame: `ws` says so to the peer and closes.
    peer.on('error', () => {})
    peer.on('close', () => {
      this.#open.delete(peer)
      const left = (this.#owners.get(owner) ?? 1) - 1
      if (left > 0) this.#owners.set(owner, left)
      else this.#owners.delete(owner)
    })
    let answered: Promise<void> = Promise.resolve()
    peer.on('message', (data, isBinary) => {
      watched.isAlive = true
      watched.whole = raw.bytesRead
      if (isBinary) peer.close(UNSUPPORTED, 'text only')
      else if (answer === undefined) peer.close(POLICY, 'nothing is taken here')
      else {
        watched.underWay += 1
        if (watched.underWay >= AHEAD) peer.pause()
        const work = answer(bytesOf(data))
        // Its turn to be answered comes later; until then a failure must not count as unhandled.
        work.catch(() => {})
        answered = answered
          .then(async () => void this.send(peer, await work))
          .catch(() => peer.close(FAILED))
          .finally(() => {
            watched.underWay -= 1
            if (peer.isPaused) peer.resume()
          })
      }
    })
  }

  #beat(): void {
    for (const [peer, watched] of this.#open) {
      // Whoever waits for us is neither gone nor late.
      if (watched.underWay > 0) continue
      const isUnfinished = watched.raw.bytesRead > watched.whole
      if (!watched.isAlive || (isUnfinished && watched.wasUnfinished)) {
        this.#drop(peer)
        continue
      }
      watched.isAlive = false
      watched.wasUnfinished = isUnfinished
      peer.ping()
    }
  }

  #drop(peer: WebSocket): void {
    this.dropped += 1
    peer.terminate()
  }
}

const bytesOf = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)

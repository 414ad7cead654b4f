/**
 * Server-sent events (WHATWG HTML §9.2) to very many listeners: a message is written as text once
 * and handed to every socket. Whoever does not read is let go before it costs memory; the browser
 * comes back by itself and is told the state of things first.
 */
import type { ServerResponse } from 'node:http'
import type { LiveMessage } from './contract.ts'
import type { Filter, Hub } from './hub.ts'

export type StreamLimits = {
  readonly heartbeatMs: number
  /** Bytes that may wait for one listener. */
  readonly mostWaiting: number
  readonly listeners: number
}

export const STREAM_LIMITS: StreamLimits = {
  heartbeatMs: 15_000,
  mostWaiting: 1 << 20,
  listeners: 50_000,
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
} as const

export class LiveStreams {
  readonly #hub: Hub
  readonly #limits: StreamLimits
  readonly #open = new Set<ServerResponse>()
  readonly #texts = new WeakMap<LiveMessage, string>()
  readonly #heart: NodeJS.Timeout
  /** Listeners let go because they did not read. */
  dropped = 0

  constructor(hub: Hub, limits: StreamLimits = STREAM_LIMITS) {
    this.#hub = hub
    this.#limits = limits
    this.#heart = setInterval(() => this.#beat(), limits.heartbeatMs)
    this.#heart.unref()
  }

  get size(): number {
    return this.#open.size
  }

  /**
   * Answers a request with a stream that begins with how things stand.
   * @param shape what one listener may see of a message; null leaves it out
   * @returns false, and nothing was written, where there are too many listeners
   */
  open(
    response: ServerResponse,
    filter: Filter,
    first: readonly LiveMessage[],
    headers: Readonly<Record<string, string>> = {},
    shape?: (message: LiveMessage) => LiveMessage | null,
  ): boolean {
    if (this.#open.size >= this.#limits.listeners) return false
    response.writeHead(200, { ...HEADERS, ...headers })
    response.write('retry: 2000\n\n')
    this.#open.add(response)
    const take = (message: LiveMessage) => {
      const shown = shape === undefined ? message : shape(message)
      if (shown !== null) this.#write(response, this.#textOf(shown))
    }
    for (const message of first) take(message)
    const stop = this.#hub.subscribe(filter, take)
    response.on('close', () => {
      stop()
      this.#open.delete(response)
    })
    return true
  }

  /** Ends every stream. */
  close(): void {
    clearInterval(this.#heart)
    for (const response of this.#open) response.end()
  }

  #write(response: ServerResponse, text: string): void {
    if (response.writableLength > this.#limits.mostWaiting) {
      this.dropped += 1
      response.destroy()
    } else response.write(text)
  }

  #beat(): void {
    for (const response of this.#open) this.#write(response, ': alive\n\n')
  }

  #textOf(message: LiveMessage): string {
    let text = this.#texts.get(message)
    if (text === undefined) {
      text = `event: ${message.topic}\ndata: ${JSON.stringify(message.data)}\n\n`
      this.#texts.set(message, text)
    }
    return text
  }
}

/**
 * A recording into captions by a server that speaks the OpenAI transcription API
 * (`POST /v1/audio/transcriptions`, multipart, `response_format=verbose_json`): hosted, or one of
 * the many local servers that answer the same request. Nothing is sent anywhere but to the address
 * that the caller names.
 */
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import { CaptionError, type Captions } from '../wording/captions/cue.ts'
import { readJsonTranscript } from '../wording/captions/json.ts'

export type TranscribeOptions = {
  /** As the server names it. */
  readonly model?: string
  /** ISO 639-1, e.g. `zh`; without it the server decides. */
  readonly language?: string
  /** Sent as a bearer token; never written anywhere. */
  readonly key?: string
  /** For one attempt: recognisers answer when they are done. */
  readonly timeoutMs?: number
  /** Attempts in all; only what may pass is tried again (no connection, 429, 5xx). */
  readonly attempts?: number
  /** Before the second attempt; doubled before each further one. The server's Retry-After wins. */
  readonly waitMs?: number
  readonly signal?: AbortSignal
}

/** Why there is no transcript, in plain words. */
export class TranscribeError extends Error {
  readonly code: 'no-file' | 'bad-address' | 'unreachable' | 'timeout' | 'refused' | 'bad-answer'
  readonly sentence: Sentence
  constructor(code: TranscribeError['code'], sentence: Sentence) {
    super(sentence.en)
    this.code = code
    this.sentence = sentence
  }
}

const PATH = '/v1/audio/transcriptions'
const LONGEST_WAIT_MS = 60_000
/** Of what a server answers only this much is shown. */
const SHOWN_CHARACTERS = 200
/** A transcript of a whole day stays far below; an answer without end must not fill the memory. */
const MOST_BYTES = 256 * 1024 * 1024

/**
 * @param address of the server, with or without the path of the API
 * @throws TranscribeError; the reason of the signal where that was aborted
 */
export const transcribe = async (
  address: string,
  file: string,
  options: TranscribeOptions = {},
): Promise<Captions> => {
  const { attempts = 3, waitMs = 1000, signal } = options
  const url = addressOf(address)
  const form = await formOf(file, options)
  let wait = waitMs
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await ask(url, form, options)
    if ('captions' in outcome) return outcome.captions
    if (!outcome.mayPass || attempt >= attempts) throw outcome.error
    await sleep(
      Math.min(outcome.retryAfterMs ?? wait, LONGEST_WAIT_MS),
      undefined,
      signal === undefined ? {} : { signal },
    )
    wait *= 2
  }
}

const addressOf = (address: string): URL => {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new TranscribeError('bad-address', say('transcribe.bad-address', { address }))
  const path = url.pathname.replace(/\/+$/, '')
  if (!path.endsWith('/audio/transcriptions'))
    url.pathname = path.endsWith('/v1') ? `${path}/audio/transcriptions` : `${path}${PATH}`
  return url
}

const formOf = async (file: string, { model, language }: TranscribeOptions): Promise<FormData> => {
  const form = new FormData()
  try {
    form.set('file', await openAsBlob(file), basename(file))
  } catch {
    throw new TranscribeError('no-file', say('transcribe.no-file', { file }))
  }
  form.set('model', model ?? 'whisper-1')
  form.set('response_format', 'verbose_json')
  form.set('timestamp_granularities[]', 'segment')
  if (language !== undefined) form.set('language', language)
  return form
}

type Outcome =
  | { readonly captions: Captions }
  | {
      readonly error: TranscribeError
      readonly mayPass: boolean
      readonly retryAfterMs?: number | undefined
    }

const ask = async (url: URL, form: FormData, options: TranscribeOptions): Promise<Outcome> => {
  const { key, timeoutMs = 600_000, signal } = options
  const limit = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: form,
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    })
    const text = await bodyOf(response)
    if (response.ok) return answered(url, text)
    const { status } = response
    const values = { server: url.host, status, answer: complaintIn(text) }
    return {
      error: new TranscribeError('refused', say('transcribe.refused', values)),
      mayPass: status === 429 || status >= 500,
      retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
    }
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof TranscribeError) return { error, mayPass: false }
    if (limit.aborted) {
      const values = { server: url.host, limit: { ms: timeoutMs } }
      return {
        error: new TranscribeError('timeout', say('transcribe.timeout', values)),
        mayPass: false,
      }
    }
    const values = { server: url.host, reason: causeOf(error) }
    return {
      error: new TranscribeError('unreachable', say('transcribe.unreachable', values)),
      mayPass: true,
    }
  }
}

const bodyOf = async (response: Response): Promise<string> => {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  // The DOM's type of a body has no iterator; Node's has.
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length
    if (bytes > MOST_BYTES)
      throw new TranscribeError('bad-answer', say('transcribe.too-long', { bytes: MOST_BYTES }))
    text += decoder.decode(part, { stream: true })
  }
  return text + decoder.decode()
}

const answered = (url: URL, text: string): Outcome => {
  try {
    return { captions: readJsonTranscript(text) }
  } catch (error) {
    if (!(error instanceof CaptionError)) throw error
    const values = { server: url.host, answer: excerpt(text) }
    return {
      error: new TranscribeError('bad-answer', say('transcribe.bad-answer', values)),
      mayPass: false,
    }
  }
}

/** `{"error": {"message": …}}` as the API has it, else the beginning of whatever came. */
const complaintIn = (text: string): string => {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } | string }
    const message = typeof error === 'string' ? error : error?.message
    if (typeof message === 'string') return excerpt(message)
  } catch {
    // No JSON: the text itself is the complaint.
  }
  return excerpt(text)
}

const excerpt = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)}…` : line || '–'
}

const retryAfterMs = (header: string | null): number | undefined => {
  const seconds = Number(header ?? '')
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}

/** fetch says "fetch failed"; what failed stands in its cause. */
const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message
}

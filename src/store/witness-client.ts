/**
 * Asking witnesses to cosign: the client half of C2SP tlog-witness. What a witness answers is
 * checked before it is believed; a witness that is down or refuses is a value, not an exception.
 */
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import { base64, fromDecimal } from '../ledger/bytes.ts'
import { parseCheckpoint } from '../ledger/checkpoint.ts'
import { LedgerError } from '../ledger/error.ts'
import type { VerifierKey } from '../ledger/note-key.ts'
import { formatSignatureLine, openNote, parseNote } from '../ledger/note.ts'
import { formatAddCheckpoint, witnessedPath } from '../ledger/witness.ts'

export type Submission = {
  readonly url: string
  /** The witness's, of type cosignature. */
  readonly key: VerifierKey
  /** Signed by the log. */
  readonly checkpoint: Uint8Array
  /** Hashes from an older size to the checkpoint's. */
  readonly prove: (from: number, to: number) => Promise<readonly Uint8Array[]>
  /** What this witness cosigned last, where it is known; it says so itself when it is not. */
  readonly old?: number
  readonly fetch?: typeof fetch
  readonly timeoutMs?: number
}

export type Cosigned =
  | { readonly ok: true; readonly line: string }
  | {
      readonly ok: false
      /**
       * `ahead`: it has cosigned a larger tree than ours, so ours is older than it should be.
       * `refused`: by its rules. `distrusted`: its answer is not signed with its key.
       */
      readonly code: 'unreachable' | 'ahead' | 'refused' | 'distrusted'
      readonly sentence: Sentence
    }

const TIMEOUT_MS = 10_000
/** The first may be answered 409; the log may have been cosigned in between by another process. */
const ATTEMPTS = 4
const MAX_ANSWER_BYTES = 64 * 1024

export const submit = async (submission: Submission): Promise<Cosigned> => {
  const { url, key, checkpoint, prove } = submission
  const note = Buffer.from(checkpoint).toString()
  const { text } = parseNote(note)
  const { size } = parseCheckpoint(text)
  const failed = (code: 'unreachable' | 'refused', reason: string): Cosigned => ({
    ok: false,
    code,
    sentence: say(`witness.${code}`, { name: key.name, url, reason }),
  })
  let old = submission.old ?? 0
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const proof = (await prove(old, size)).map(base64)
    const request = formatAddCheckpoint(old, proof, note)
    const answer = await post(submission, `${trimmed(url)}/add-checkpoint`, request)
    if (answer instanceof Error) return failed('unreachable', answer.message)
    const { status, body } = answer
    if (status === 200) return lineOf(text, body, key)
    const held = status === 409 ? fromDecimal(body.trim()) : null
    if (held === null) return failed('refused', `${status} ${body.trim().slice(0, 200)}`.trim())
    if (held > size) {
      const sentence = say('witness.ahead', { name: key.name, held, size })
      return { ok: false, code: 'ahead', sentence }
    }
    old = held
  }
  return failed('refused', '409')
}

/**
 * The newest checkpoint of a log that a witness holds (`GET <prefix>/<hex sha256(origin)>/checkpoint`);
 * null where it holds none. @throws Error when it cannot be asked
 */
export const fetchWitnessed = async (
  {
    url,
    fetch: ask = fetch,
    timeoutMs = TIMEOUT_MS,
  }: Pick<Submission, 'url' | 'fetch' | 'timeoutMs'>,
  origin: string,
): Promise<Uint8Array | null> => {
  const signal = AbortSignal.timeout(timeoutMs)
  const response = await ask(`${trimmed(url)}/${witnessedPath(origin)}`, { signal })
  if (response.status === 404) return null
  if (!response.ok) throw new Error(`${response.status}`)
  return Buffer.from(await bounded(response))
}

const trimmed = (url: string) => url.replace(/\/+$/, '')

const post = async (
  { fetch: ask = fetch, timeoutMs = TIMEOUT_MS }: Submission,
  url: string,
  body: string,
): Promise<{ readonly status: number; readonly body: string } | Error> => {
  try {
    const response = await ask(url, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { status: response.status, body: Buffer.from(await bounded(response)).toString() }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return cause instanceof Error ? cause : new Error(String(cause))
  }
}

/** A witness that sends without end is cut off. */
const bounded = async (response: Response): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > MAX_ANSWER_BYTES) throw new Error('the answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Only the line of the witness that was asked, and only when it verifies. */
const lineOf = (text: string, body: string, key: VerifierKey): Cosigned => {
  try {
    const { signatures } = openNote(`${text}\n${body}`, [key])
    const own = signatures.find(({ name, id }) => name === key.name && id === key.id)!
    return { ok: true, line: formatSignatureLine(own) }
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    return {
      ok: false,
      code: 'distrusted',
      sentence: say('witness.distrusted', { name: key.name }),
    }
  }
}

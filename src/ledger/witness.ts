/**
 * What a witness answers: C2SP tlog-witness `add-checkpoint`, as a pure decision. Whoever serves it
 * must make `next` durable, atomically with having read the state, BEFORE sending the answer: a
 * witness that forgets what it signed can be made to sign a rollback.
 */
import { fromBase64, fromDecimal, fromUtf8, hex, utf8 } from './bytes.ts'
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import { EMPTY_ROOT, HASH_BYTES, sha256 } from './hash.ts'
import { checkConsistency } from './merkle.ts'
import type { SignerKey, VerifierKey } from './note-key.ts'
import { openNote, signatureLine } from './note.ts'

/** What a witness remembers of one log; about 200 bytes. */
export type WitnessedLog = {
  readonly keys: readonly VerifierKey[]
  /** The largest tree cosigned; 0 and EMPTY_ROOT before the first. */
  readonly size: number
  readonly root: Uint8Array
}

/** By origin. */
export type WitnessState = ReadonlyMap<string, WitnessedLog>

export type WitnessAnswer = {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly body: string
  readonly contentType?: typeof SIZE_TYPE
  /** With status 200 only: what to remember, and the cosigned checkpoint to serve to monitors. */
  readonly next?: {
    readonly origin: string
    readonly size: number
    readonly root: Uint8Array
    readonly checkpoint: string
  }
}

export const SIZE_TYPE = 'text/x.tlog.size'

/** A request has at most 63 proof lines and a checkpoint; anything larger need not be read. */
export const MAX_REQUEST_BYTES = 64 * 1024

/** A log that was never cosigned. */
export const unseenLog = (keys: readonly VerifierKey[]): WitnessedLog => ({
  keys,
  size: 0,
  root: EMPTY_ROOT,
})

/** `key` is the witness's own, of type cosignature; `nowSeconds` POSIX. Never throws. */
export const decideAddCheckpoint = (
  state: WitnessState,
  request: Uint8Array,
  key: SignerKey,
  nowSeconds: number,
): WitnessAnswer => {
  const parsed = request.length > MAX_REQUEST_BYTES ? null : parseRequest(request)
  if (parsed === null) return refuse(400, 'malformed request')
  const { old, proof, note, text, checkpoint } = parsed
  const { origin, size, root } = checkpoint
  const log = state.get(origin)
  if (log === undefined) return refuse(404, 'unknown log')
  try {
    openNote(note, log.keys)
  } catch {
    return refuse(403, 'invalid signature')
  }
  if (old > size) return refuse(400, 'old size exceeds checkpoint size')
  if (old !== log.size) return { ...refuse(409, String(log.size)), contentType: SIZE_TYPE }
  if (!continues(log, proof, checkpoint)) return refuse(422, 'consistency proof does not verify')
  const line = signatureLine(text, key, nowSeconds)
  const next = { origin, size, root, checkpoint: `${text}\n${logLines(note, log)}${line}` }
  return { status: 200, body: line, next }
}

/** Where a witness serves the latest checkpoint that it cosigned for an origin. */
export const witnessedPath = (origin: string): string => `${hex(sha256(utf8(origin)))}/checkpoint`

/** Is what decideAddCheckpoint reads. */
export const formatAddCheckpoint = (
  old: number,
  proofBase64: readonly string[],
  checkpoint: string,
): string => `old ${old}\n${proofBase64.map((line) => `${line}\n`).join('')}\n${checkpoint}`

type Request = {
  readonly old: number
  readonly proof: readonly Uint8Array[]
  readonly note: string
  readonly text: string
  readonly checkpoint: Checkpoint
}

const MAX_PROOF_LINES = 63

const parseRequest = (request: Uint8Array): Request | null => {
  const whole = fromUtf8(request)
  const end = whole?.indexOf('\n\n') ?? -1
  if (whole === null || end < 0) return null
  const [oldLine, ...lines] = whole.slice(0, end).split('\n')
  const old = oldLine?.startsWith('old ') ? fromDecimal(oldLine.slice(4)) : null
  const proof = lines.map((line) => fromBase64(line))
  if (old === null || proof.length > MAX_PROOF_LINES || !proof.every(isHash)) return null
  const note = whole.slice(end + 2)
  // A signature line that cannot be read is no valid signature (403), not a malformed request.
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1)
  try {
    return { old, proof, note, text, checkpoint: parseCheckpoint(text) }
  } catch {
    return null
  }
}

const isHash = (bytes: Uint8Array | null): bytes is Uint8Array => bytes?.length === HASH_BYTES

/** An empty tree has but one root, and everything continues it; RFC 9162 proves the rest. */
const continues = (
  log: WitnessedLog,
  proof: readonly Uint8Array[],
  { size, root }: Checkpoint,
): boolean => {
  if (log.size === 0 && size > 0) return proof.length === 0
  const [from, to] = [BigInt(log.size), BigInt(size)]
  return checkConsistency({ from, to, fromRoot: log.root, toRoot: root, proof }).ok
}

/** Of the signatures that came with it, only the log's own are passed on to monitors. */
const logLines = (note: string, { keys }: WitnessedLog): string =>
  note
    .slice(note.lastIndexOf('\n\n') + 2)
    .split('\n')
    .filter((line) => keys.some(({ name, id }) => isLineOf(line, name, id)))
    .map((line) => `${line}\n`)
    .join('')

const isLineOf = (line: string, name: string, id: string): boolean => {
  const [, lineName, blob] = line.split(' ')
  const bytes = fromBase64(blob ?? '')
  return lineName === name && bytes !== null && hex(bytes.subarray(0, 4)) === id
}

const refuse = (status: WitnessAnswer['status'], why: string): WitnessAnswer => ({
  status,
  body: `${why}\n`,
})

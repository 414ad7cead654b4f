/**
 * A witness: C2SP tlog-witness over HTTP, small enough for a consumer association to run. It cosigns
 * a checkpoint only when it continues the one before, and remembers that before it says so. Its
 * whole memory is, for each log, the last checkpoint it cosigned.
 */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { say } from '../language/say.ts'
import { parseCheckpoint } from '../ledger/checkpoint.ts'
import { LedgerError } from '../ledger/error.ts'
import { LogError } from '../ledger/log-error.ts'
import type { SignerKey, VerifierKey } from '../ledger/note-key.ts'
import { openNote } from '../ledger/note.ts'
import type { ObjectStore } from '../ledger/object-store.ts'
import {
  decideAddCheckpoint,
  MAX_REQUEST_BYTES,
  unseenLog,
  witnessedPath,
  type WitnessedLog,
} from '../ledger/witness.ts'

export type WitnessOptions = {
  /** Of type cosignature. */
  readonly key: SignerKey
  /** The logs it knows; several keys of one name are keys of one log. */
  readonly logs: readonly VerifierKey[]
  /** Its memory: one object a log. Nobody else may write it. */
  readonly store: ObjectStore
  readonly nowSeconds: () => number
  /** Hears what kept it from answering, as a full disk. */
  readonly onFailure?: (error: Error) => void
}

/** @throws LogError `damaged` where its memory is not what it signed: it must not sign again */
export const witnessApp = async (options: WitnessOptions): Promise<Hono> => {
  const { key, store, nowSeconds } = options
  const state = await remember(options)
  // One request at a time: the next must see what the last one made durable.
  let turn: Promise<unknown> = Promise.resolve()

  const addCheckpoint = async (request: Uint8Array): Promise<Response> => {
    const { status, body, contentType, next } = decideAddCheckpoint(
      state,
      request,
      key,
      nowSeconds(),
    )
    if (next !== undefined) {
      const { origin, size, root, checkpoint } = next
      await store.write(new Map([[witnessedPath(origin), Buffer.from(checkpoint)]]))
      state.set(origin, { ...state.get(origin)!, size, root })
    }
    const headers = { 'content-type': contentType ?? 'text/plain; charset=utf-8' }
    return new Response(body, { status, headers })
  }

  const app = new Hono()
  app.onError((error, c) => {
    options.onFailure?.(error)
    return c.text('the witness cannot write down what it would sign\n', 500)
  })
  app.post(
    '/add-checkpoint',
    bodyLimit({
      maxSize: MAX_REQUEST_BYTES,
      onError: (c) => c.text('malformed request\n', 400),
    }),
    async (c) => {
      const request = new Uint8Array(await c.req.arrayBuffer())
      const answer = turn.then(() => addCheckpoint(request))
      turn = answer.catch(() => undefined)
      return answer
    },
  )
  app.get('/:origin{[0-9a-f]{64}}/checkpoint', async (c) => {
    const note = await store.read(`${c.req.param('origin')}/checkpoint`)
    if (note === null) return c.text('unknown log\n', 404)
    return c.body(new Uint8Array(note), 200, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'max-age=5',
      'access-control-allow-origin': '*',
    })
  })
  return app
}

/** What it cosigned last of each log, from its own notes and under its own signature. */
const remember = async ({
  key,
  logs,
  store,
}: WitnessOptions): Promise<Map<string, WitnessedLog>> => {
  const state = new Map<string, WitnessedLog>()
  for (const { name } of logs) {
    const keys = logs.filter((other) => other.name === name)
    const note = await store.read(witnessedPath(name))
    state.set(name, note === null ? unseenLog(keys) : { keys, ...openOwn(note, name, key) })
  }
  return state
}

const openOwn = (note: Uint8Array, name: string, key: SignerKey) => {
  try {
    const { origin, size, root } = parseCheckpoint(openNote(note, [key.verifier]).text)
    if (origin === name) return { size, root }
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
  }
  throw new LogError('damaged', say('witness.damaged', { origin: name }))
}

/** What a witness answers to add-checkpoint (C2SP tlog-witness). */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { base64, utf8 } from '../../src/ledger/bytes.ts'
import { parseVerifierKey, signerKey } from '../../src/ledger/note-key.ts'
import { openNote } from '../../src/ledger/note.ts'
import { proveConsistency, tileHashReader } from '../../src/ledger/prove.ts'
import {
  SIZE_TYPE,
  decideAddCheckpoint,
  formatAddCheckpoint,
  unseenLog,
  witnessedPath,
  type WitnessState,
} from '../../src/ledger/witness.ts'
import {
  LOG,
  WITNESS,
  checkpointOf,
  entriesOf,
  leafByTheBook,
  logByTheBook,
  rootByTheBook,
} from './build.ts'
import { json, present, suite } from './vectors.ts'

const NOW_SECONDS = 1_760_000_000

/** A witness with its memory: takes what was decided, as a server does. */
const witnessOf = (state: WitnessState, key = WITNESS) => {
  let memory = state
  return (request: string | Uint8Array) => {
    const bytes = typeof request === 'string' ? utf8(request) : request
    const answer = decideAddCheckpoint(memory, bytes, key, NOW_SECONDS)
    const { next } = answer
    if (next !== undefined)
      memory = new Map([...memory, [next.origin, { ...memory.get(next.origin)!, ...next }]])
    return answer
  }
}

describe.skipIf(!present)(suite('the published sequence of requests'), () => {
  type Vector = {
    readonly log_vkey: string
    readonly requests: readonly {
      readonly request: string
      readonly status: number
      readonly assert: 'contains' | '=='
      readonly body: string
      readonly spec_status: number
    }[]
  }

  it('is answered as the specification says, one after the other', () => {
    const { log_vkey, requests } = json('witness-add-checkpoint.json') as Vector
    const key = parseVerifierKey(log_vkey)
    const named = signerKey('example.com/witness', new Uint8Array(32).fill(2), 4)
    const witness = witnessOf(new Map([[key.name, unseenLog([key])]]), named)
    const answers = requests.map(({ request }) => witness(request))
    expect(answers.map(({ status }) => status)).toEqual(requests.map((r) => r.spec_status))
    expect(answers.map(({ status }) => status)).toEqual([
      200, 403, 404, 422, 422, 200, 409, 200, 409,
    ])
    for (const [i, { assert, body }] of requests.entries())
      if (assert === '==') expect(answers[i]!.body).toBe(body)
      else expect(answers[i]!.body).toContain(body)
  })
})

const fresh = () => witnessOf(new Map([[LOG.verifier.name, unseenLog([LOG.verifier])]]))

describe('a witness', () => {
  const SIZE = 9
  const { store } = logByTheBook(entriesOf(SIZE))
  const leaves = entriesOf(SIZE).map(leafByTheBook)
  const checkpoint = (size: number) => checkpointOf(size, rootByTheBook(leaves.slice(0, size)))
  const request = async (old: number, size: number, proofFrom = old) => {
    const proof = await proveConsistency(tileHashReader(store, SIZE), proofFrom, size)
    return formatAddCheckpoint(old, proof.map(base64), checkpoint(size))
  }
  it('cosigns what it sees first, and then only what continues it', async () => {
    const witness = fresh()
    const first = witness(await request(0, 4))
    expect(first.status).toBe(200)
    const opened = openNote(checkpoint(4) + first.body, [LOG.verifier, WITNESS.verifier])
    expect(opened.verified).toContainEqual({ key: WITNESS.verifier, timeSeconds: NOW_SECONDS })
    expect(witness(await request(4, 9)).status).toBe(200)
    expect(witness(await request(9, 9)).status).toBe(200)
  })

  it('hands monitors the checkpoint with the signatures of the log and its own', async () => {
    const stranger = signerKey('stranger.example', new Uint8Array(32).fill(7))
    const signed = checkpointOf(4, rootByTheBook(leaves.slice(0, 4)), [stranger, LOG])
    const { next } = fresh()(formatAddCheckpoint(0, [], signed))
    const { verified, unknown } = openNote(next!.checkpoint, [LOG.verifier, WITNESS.verifier])
    expect(verified.map(({ key }) => key)).toEqual([LOG.verifier, WITNESS.verifier])
    expect(unknown).toEqual([])
    const digest = createHash('sha256').update('log.example/test').digest('hex')
    expect(witnessedPath(next!.origin)).toBe(`${digest}/checkpoint`)
  })

  it('never cosigns a second tree of a size, a smaller tree, or a fork', async () => {
    const witness = fresh()
    witness(await request(0, 4))
    const forged = rootByTheBook(entriesOf(4, 'forged').map(leafByTheBook))
    expect(witness(formatAddCheckpoint(4, [], checkpointOf(4, forged))).status).toBe(422)
    expect(witness(formatAddCheckpoint(4, [], checkpoint(3))).status).toBe(400)
    expect(witness(formatAddCheckpoint(3, [], checkpoint(3))).status).toBe(409)
    const fork = formatAddCheckpoint(4, [base64(forged)], checkpointOf(5, forged))
    expect(witness(fork).status).toBe(422)
    expect(witness(await request(4, 9)).status).toBe(200)
  })

  it('tells the size that it remembers to whoever asks with another', async () => {
    const witness = fresh()
    witness(await request(0, 4))
    expect(witness(await request(0, 9))).toEqual({
      status: 409,
      body: '4\n',
      contentType: SIZE_TYPE,
    })
    expect(witness(await request(5, 9))).toMatchObject({ status: 409, body: '4\n' })
  })

  it('takes the empty tree with its one root, and no proof from 0', async () => {
    const witness = fresh()
    const wrong = checkpointOf(0, rootByTheBook(leaves))
    expect(witness(formatAddCheckpoint(0, [], wrong)).status).toBe(422)
    expect(witness(await request(0, 0)).status).toBe(200)
    const hash = base64(leaves[0]!)
    expect(witness(formatAddCheckpoint(0, [hash], checkpoint(4))).status).toBe(422)
    expect(witness(await request(0, 4)).status).toBe(200)
  })

  it('does not know a log that it was not told of, whoever signs', () => {
    const other = signerKey('other.example', new Uint8Array(32).fill(1))
    const witness = witnessOf(new Map([['other.example', unseenLog([other.verifier])]]))
    expect(witness(formatAddCheckpoint(0, [], checkpoint(4))).status).toBe(404)
  })

  it('refuses a checkpoint that no trusted key, or a trusted key wrongly, signed', () => {
    const witness = fresh()
    const signed = checkpoint(4)
    const damaged = signed.replace(
      /.(=*)\n$/,
      (line) => (line[0] === 'A' ? 'Q' : 'A') + line.slice(1),
    )
    expect(witness(formatAddCheckpoint(0, [], damaged)).status).not.toBe(200)
    expect(witness(formatAddCheckpoint(0, [], signed.replace('\n4\n', '\n5\n'))).status).toBe(403)
    const impostor = signerKey(LOG.verifier.name, new Uint8Array(32).fill(6))
    const forged = checkpointOf(4, rootByTheBook(leaves.slice(0, 4)), [impostor])
    expect(witness(formatAddCheckpoint(0, [], forged)).status).toBe(403)
  })

  const good = formatAddCheckpoint(0, [], checkpoint(4))
  it.each([
    ['nothing', ''],
    ['no old size', good.replace('old 0\n', '\n')],
    ['an old size with a leading zero', good.replace('old 0', 'old 00')],
    ['a proof line that is no hash', good.replace('old 0\n', 'old 0\nAAAA\n')],
    [
      '64 proof lines',
      formatAddCheckpoint(0, Array<string>(64).fill(base64(leaves[0]!)), checkpoint(4)),
    ],
    ['no signature', good.slice(0, good.lastIndexOf('\n\n') + 1)],
    ['a note that is no checkpoint', good.replace('\n4\n', '\nfour\n')],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe)],
    ['more than a request ever holds', `${good}${'x'.repeat(70_000)}`],
  ])('calls a request malformed that has %s', (_, malformed) => {
    expect(fresh()(malformed).status).toBe(400)
  })
})

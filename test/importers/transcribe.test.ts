/** The transcription client against a small server on this machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { transcribe, TranscribeError } from '../../src/importers/transcribe.ts'

type Request = { readonly path: string; readonly key: string | undefined; readonly body: string }

const ANSWER = {
  task: 'transcribe',
  language: 'chinese',
  segments: [{ id: 0, start: 61.2, end: 63, text: '今天全网最低价', avg_logprob: -0.2 }],
}

let folder: string
let file: string
let server: Server
let address: string
let asked: Request[]
/** What the server does with the request of that number, from 0. */
let answer: (at: number, response: ServerResponse) => void

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-transcribe-'))
  file = join(folder, 'evening.wav')
  writeFileSync(file, 'RIFF-sound')
  asked = []
  server = createServer((request, response) => void take(request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

const take = async (request: IncomingMessage, response: ServerResponse) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  asked.push({
    path: request.url ?? '',
    key: request.headers.authorization,
    body: Buffer.concat(parts).toString('utf8'),
  })
  answer(asked.length - 1, response)
}

afterEach(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const json = (response: ServerResponse, status: number, value: unknown, headers = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(value))
}

const failure = async (options = {}, where = address): Promise<TranscribeError> => {
  const caught: unknown = await transcribe(where, file, { waitMs: 1, ...options }).catch(
    (error: unknown) => error,
  )
  expect(caught).toBeInstanceOf(TranscribeError)
  return caught as TranscribeError
}

describe('a transcription server', () => {
  it('is sent the recording as the API has it, and its segments become captions', async () => {
    answer = (_, response) => json(response, 200, ANSWER)
    const { cues } = await transcribe(address, file, { model: 'm-1', language: 'zh', key: 'k' })
    expect(cues).toEqual([{ startMs: 61_200, endMs: 63_000, text: '今天全网最低价' }])
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ path: '/v1/audio/transcriptions', key: 'Bearer k' })
    for (const part of ['name="model"', 'm-1', 'verbose_json', 'evening.wav', 'RIFF-sound'])
      expect(asked[0]!.body).toContain(part)
  })

  it.each(['/v1', '/v1/', '/v1/audio/transcriptions', '/'])(
    'may be named with any part of the path: %s',
    async (path) => {
      answer = (_, response) => json(response, 200, ANSWER)
      await transcribe(`${address}${path}`, file)
      expect(asked[0]!.path).toBe('/v1/audio/transcriptions')
    },
  )

  it('is asked again while it is busy, and only then', async () => {
    answer = (at, response) =>
      at < 2
        ? json(response, at === 0 ? 503 : 429, {}, { 'retry-after': '0' })
        : json(response, 200, ANSWER)
    expect((await transcribe(address, file, { waitMs: 1 })).cues).toHaveLength(1)
    expect(asked).toHaveLength(3)
  })

  it('is not asked again after a plain no, and its words are passed on', async () => {
    answer = (_, response) => json(response, 400, { error: { message: 'no such model' } })
    const { code, sentence } = await failure()
    expect(code).toBe('refused')
    expect(sentence.en).toContain('status 400: no such model')
    expect(sentence.zh).toContain('400')
    expect(asked).toHaveLength(1)
  })

  it('is given up on when it stays busy', async () => {
    answer = (_, response) => json(response, 500, 'down')
    expect((await failure({ attempts: 2 })).code).toBe('refused')
    expect(asked).toHaveLength(2)
  })

  it('must answer in time', async () => {
    answer = () => undefined
    expect((await failure({ timeoutMs: 50 })).code).toBe('timeout')
  })

  it('must answer with times', async () => {
    answer = (_, response) => json(response, 200, { text: '今天全网最低价' })
    expect((await failure()).code).toBe('bad-answer')
  })

  it('may be away', async () => {
    const { code, sentence } = await failure({ attempts: 1 }, 'http://127.0.0.1:1')
    expect(code).toBe('unreachable')
    expect(sentence.en).toContain('127.0.0.1:1')
  })

  it('is left at once when the caller stops', async () => {
    const controller = new AbortController()
    answer = () => controller.abort(new Error('stopped'))
    await expect(transcribe(address, file, { signal: controller.signal })).rejects.toThrow(
      'stopped',
    )
  })
})

it('says which file or address is no good', async () => {
  await expect(transcribe('http://127.0.0.1:1', '/nowhere.wav')).rejects.toMatchObject({
    code: 'no-file',
  })
  await expect(transcribe('ftp://host', file)).rejects.toMatchObject({ code: 'bad-address' })
})

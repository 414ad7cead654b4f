/** Where a recording may be read from, and where not. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderSource, SourceError, webSource } from '../../src/archive/source.ts'

const refused = (code: SourceError['code']) => expect.objectContaining({ code }) as SourceError

describe('a folder', () => {
  let dir: string
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'assay-source-'))
    await mkdir(join(dir, 'live'))
    await writeFile(join(dir, 'secret'), 'secret')
    await writeFile(join(dir, 'live', 'a b.ts'), 'abcdef')
    await symlink(join(dir, 'secret'), join(dir, 'live', 'link.ts'))
  })
  afterAll(() => rm(dir, { recursive: true }))
  const source = () => folderSource(join(dir, 'live', 'index.m3u8'))

  it('gives its files and ranges of them', async () => {
    const address = source().resolve('a%20b.ts?token=1', '')
    expect(Buffer.from(await source().read(address, 100)).toString()).toBe('abcdef')
    const range = { offset: 2, length: 3 }
    expect(Buffer.from(await source().read(address, 100, range)).toString()).toBe('cde')
  })

  it.each([
    '../secret',
    '/etc/passwd',
    'file:///etc/passwd',
    'http://localhost/x',
    '%2e%2e/secret',
    '%zz',
  ])('does not lead to %s', (uri) => {
    expect(() => source().resolve(uri, '')).toThrow(refused('refused'))
  })

  it('does not follow a link out of itself', async () => {
    const address = source().resolve('link.ts', '')
    await expect(source().read(address, 100)).rejects.toThrow(refused('refused'))
  })

  it('gives nothing longer than allowed, shorter than said, or absent', async () => {
    const address = source().resolve('a b.ts', '')
    await expect(source().read(address, 5)).rejects.toThrow(refused('refused'))
    const range = { offset: 4, length: 3 }
    await expect(source().read(address, 100, range)).rejects.toThrow(refused('unreachable'))
    const absent = source().resolve('b.ts', '')
    await expect(source().read(absent, 100)).rejects.toThrow(refused('unreachable'))
  })
})

describe('a host', () => {
  let base: string
  const heard: string[] = []
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const url = request.url ?? ''
    heard.push(url)
    const hop = /^\/hop\/([0-9]+)$/.exec(url)
    if (hop !== null)
      response.writeHead(302, { location: hop[1] === '1' ? '/file' : `/hop/${Number(hop[1]) - 1}` })
    else if (url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/meta' })
    else if (url === '/local') response.writeHead(302, { location: 'file:///etc/passwd' })
    else if (url === '/endless') response.writeHead(200, { 'content-length': '3' }).flushHeaders()
    else if (url === '/ranged') {
      expect(request.headers.range).toBe('bytes=1-2')
      response.writeHead(206).write('bc')
    } else if (url === '/slow') return
    else if (url === '/gone') response.writeHead(404)
    else response.writeHead(200).write('abcdef')
    response.end()
  }
  const server = createServer(serve)
  beforeAll(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const source = (timeoutMs = 5000) => webSource(`${base}/live.m3u8`, { fetch, timeoutMs })

  it('gives its files, through at most three redirects', async () => {
    expect(Buffer.from(await source().read(`${base}/hop/3`, 100)).toString()).toBe('abcdef')
    await expect(source().read(`${base}/hop/4`, 100)).rejects.toThrow(refused('refused'))
  })

  it('gives ranges, whether the server knows of them or not', async () => {
    const range = { offset: 1, length: 2 }
    expect(Buffer.from(await source().read(`${base}/ranged`, 100, range)).toString()).toBe('bc')
    expect(Buffer.from(await source().read(`${base}/file`, 100, range)).toString()).toBe('bc')
  })

  it('does not send the recorder to another host, or to a file', async () => {
    await expect(source().read(`${base}/away`, 100)).rejects.toThrow(refused('refused'))
    await expect(source().read(`${base}/local`, 100)).rejects.toThrow(refused('refused'))
    expect(() => source().resolve('//10.0.0.1/x', `${base}/live.m3u8`)).toThrow(refused('refused'))
    const named = webSource(`${base}/live.m3u8`, { fetch, hosts: ['cdn.example'] })
    expect(named.resolve('https://cdn.example/x.ts', base)).toBe('https://cdn.example/x.ts')
  })

  it('counts what comes and stops at the limit', async () => {
    await expect(source().read(`${base}/file`, 5)).rejects.toThrow(refused('refused'))
  })

  it('may come back after an error, a broken answer or a silence', async () => {
    await expect(source().read(`${base}/gone`, 100)).rejects.toThrow(refused('unreachable'))
    await expect(source(300).read(`${base}/endless`, 100)).rejects.toThrow(refused('unreachable'))
    await expect(source(100).read(`${base}/slow`, 100)).rejects.toThrow(refused('unreachable'))
  })
})

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Unreadable } from '../../src/importers/unreadable.ts'
import { event, folder, lines, read, writeTo } from './lib.ts'

const dir = folder()
const watched = (id: string, view = 'w-1') =>
  event(id, 'viewer.watched', { view, seconds: 30 }, Number(id.replace(/\D/g, '')) * 1000)
const three = [watched('1'), watched('2'), watched('3')]

/** A Zstandard frame of one raw block (RFC 8878 §3.1.1): magic, header, block, no checksum. */
const zstd = (content: Uint8Array): Uint8Array => {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(content.length)
  // Frame header: 4-byte content size, single segment.
  const header = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0]), size])
  const block = Buffer.alloc(4)
  block.writeUInt32LE((content.length << 3) | 1)
  return Buffer.concat([header, block.subarray(0, 3), content])
}

describe('NDJSON is read', () => {
  it('plain, gzipped and in Zstandard alike, whatever the file is called', async () => {
    const plain = Buffer.from(lines(three))
    const paths = [plain, gzipSync(plain), zstd(plain)].map((bytes, i) =>
      writeTo(dir, `same-${i}.txt`, bytes),
    )
    for (const path of paths) {
      const { evidence, input } = await read([path])
      expect(input).toMatchObject({ format: 'ndjson', lines: 3, events: 3, refused: [] })
      expect(evidence.rooms.get('broadcast-1')!.views.columns.beats[0]).toBe(3)
    }
  })

  it('through every boundary of blocks, with text of several bytes a character', async () => {
    const count = 3000
    const comments = Array.from({ length: count }, (_, i) => {
      const text = i % 7 === 0 ? '这个锅能用电磁炉吗😀'.repeat(1 + (i % 50)) : `nice ${i}`
      return event(`c${i}`, 'comment.posted', { comment: `c${i}`, viewer: 'u', text }, i)
    })
    const { evidence, input } = await read([writeTo(dir, 'long.ndjson', lines(comments))])
    expect(input.events).toBe(count)
    const table = evidence.rooms.get('broadcast-1')!.comments
    for (const i of [0, 7, 8, 1407, 2996, 2999]) {
      const row = table.ids.find(`c${i}`)!
      expect(table.texts.nameOf(table.columns.text[row]! - 1)).toBe(
        comments[i]!.data['text' as never],
      )
    }
  })

  it('with a byte order mark, Windows line ends, blank lines and no newline at the end', async () => {
    const text = `\uFEFF${three.map((e) => JSON.stringify(e)).join('\r\n\r\n')}`
    const { input } = await read([writeTo(dir, 'windows.ndjson', text)])
    expect(input).toMatchObject({ events: 3, refused: [] })
  })

  it('as one array, on one line or many', async () => {
    for (const text of [JSON.stringify(three), JSON.stringify(three, null, 2)]) {
      const { input } = await read([writeTo(dir, 'batch.json', text)])
      expect(input).toMatchObject({ format: 'json-batch', events: 3 })
    }
  })

  it('from folders, sorted, and globs; a file of another kind there is only noted', async () => {
    const sub = join(dir, 'sub')
    mkdirSync(join(sub, 'deep'), { recursive: true })
    const b = writeTo(sub, 'b.ndjson', lines([three[1]]))
    const a = writeTo(join(sub, 'deep'), 'a.ndjson', lines([three[0]]))
    const readme = writeTo(sub, 'README.md', '# about')
    const { inputs } = await read([sub])
    expect(inputs.map(({ path, events }) => [path, events])).toEqual([
      [readme, 0],
      [b, 1],
      [a, 1],
    ])
    expect((await read([`${sub}/**/*.ndjson`])).inputs).toHaveLength(2)
  })

  it('from a folder in which a stranger’s table lies, which is complained of only when named', async () => {
    const sub = join(dir, 'with-table')
    mkdirSync(sub)
    writeTo(sub, 'a.ndjson', lines([three[0]]))
    const table = writeTo(sub, 'orders.csv', 'number,shop\n1,brand-x\n')
    const { inputs } = await read([sub])
    expect(inputs.map(({ events }) => events)).toEqual([1, 0])
    await expect(read([table])).rejects.toThrow('--mapping')
  })
})

/** What is refused of a file with these lines between two sound ones. */
const bad = async (...middle: readonly (string | Uint8Array)[]) => {
  const parts = middle.flatMap((part) => [Buffer.from(part), Buffer.from('\n')])
  const bytes = Buffer.concat([
    Buffer.from(lines([three[0]])),
    ...parts,
    Buffer.from(lines([three[1]])),
  ])
  const { input } = await read([writeTo(dir, 'bad.ndjson', bytes)])
  expect(input.events).toBe(2)
  return input.refused
}

describe('a bad line is refused alone', () => {
  it('and named with file, line and reason', async () => {
    const [refused] = await bad('{"specversion":"1.0",')
    expect(refused).toMatchObject({ code: 'not-json', count: 1 })
    expect(refused!.examples[0]!.where).toBe(`${join(dir, 'bad.ndjson')}:2`)
  })

  it.each([
    ['two values on a line', '{"a":1},{"b":2}', 'not-json'],
    ['a string left open', '{"a":"b', 'not-json'],
    ['a number', '12', 'not-an-object'],
    ['another type', JSON.stringify(event('x', 'thing.done', {})), 'unknown-type'],
    ['a missing field', JSON.stringify(event('x', 'viewer.left', {})), 'missing-field'],
  ])('%s', async (_, line, code) => {
    expect(await bad(line)).toMatchObject([{ code, count: 1 }])
  })

  it('when it is not UTF-8', async () => {
    const line = Buffer.from(
      JSON.stringify(watched('9', 'w-x')).replace('w-x', 'w-\u00e9'),
      'latin1',
    )
    expect(await bad(line)).toMatchObject([{ code: 'wrong-encoding', count: 1 }])
  })

  it('when it is longer than 1 MiB, without being held in memory', async () => {
    const line = `{"a":"${'x'.repeat(5 << 20)}"}`
    expect(await bad(line)).toMatchObject([{ code: 'line-too-long', count: 1 }])
  })

  it('when its keys reach for prototypes, which stay as they were', async () => {
    const { data, ...rest } = watched('9')
    const line = JSON.stringify({ ...rest, data: 0 }).replace(
      '"data":0',
      `"data":{"__proto__":{"view":"w-p","seconds":1}},"__proto__":{"polluted":1}`,
    )
    expect(await bad(line)).toMatchObject([{ code: 'missing-field' }])
    expect(data).not.toHaveProperty('polluted')
  })

  it('and twenty thousand of them keep ten examples', async () => {
    const refused = await bad(...Array.from({ length: 20_000 }, () => '{'))
    expect(refused).toMatchObject([{ code: 'not-json', count: 20_000 }])
    expect(refused[0]!.examples).toHaveLength(10)
  })

  it('when an archive breaks off, what came before stands', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => watched(String(i), `w-${i * 7919}`))
    const whole = gzipSync(lines(many))
    const path = writeTo(dir, 'cut.gz', whole.subarray(0, whole.length >> 1))
    const { input } = await read([path])
    expect(input.events).toBeGreaterThan(1000)
    expect(input.events).toBeLessThan(20_000)
    expect(input.refused.map(({ code }) => code)).toContain('broken-archive')
  })
})

describe('a file that holds nothing usable is named in one line', () => {
  it.each([
    ['empty', ''],
    ['UTF-16', Buffer.from(`\uFEFF${lines(three)}`, 'utf16le')],
    ['prose', '# a heading\nand a line\n'],
    ['lines of something else', '{"a":1}\n{"a":2}\n'],
  ])('%s', async (name, content) => {
    const path = writeTo(dir, `useless-${name.replaceAll(' ', '-')}`, content)
    const error: unknown = await read([path]).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Unreadable)
    const { sentence } = error as Unreadable
    expect(sentence.en).toContain(path)
    expect(sentence.zh).toContain(path)
    expect(sentence.en).not.toContain('\n')
  })

  it('and so is a path that is not there', async () => {
    await expect(read([join(dir, 'nowhere')])).rejects.toThrow('no such file')
  })
})

describe('reading', () => {
  it('stops when asked', async () => {
    const path = writeTo(dir, 'stop.ndjson', lines(three))
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(read([path], { signal })).rejects.toThrow('enough')
  })

  it('tells how far it is, in bytes of the file as it lies', async () => {
    const bytes = gzipSync(lines(three))
    const path = writeTo(dir, 'progress.gz', bytes)
    const seen: number[] = []
    await read([path], { onProgress: (progress) => seen.push(progress.bytes) })
    expect(seen.at(-1)).toBe(bytes.length)
  })

  it('knows a repeat in another file', async () => {
    const [a, b] = ['twice-a', 'twice-b'].map((name) => writeTo(dir, name, lines(three)))
    const { inputs } = await read([a!, b!])
    expect(inputs.map(({ events, repeats }) => [events, repeats])).toEqual([
      [3, 0],
      [0, 3],
    ])
  })
})

/** Lines of JSON out of a stream, whatever they hold and however it was cut. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLines } from '../../src/importers/json-lines.ts'

/** Pieces of `size` bytes. */
const pieces = async function* (text: string, size: number) {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  await Promise.resolve()
}

const valuesOf = async (stream: AsyncIterable<Uint8Array>): Promise<unknown[]> => {
  const values: unknown[] = []
  await readLines(stream, {
    value: (value) => values.push(value),
    refuse: ({ code }) => values.push(code),
    beat: () => {},
  })
  return values
}

const texts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' })))

const many = (name: string) => `{"from":"${name}"}\n`.repeat(500)

const failing = async function* () {
  yield Buffer.from('{"a":1}\n{"b"')
  await Promise.resolve()
  throw new RangeError('the line went dead')
}

describe('lines of JSON', () => {
  it('are read as what each of them says, wherever characters of several bytes stand', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 90 }), async (lines, size) => {
        const text = lines.map((line) => `${JSON.stringify({ text: line })}\n`).join('')
        expect(await valuesOf(pieces(text, size))).toEqual(
          text
            .split('\n')
            .slice(0, -1)
            .map((line) => JSON.parse(line) as unknown),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('of one stream are nothing to the next', async () => {
    await valuesOf(pieces(`${'{"text":"é"}\n'.repeat(20_000)}{"cut`, 65_536))
    expect(await valuesOf(pieces('{"a":1}\n{"b":"中"}', 4))).toEqual([{ a: 1 }, { b: '中' }])
    expect(await valuesOf(pieces('', 1))).toEqual([])
  })

  it('of two streams at a time are kept apart', async () => {
    const [a, b] = await Promise.all([
      valuesOf(pieces(many('a'), 100)),
      valuesOf(pieces(many('b'), 130)),
    ])
    expect(a).toEqual(Array.from({ length: 500 }, () => ({ from: 'a' })))
    expect(b).toEqual(Array.from({ length: 500 }, () => ({ from: 'b' })))
  })

  it('after a stream that failed are read as ever', async () => {
    await expect(valuesOf(failing())).rejects.toThrow('the line went dead')
    expect(await valuesOf(pieces('{"c":3}', 3))).toEqual([{ c: 3 }])
  })
})

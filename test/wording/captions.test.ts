/** Transcripts as recognisers and editors write them; expected cues are read off by eye. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CaptionError, type Captions } from '../../src/wording/captions/cue.ts'
import { clockOf, readCaptions } from '../../src/wording/captions/read.ts'

const short = ({ cues }: Captions) =>
  cues.map(({ startMs, endMs, text, speaker }) =>
    [startMs, endMs, text, ...(speaker === undefined ? [] : [speaker])].join('|'),
  )

describe('WebVTT', () => {
  it('gives what is spoken, by whom and when', () => {
    const text = `WEBVTT - evening

NOTE checked
by a person

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.500 align:start
<v 主播>今天这款<b>燕窝</b>
含量特别高 &amp; 实惠

01:00:00.000 --> 01:00:02.000
<00:00:01.000>没有<c.yellow>声音</c>`
    expect(short(readCaptions(text))).toEqual([
      '1000|3500|今天这款燕窝 含量特别高 & 实惠|主播',
      '3600000|3602000|没有声音',
    ])
  })

  it('may hold no cue at all', () => expect(readCaptions('WEBVTT\n\n').cues).toEqual([]))
})

describe('SubRip', () => {
  it('is read with either line ending, with commas and with numbers', () => {
    const text =
      '\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}你好\r\n\r\n2\r\n00:00:02,5 --> 00:00:03,000\r\n再见\r\n'
    expect(short(readCaptions(text))).toEqual(['1000|2000|你好', '2500|3000|再见'])
  })

  it('keeps cues apart where the empty line between them is missing', () => {
    const text =
      '1\n00:00:01,000 --> 00:00:02,000\n第一句\n2\n00:00:02,000 --> 00:00:03,000\n第二句\n'
    expect(short(readCaptions(text))).toEqual(['1000|2000|第一句', '2000|3000|第二句'])
  })

  it('refuses a bad cue alone, by its line', () => {
    const text = `1
00:00:09,000 --> 00:00:08,000
早了

2
00:00:xx,000 --> 00:00:11,000
坏了

3
00:00:12,000 --> 00:00:13,000

4
00:00:14,000 --> 00:00:15,000
好的`
    const { cues, refused } = readCaptions(text)
    expect(cues.map(({ text: said }) => said)).toEqual(['好的'])
    expect(refused).toEqual([
      { at: 2, code: 'ends-before-start' },
      { at: 6, code: 'bad-time' },
      { at: 10, code: 'no-text' },
    ])
  })
})

describe('a JSON transcript', () => {
  it.each([
    [
      'verbose_json',
      { task: 'transcribe', segments: [{ id: 0, start: 1, end: 2.5, text: ' 你好' }] },
    ],
    ['whisper.cpp', { transcription: [{ offsets: { from: 1000, to: 2500 }, text: '你好' }] }],
    ['Deepgram', { results: { utterances: [{ start: 1, end: 2.5, transcript: '你好' }] } }],
    ['AssemblyAI', { utterances: [{ start: 1000, end: 2500, text: '你好', confidence: 0.9 }] }],
    [
      'DashScope',
      { transcripts: [{ sentences: [{ begin_time: 1000, end_time: 2500, text: '你好' }] }] },
    ],
    [
      'FunASR',
      [{ key: 'a', text: '…', sentence_info: [{ start: 1000, end: 2500, text: '你好' }] }],
    ],
    ['Bilibili', { body: [{ from: 1, to: 2.5, content: '你好' }] }],
    [
      'YouTube json3',
      {
        events: [
          { tStartMs: 0, id: 1 },
          { tStartMs: 1000, dDurationMs: 1500, segs: [{ utf8: '你' }, { utf8: '好' }] },
        ],
      },
    ],
    ['a bare list', [{ startMs: 1000, endMs: 2500, text: '你好' }]],
    ['clock times', [{ start: '00:00:01,000', end: '00:00:02,500', text: '你好' }]],
  ])('of the shape %s is read', (_, shape) => {
    expect(short(readCaptions(JSON.stringify(shape)))).toEqual(['1000|2500|你好'])
  })

  it('is read a line at a time where it is NDJSON', () => {
    const lines = '{"start":1,"end":2,"text":"a","speaker":0}\n{"start":2,"end":3,"text":"b"}\n'
    expect(short(readCaptions(lines))).toEqual(['1000|2000|a|0', '2000|3000|b'])
  })

  it('counts in milliseconds as a list, not cue by cue', () => {
    const list = [
      { start: 0, end: 40, text: '嗯' },
      { start: 100, end: 2100, text: '这款锅' },
      { start: 2200, end: 4200, text: '很轻' },
    ]
    expect(short(readCaptions(JSON.stringify(list)))[0]).toBe('0|40|嗯')
  })

  it.each([
    ['{"hello": 1}', 'unknown-shape'],
    ['{"segments": ', 'not-json'],
    ['hello\nworld', 'not-captions'],
  ])('is refused as a whole where it is none: %s', (text, code) => {
    const read = () => readCaptions(text)
    expect(read).toThrow(CaptionError)
    expect(read).toThrow(expect.objectContaining({ code }) as Error)
  })
})

it('reads any text in linear time or refuses it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      try {
        readCaptions(text)
      } catch (error) {
        expect(error).toBeInstanceOf(CaptionError)
      }
    }),
  )
  // Time that grew with the square of its length would not end within the test.
  const hostile = `WEBVTT\n\n00:01.000 --> 00:02.000\n${'<v '.repeat(1_000_000)}`
  expect(readCaptions(hostile).cues).toHaveLength(1)
})

it('shows an offset as a clock', () => expect(clockOf(3_723_045)).toBe('01:02:03.045'))

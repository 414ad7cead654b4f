/** `assay words` as a person and a script meet it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '../../src/cli/command.ts'
import { wordsCommand } from '../../src/cli/commands/words.ts'
import { Unreadable } from '../../src/importers/unreadable.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-words-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const words = async (args: readonly string[], language: 'en' | 'zh' = 'en') => {
  let stdout = ''
  const status = await wordsCommand.run(args, {
    out: (text) => (stdout += text),
    err: () => {},
    isTerminal: false,
    language,
    signal: new AbortController().signal,
  })
  return { status, stdout }
}
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
type Report = {
  texts: number
  hits: { text: string; matched: string; rule: string; line: number; spokenAtMs?: number }[]
}
const report = async (args: readonly string[]) =>
  JSON.parse((await words([...args, '--json'])).stdout) as Report

describe('assay words', () => {
  it('shows the original words, rule, verdict, step, law and reason, in both languages', async () => {
    const args = ['--text', '这款面霜能治疗湿疹', '--category', 'cosmetic']
    const english = await words(args)
    expect(english.status).toBe(0)
    for (const part of ['治疗湿疹', 'violation', 'AdL-17', 'The host on air: '])
      expect(english.stdout).toContain(part)
    const chinese = (await words(args, 'zh')).stdout
    for (const part of ['治疗湿疹', '违规', 'AdL-17', '主播在直播中：'])
      expect(chinese).toContain(part)
  })

  it('keeps quiet about innocent words unless asked', async () => {
    expect((await report(['--text', '我们不是全网第一'])).hits).toEqual([])
    expect((await report(['--text', '我们不是全网第一', '--all'])).hits).toMatchObject([
      { verdict: 'innocent' },
    ])
  })

  it('reads lines, captions, events and JSON lines, each with its place', async () => {
    const lines = await report([file('a.md', '# 标题\n\n加微信领券\n')])
    expect(lines.hits).toMatchObject([{ matched: expect.stringContaining('加微信'), line: 3 }])
    const captions = file('a.vtt', 'WEBVTT\n\n00:01:02.500 --> 00:01:04.000\n加微信领券\n')
    expect((await report([captions])).hits).toMatchObject([
      { spokenAtMs: 62_500, place: 'caption' },
    ])
    const event = {
      specversion: '1.0',
      id: 'e-1',
      source: '/s',
      type: 'live.comment.posted',
      subject: 'b-1',
      time: '2026-03-01T12:00:00Z',
      data: { comment: 'c-1', viewer: 'v-1', text: '能治疗高血压吗' },
    }
    const said = { text: '加微信领券', speaker: 'viewer', place: 'comment' }
    const mixed = file('a.ndjson', `${JSON.stringify(event)}\n${JSON.stringify(said)}\n`)
    expect((await report([mixed, '--all'])).hits.map(({ line }) => line)).toContain(1)
    expect((await report([mixed])).hits.filter(({ line }) => line === 1)).toEqual([])
  })

  it('ends with status 1 where --fail-on names what was found', async () => {
    const args = ['--text', '加微信领券', '--fail-on']
    expect((await words([...args, 'violation'])).status).toBe(1)
    expect((await words([...args, 'offsite-lure'])).status).toBe(1)
    expect((await words([...args, 'needs-fact'])).status).toBe(0)
  })

  it('takes a list of the operator, e.g. for red line 1, which ships none', async () => {
    const list = {
      version: '1',
      from: '2020-01-01',
      entries: [
        {
          id: 'own-1',
          rule: 'red-line-1',
          terms: ['甲乙丙丁'],
          meaning: { en: 'On our list', zh: '自有词表' },
        },
      ],
    }
    const path = file('own.json', JSON.stringify(list))
    expect((await report(['--text', '甲乙丙丁'])).hits).toEqual([])
    expect((await report(['--text', '甲乙丙丁', '--lists', path])).hits).toMatchObject([
      { rule: 'red-line-1' },
    ])
  })

  it.each([
    [[], 'name a file'],
    [['nowhere.txt'], 'nowhere.txt cannot be read'],
    [['--text', 'a', '--speaker', 'king'], '--speaker king'],
    [['--text', 'a', '--fail-on', 'everything'], '--fail-on everything'],
    [['--text', 'a', '--at', 'yesterday'], 'yesterday'],
    [['--text', 'a', '--lists', 'nowhere.json'], 'nowhere.json'],
  ])('refuses %j in one sentence', async (args, complaint) => {
    const failure: unknown = await words(args).catch((error: unknown) => error)
    expect(failure instanceof UsageError || failure instanceof Unreadable).toBe(true)
    expect((failure as UsageError).sentence.en).toContain(complaint)
    expect((failure as UsageError).sentence.zh).not.toContain('\n')
  })
})

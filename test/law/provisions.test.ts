import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parsePolicy, PolicyError, RED_LINES } from '../../src/law/policy.ts'
import { provisionsFor, redLineProvisions } from '../../src/law/provisions.ts'
import { FINDING_KINDS } from '../../src/vocabulary/finding.ts'

const json = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../policies/cn/${name}`, import.meta.url), 'utf8'))

const cn = parsePolicy(json('provisions.json'), json('findings.json'))
const noon = (day: string) => Date.parse(`${day}T12:00:00+08:00`)
const ids = (...args: Parameters<typeof provisionsFor>) => provisionsFor(...args).map((p) => p.id)
const all = (day: string) => new Set(FINDING_KINDS.flatMap((kind) => ids(kind, noon(day), cn)))
const starting = (prefix: string, day: string) =>
  [...all(day)].filter((id) => id.startsWith(`${prefix}-`))

describe('the provisions of a finding', () => {
  it('cites the industry code against order brushing from 1 July 2020 on (S1-21)', () => {
    expect(ids('order-anomaly', noon('2020-06-30'), cn)).not.toContain('CC20-fake')
    expect(ids('order-anomaly', noon('2020-07-01'), cn)).toContain('CC20-fake')
    expect(ids('order-concentration', noon('2020-07-01'), cn)).toContain('CC20-fake')
  })

  it('cites the 2020 draft as a draft, and no longer once the 2021 measures stand (S1-22)', () => {
    const draft = provisionsFor('bought-viewers', noon('2020-11-20'), cn).find(
      (provision) => provision.id === 'D20-fake',
    )
    expect(draft).toMatchObject({ status: 'draft', reading: 'verified' })
    expect(starting('D20', '2021-05-24')).not.toEqual([])
    expect(starting('D20', '2021-05-25')).toEqual([])
  })

  it('marks nothing but the draft as a draft, on any date', () => {
    for (const day of ['2020-11-20', '2021-05-24', '2024-07-01', '2026-02-01'])
      for (const kind of FINDING_KINDS)
        for (const { id, status } of provisionsFor(kind, noon(day), cn))
          expect(status, id).toBe(id.startsWith('D20-') ? 'draft' : 'in-force')
  })

  it('applies the 2021 measures to 25 May 2021 and not to the day before (S4-1)', () => {
    expect(starting('M21', '2021-05-24')).toEqual([])
    expect(starting('M21', '2021-05-25')).toContain('M21-18-4')
  })

  it('begins a day at midnight in China, not in Greenwich', () => {
    const at = Date.parse('2021-05-25T00:00:00+08:00')
    expect(ids('bought-likes', at, cn)).toContain('M21-18-4')
    expect(ids('bought-likes', at - 1, cn)).not.toContain('M21-18-4')
  })

  it('cites both measures from 1 February 2026, because neither repeals the other', () => {
    expect(starting('M26', '2026-01-31')).toEqual([])
    const both = ids('bought-viewers', noon('2026-02-01'), cn)
    expect(both).toEqual(expect.arrayContaining(['M26-34a', 'M21-18-4']))
  })

  it('applies the 2021 measures alone to a picture-text room', () => {
    const at = noon('2026-02-01')
    const cited = FINDING_KINDS.flatMap((kind) => ids(kind, at, cn, 'picture-text'))
    expect(cited.filter((id) => id.startsWith('M26-'))).toEqual([])
    expect(cited).toContain('M21-18-4')
    expect(ids('bought-viewers', at, cn, 'audio')).toContain('M26-34a')
  })

  it('knows malicious returns as unfair competition only since 15 October 2025', () => {
    expect(ids('order-anomaly', noon('2025-10-14'), cn)).not.toContain('AUCL-13(4)')
    expect(ids('order-anomaly', noon('2025-10-15'), cn)).toContain('AUCL-13(4)')
  })

  it.each([...FINDING_KINDS])('knows a provision for %s in 2020, 2021 and 2026', (kind) => {
    for (const day of ['2020-11-11', '2021-05-25', '2026-02-01'])
      expect(provisionsFor(kind, noon(day), cn), day).not.toEqual([])
  })

  it('has all eight red lines, each citing its own paragraph', () => {
    for (const line of RED_LINES) {
      const cited = redLineProvisions(line, noon('2021-05-25'), cn).map((p) => p.id)
      expect(cited).toContain(`M21-18-${line}`)
      expect(cited.filter((id) => id.startsWith('M21-18-'))).toEqual([`M21-18-${line}`])
    }
  })

  it('cites nothing where the time of the event is not known', () => {
    expect(provisionsFor('order-anomaly', Number.NaN, cn)).toEqual([])
  })

  it('says of every provision how far its text was read, in both languages', () => {
    for (const day of ['2020-11-11', '2026-02-01'])
      for (const kind of FINDING_KINDS)
        for (const { title, reading } of provisionsFor(kind, noon(day), cn)) {
          expect(title.zh).toMatch(/\p{Script=Han}/u)
          expect(title.en).not.toMatch(/\p{Script=Han}/u)
          expect(['verified', 'partly-verified', 'unverified']).toContain(reading)
        }
  })
})

const pack = (provisions: unknown) => ({ pack: 'x', utcOffsetMinutes: 480, provisions })

describe('a pack that cannot be used is refused', () => {
  const title = { en: 'a', zh: '甲' }
  const row = { id: 'X-1', title, reading: 'verified', inForceFrom: '2020-01-01' }
  const findings = {
    findings: Object.fromEntries(FINDING_KINDS.map((kind) => [kind, ['X-1']])),
    redLines: Object.fromEntries(RED_LINES.map((line) => [line, ['X-1']])),
  }
  const codeOf = (provisions: unknown, rest: unknown = findings) => {
    try {
      parsePolicy(pack(provisions), rest)
    } catch (error) {
      return error instanceof PolicyError ? error.code : error
    }
    return 'taken'
  }

  it('for an id that stands twice, an id that is nowhere, or a missing kind', () => {
    expect(codeOf([row])).toBe('taken')
    expect(codeOf([row, row])).toBe('repeated-id')
    expect(codeOf([{ ...row, id: 'X-2' }])).toBe('unknown-id')
    expect(codeOf([row], { ...findings, findings: {} })).toBe('shape')
  })

  it('for a provision without a reading mark, with a false date, or with a field unheard of', () => {
    const { reading: _, ...unread } = row
    expect(codeOf([unread])).toBe('shape')
    expect(codeOf([{ ...row, inForceFrom: '2020-02-30' }])).toBe('shape')
    expect(codeOf([{ ...row, inForceUntil: '2019-12-31' }])).toBe('shape')
    expect(codeOf([{ ...row, inforceFrom: '2020-01-01' }])).toBe('shape')
  })
})

const table = new URL('../../../shared/law/obligations.md', import.meta.url)

describe.skipIf(!existsSync(table))(
  'the pack against the obligations table (skipped where it is not at hand)',
  () => {
    const readings = existsSync(table) ? readingsOf(readFileSync(table, 'utf8')) : new Map()

    it('names only rows of the table, with the reading that the table gives', () => {
      for (const { id, reading } of cn.provisions.values())
        if (!(id in BY_CODE)) expect([id, reading]).toEqual([id, readings.get(id)])
    })
  },
)

/**
 * Paragraphs of the Advertising Law that the table does not hold and a monitoring code of the
 * regulators cites: one sentence confirms them, and so they are marked.
 */
const BY_CODE: Readonly<Record<string, readonly [code: string, paragraph: string]>> = {
  'AdL-9(1)': ['ZH6', '第九条第一项'],
  'AdL-9(2)': ['ZH7', '第九条第二项'],
  'AdL-12': ['ZH22', '第十二条'],
  'AdL-20': ['SP9', '第二十条'],
  'AdL-26': ['FDC2', '第二十六条'],
}
const codesFile = new URL(
  '../../../shared/data/advertising-law/illegal_expression_codes.json',
  import.meta.url,
)

describe.skipIf(!existsSync(codesFile))(
  'the rows that monitoring codes confirm (skipped where the codes are not at hand)',
  () => {
    it.each(Object.entries(BY_CODE))('%s is marked as partly verified', (id, [code, paragraph]) => {
      type Code = { readonly code: string; readonly law: string }
      const codes = JSON.parse(readFileSync(codesFile, 'utf8')) as Code[]
      expect(codes.find((each) => each.code === code)?.law).toContain(`《广告法》${paragraph}`)
      expect(cn.provisions.get(id)?.reading).toBe('partly-verified')
    })
  },
)

/** Reading by row id. One row may bear several: `ECL-59/61/62`, `M21-18-1…8`, `AUCL-9 (old 8)`. */
function readingsOf(markdown: string): Map<string, string> {
  const readings = new Map<string, string>()
  let section = ''
  for (const line of markdown.split('\n')) {
    if (line.startsWith('## ')) section = line
    const cells = line.split('|').map((cell) => cell.trim())
    if (cells.length < 6) continue
    const source = section.startsWith('## 2.') ? 'V:M26' : cells.at(-2)!
    const reading = source.startsWith('U')
      ? 'unverified'
      : /^P|\bP:|\bP \(/.test(source)
        ? 'partly-verified'
        : 'verified'
    for (const id of idsOf(cells[1]!)) if (!readings.has(id)) readings.set(id, reading)
  }
  return readings
}

function idsOf(cell: string): string[] {
  let law = ''
  return cell
    .replace(/\(old.*?\)|\*\*.*?\*\*/g, '')
    .split(/[/,]/)
    .map((part) => part.trim().split(/\s/)[0]!)
    .flatMap((part) => {
      if (/^[A-Z]/i.test(part)) law = part.split('-')[0]!
      const id = /^\d/.test(part) ? `${law}-${part}` : part
      const range = /^(.*-)(\d+)…(\d+)$/.exec(id)
      if (range === null) return [id]
      const [, stem, from, until] = range
      return Array.from(
        { length: Number(until) - Number(from) + 1 },
        (_, i) => `${stem}${Number(from) + i}`,
      )
    })
}

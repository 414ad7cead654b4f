import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { renderTerminal } from '../../src/report/render-terminal.ts'
import { auditReport, brandX, emptyBroadcast } from '../fixtures/audit-report.ts'
import { poison } from './hostile.ts'

const english = { language: 'en', width: 120, colour: false } as const

describe('the audit in a terminal', () => {
  const text = renderTerminal(auditReport, english)

  it('begins with the broadcast that needs a look and what of it is genuine', () => {
    const lines = text.split('\n')
    expect(lines[0]).toBe('双11 专场 · host-a 带你买')
    expect(lines[2]).toMatch(/^Of 3,110,000 viewers shown, about 108,000/)
    expect(text.indexOf('live-1')).toBeLessThan(text.indexOf('live-2'))
  })

  it('lines its columns up, Chinese headings too', () => {
    for (const language of ['en', 'zh'] as const) {
      const lines = renderTerminal(auditReport, { ...english, language }).split('\n')
      const start = lines.findIndex(
        (line) => /Displayed|页面显示 /.test(line) && !line.includes('3,110'),
      )
      const ends = lines.slice(start, start + 6).map((line) => {
        const cell =
          /^(.*?(?:Displayed|页面显示|3,110,000|412,000|30,400,000))|^( {2}(?:Views|观看次数|Comments|评论) *–)/.exec(
            line,
          )
        return stringWidth(cell?.[0] ?? '')
      })
      expect(new Set(ends).size).toBe(1)
    }
  })

  it('keeps within the width it is given', () => {
    for (const width of [60, 80, 120])
      for (const language of ['en', 'zh'] as const)
        for (const line of renderTerminal(auditReport, { language, width, colour: false }).split(
          '\n',
        ))
          expect(stringWidth(line)).toBeLessThanOrEqual(width)
  })

  it('sets the innocent explanation beside the leading one, and cites provisions by id', () => {
    expect(text).toContain('bought traffic +6.4 · unrecorded push +1.1 · recorded boost 0.0')
    expect(text).toContain('provisions: M21-18-4, OTM21-14, D20-fake')
    expect(text).toContain('Undetermined: the evidence cannot tell')
    expect(text.match(/This\s+accuses\s+nobody/g)?.length).toBe(3)
  })

  it('gives what the slot fee bought, and sums up what was refused', () => {
    const wide = renderTerminal(auditReport, { ...english, width: 200 })
    expect(wide).toMatch(
      /brand-x +1,323 +1,012 +76\.5 % +311 +CNY 279,589 +CNY 100,000 +CNY 321\.54/,
    )
    expect(wide).toContain('12 × the line is not JSON')
  })

  it('colours only when asked', () => {
    expect(text).not.toContain('\u001b')
    const coloured = renderTerminal(auditReport, { ...english, colour: true })
    expect(coloured).toContain('\u001b[33m')
    // oxlint-disable-next-line no-control-regex -- takes the colours away again
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(text)
  })

  it('lets no control character out of the data, nor a line of its own', () => {
    const quiet = renderTerminal(poison(auditReport, true), english)
    // oxlint-disable-next-line no-control-regex -- what must not be there
    expect(quiet).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/)
    expect(quiet).toContain('[U+001B]')
    const broken = { ...emptyBroadcast, title: 'a\nOf 5 viewers shown' }
    const lines = renderTerminal({ ...auditReport, broadcasts: [broken] }, english).split('\n')
    expect(lines).toContain('a Of 5 viewers shown')
  })

  it('counts hundreds of quiet merchants instead of listing them', () => {
    const quiet = { ...brandX, figures: { ...brandX.figures, slotFee: null } }
    const merchants = Array.from({ length: 300 }, (_, i) => ({ ...quiet, merchant: `shop-${i}` }))
    const counted = renderTerminal({ ...auditReport, merchants }, english)
    expect(counted).toContain('300 merchants, of which 0 are worth a look.')
    expect(counted).not.toContain('shop-7')
  })

  it('speaks no English to a reader of Chinese but ids, units and titles', () => {
    const chinese = renderTerminal(auditReport, { ...english, language: 'zh' })
    const words = chinese.match(/[A-Za-z][A-Za-z-]+/g) ?? []
    const allowed = /^(host|live|room|operator|brand|crowd)(-|$)|^(UTC|CNY|JSON|ban|OTM|M\d|D|fake)/
    expect(words.filter((word) => !allowed.test(word))).toEqual([])
  })
})

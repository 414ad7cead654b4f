import { createHash } from 'node:crypto'
import { Window } from 'happy-dom'
import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../src/report/render-html.ts'
import { SCRIPT, SCRIPT_SHA256 } from '../../src/report/script.ts'
import { auditReport, emptyBroadcast } from '../fixtures/audit-report.ts'
import { poison } from './hostile.ts'
import type { AuditReport } from '../../src/engine/report.ts'

const render = (report: AuditReport, language: 'en' | 'zh' = 'en') =>
  renderHtml(report, { language, generatedAt: Date.UTC(2021, 10, 14, 9, 30) })

const parse = (page: string) => {
  const window = new Window()
  window.document.write(page)
  return window.document
}

/** What a reader of one language sees: the other language, drawings' names and ids left out. */
const seen = (page: string, language: 'en' | 'zh') => {
  const document = parse(page)
  const hidden = language === 'en' ? 'zh' : 'en'
  for (const node of document.querySelectorAll('span, text, code, bdi, small, title'))
    if (node.tagName.toLowerCase() !== 'span' && node.tagName.toLowerCase() !== 'text')
      node.remove()
    else if ((node.getAttribute('lang') ?? '').startsWith(hidden)) node.remove()
  return (document.querySelector('main')?.textContent ?? '').replace(/\s+/g, ' ')
}

const names = (page: string) => {
  const counts: Record<string, number> = {}
  const attributes = new Set<string>()
  for (const element of parse(page).querySelectorAll('*')) {
    counts[element.tagName] = (counts[element.tagName] ?? 0) + 1
    for (const { name } of element.attributes) attributes.add(name)
  }
  return { counts, attributes }
}

/** The sentences under the findings that are to be read in one way. */
const standings = (document: ReturnType<typeof parse>, stance: string) =>
  [...document.querySelectorAll(`.finding.is-${stance} .standing [lang=en]`)].map(
    (node) => node.textContent,
  )

describe('the page of an audit', () => {
  const page = render(auditReport)
  const document = parse(page)

  it('says in its first sentence how much of what was shown is genuine', () => {
    const headlines = [...document.querySelectorAll('.headline [lang=en]')].map(
      (node) => node.textContent,
    )
    expect(headlines).toEqual([
      'Of 3,110,000 viewers shown, about 108,000 (90 % interval 104,000 to 112,000) are genuine: 96.5 % of the number shown is water.',
      'Of 12,000 viewers shown, about 11,800 (90 % interval 11,400 to 12,100) are genuine: the evidence agrees with the number shown.',
    ])
  })

  it('gives each figure as displayed, observed, genuine, interval and water, and sales net', () => {
    const rows = [...(document.querySelector('.figures tbody')?.children ?? [])]
    const row = (place: number) =>
      [...(rows[place - 1]?.children ?? [])]
        .slice(1)
        .map((cell) => cell.lastElementChild?.textContent?.trim())
    expect(row(1).slice(0, 4)).toEqual(['3,110,000', '1,214,500', '108,000', '104,000 – 112,000'])
    expect(row(7)).toContain('1,069,810')
    expect(row(7)).toContain('279,589')
  })

  it('asks nothing of any network: no address, no import, no foreign resource', () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]|@import|url\(|<link|<iframe|<img|srcset/i)
    for (const link of document.querySelectorAll('[href], [src]'))
      expect(link.getAttribute('href')).toMatch(/^#b\d+$/)
  })

  it('allows only the script whose hash its policy names', () => {
    expect(createHash('sha256').update(SCRIPT).digest('base64')).toBe(SCRIPT_SHA256)
    const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`script-src 'sha256-${SCRIPT_SHA256}'`)
    const start = page.indexOf('<script>') + '<script>'.length
    expect(page.slice(start, page.indexOf('</script>'))).toBe(SCRIPT)
  })

  it('prints on A4 with its charts whole and its lists open', () => {
    expect(page).toMatch(/@page \{ size: A4/)
    expect(page).toMatch(/@media print/)
    expect(page).toMatch(/\.drawing[^}]*break-inside: avoid/)
    expect(SCRIPT).toContain('beforeprint')
  })

  it('opens in the language asked for, with the other one a click away', () => {
    for (const [language, tag] of [
      ['en', 'en'],
      ['zh', 'zh-Hans'],
    ] as const) {
      const document = parse(render(auditReport, language))
      expect(document.documentElement.lang).toBe(tag)
      const checked = document.querySelectorAll('input[name=language][checked]')
      expect([...checked].map((input) => input.id)).toEqual([`language-${language}`])
      expect(document.querySelectorAll('label').length).toBe(2)
    }
  })

  it('shows no English word to a reader of Chinese but ids, units and names of formats', () => {
    const words = seen(render(auditReport, 'zh'), 'zh').match(/[A-Za-z][A-Za-z-]+/g) ?? []
    const allowed = new Set(['Assay', 'UTC', 'ban', 'JSON', 'cn'])
    expect(words.filter((word) => !allowed.has(word))).toEqual([])
  })

  it('shows no Chinese to a reader of English, and no key of the catalogue to anyone', () => {
    const english = seen(page, 'en')
    expect(english).not.toMatch(/\p{Script=Han}/u)
    expect(english + seen(page, 'zh')).not.toMatch(/report\.[a-z]|\{\w+\}|undefined|NaN/)
  })

  it('never words an undetermined, innocent or unsaid finding as an accusation', () => {
    expect(standings(document, 'undetermined')).toEqual([
      'Undetermined: the evidence cannot tell “self-brushing” from “attack by a third party”. This accuses nobody.',
    ])
    expect(standings(document, 'innocent')).toEqual([
      'An innocent explanation fits best: “recorded boost”. This accuses nobody.',
    ])
    expect(standings(document, 'insufficient')).toEqual([
      'There is too little data to say anything. This accuses nobody.',
    ])
    expect(standings(document, 'supported')).toHaveLength(2)
    const headings = [...document.querySelectorAll('.finding h4 [lang=en]')].map(
      (node) => node.textContent,
    )
    expect(headings).toEqual([
      'Suspected: bought viewers',
      'Looked into: unusual orders',
      'Looked into: undisclosed boost',
      'Looked into: machine-written comments',
      'Suspected: paid crowd',
    ])
  })

  it('marks how far each provision was read, and a draft as a draft', () => {
    const items = [...document.querySelectorAll('.provisions li')].map(
      (node) => node.textContent ?? '',
    )
    const draft = items.find((text) => text.includes('D20-fake')) ?? ''
    expect(draft).toContain('text not verified')
    expect(draft).toContain('draft, never in force on that date')
    expect(items.every((text) => text.includes('verified'))).toBe(true)
  })

  it('names and describes every chart, and gives its numbers as a table', () => {
    const marked = [...document.querySelectorAll('[id]')]
    const byId = new Map(marked.map((node) => [node.id, node]))
    const plots = [...document.querySelectorAll('svg.plot')]
    expect(plots.length).toBe(12)
    for (const plot of plots) {
      for (const name of ['aria-labelledby', 'aria-describedby'])
        expect(byId.get(plot.getAttribute(name) ?? '')?.textContent).toBeTruthy()
      expect(plot.closest('figure')?.querySelector('details table tbody tr')).not.toBeNull()
    }
    expect(byId.size).toBe(marked.length)
  })

  it('says in words what is not there', () => {
    const empty = seen(
      render({
        ...auditReport,
        inputs: [],
        broadcasts: [emptyBroadcast],
        merchants: [],
        findings: [],
      }),
      'en',
    )
    for (const sentence of [
      'No audience figure was shown or recorded',
      'No detector had anything to report',
      'Nothing of this kind is on record.',
      'No single view, account, comment, like or order is suspected.',
      'Nothing was refused.',
      'No orders are on file.',
    ])
      expect(empty).toContain(sentence)
    const nothing = { ...auditReport, inputs: [], broadcasts: [], merchants: [], findings: [] }
    expect(seen(render(nothing), 'en')).toContain('The input contains no broadcast.')
  })

  it('stays under 400 kB for one broadcast', () => {
    const one = { ...auditReport, broadcasts: auditReport.broadcasts.slice(1) }
    expect(Buffer.byteLength(render(one))).toBeLessThan(400_000)
  })

  it('shows twenty of a hundred broadcasts in full, the heaviest first, and every one in the table', () => {
    const [quiet, loud] = auditReport.broadcasts
    if (quiet === undefined || loud === undefined) throw new Error('two broadcasts expected')
    const broadcasts = Array.from({ length: 100 }, (_, i) => ({
      ...(i === 99 ? loud : quiet),
      broadcast: `live-${i}`,
    }))
    const many = render({ ...auditReport, broadcasts })
    expect(many.match(/<section class="broadcast"/g)?.length).toBe(20)
    expect(many.indexOf('>live-99<')).toBeLessThan(many.indexOf('>live-0<'))
    const table = many.slice(many.indexOf('overview">'), many.indexOf('<section class="broadcast"'))
    expect(table.match(/<tr>/g)?.length).toBe(101)
    expect(many).toContain('The other 80 are in this table only')
    expect(Buffer.byteLength(many)).toBeLessThan(4_000_000)
  })

  it('lists only noteworthy merchants out of hundreds', () => {
    const [brandX, brandY] = auditReport.merchants
    if (brandX === undefined || brandY === undefined) throw new Error('two merchants expected')
    const plain = { ...brandX, figures: { ...brandX.figures, slotFee: null } }
    const merchants = [
      ...Array.from({ length: 500 }, (_, i) => ({ ...plain, merchant: `shop-${i}` })),
      brandY,
    ]
    const listed = render({ ...auditReport, merchants })
    expect(listed).not.toContain('shop-7')
    expect(listed).toContain('>brand-y<')
    expect(listed).toContain('501 merchants, of which 1 are worth a look.')
  })
})

describe('hostile text', () => {
  it('in any free field creates no element and no attribute: the page is the same but for its words', () => {
    const benign = names(render(auditReport))
    const hostile = names(render(poison(auditReport, false)))
    // Both languages of a poisoned sentence are alike, so they share one element.
    delete benign.counts['SPAN']
    delete hostile.counts['SPAN']
    expect(hostile).toEqual(benign)
  })

  it('in every field at once, ids and keys too, still creates nothing of its own', () => {
    const page = render(poison(auditReport, true))
    const benign = names(render(auditReport))
    const { counts, attributes } = names(page)
    expect(Object.keys(counts).filter((name) => !(name in benign.counts))).toEqual([])
    expect([...attributes].filter((name) => !benign.attributes.has(name))).toEqual([])
    expect(counts['SCRIPT']).toBe(1)
    expect(counts['STYLE']).toBe(1)
    expect(page).not.toContain('<img')
    // oxlint-disable-next-line no-control-regex -- what must not be there
    expect(page).not.toMatch(/[\0\x1b\x07\x9b\u202e]/)
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page).toContain('[U+202E]')
  })
})

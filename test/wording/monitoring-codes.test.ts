/**
 * Coverage of the regulators' 245 monitoring codes of unlawful advertising expressions. Which rule
 * answers a code, or what else than words decides it, stands in monitoring-codes.json; the texts of the
 * codes are not part of this repository.
 */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { alarms, lexicon, policy } from './pack.ts'

type Coverage = Readonly<
  Record<'fact' | 'omission' | 'picture' | 'placement' | 'writing', string[]>
> & {
  readonly words: Readonly<Record<string, string[]>>
}
const coverage = JSON.parse(
  readFileSync(new URL('monitoring-codes.json', import.meta.url), 'utf8'),
) as Coverage
const { words, ...others } = coverage
const checkable = Object.values(words).flat()

describe('the monitoring codes', () => {
  it('are each answered once: by a rule of words, or by what else decides', () => {
    const all = [...checkable, ...Object.values(others).flat()]
    expect(all).toHaveLength(245)
    expect(new Set(all).size).toBe(245)
  })

  it('are answered by rules that exist and cite a provision', () => {
    for (const rule of Object.keys(words)) {
      expect(lexicon.rules.has(rule), rule).toBe(true)
      for (const id of lexicon.rules.get(rule)!.provisions)
        expect(policy.provisions.has(id)).toBe(true)
    }
  })
})

const CODES = new URL(
  '../../../shared/data/advertising-law/illegal_expression_codes.json',
  import.meta.url,
)

/** Where the code itself quotes words, and the goods that its group is about. */
const CATEGORY: Readonly<Record<string, string>> = {
  YP: 'drug',
  YL: 'medical-service',
  YLQX: 'medical-device',
  NY: 'pesticide',
  SY: 'pesticide',
  SP: 'food',
  J: 'alcohol',
}
/** Quoted, but no breach by themselves: what must be shown, or a word too plain to mean anything. */
const PLAIN = new Set(['安全', '精确', '唯一', '天然', '研究发现', '实验或数据证明'])

describe.skipIf(!existsSync(CODES))(
  'the words that the codes quote (skipped where the codes are not at hand)',
  () => {
    type Code = { readonly code: string; readonly expression: string }
    const codes = existsSync(CODES) ? (JSON.parse(readFileSync(CODES, 'utf8')) as Code[]) : []
    const quoted = codes
      .filter(({ code }) => checkable.includes(code))
      .flatMap(({ code, expression }) =>
        [...expression.matchAll(/“([^”]+)”/g)].map((match) => [code, match[1]!] as const),
      )
      .filter(([, text]) => !PLAIN.has(text))

    it('holds every code and no other', () => {
      expect([...checkable, ...Object.values(others).flat()].sort()).toEqual(
        codes.map(({ code }) => code).sort(),
      )
    })

    it.each(quoted)('%s: “%s” is found', (code, text) => {
      const category = CATEGORY[code.replace(/\d+$/, '')]
      expect(alarms({ text, speaker: 'page', place: 'listing', category })).not.toEqual([])
    })
  },
)

/** Codes of articles, orders and addresses: letters and digits that say nothing, whatever they spell. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alarms } from './pack.ts'

const titled = (text: string) => alarms({ text, speaker: 'page', place: 'title' })

const signs = (alphabet: string, minLength: number, maxLength: number) =>
  fc
    .array(fc.constantFrom(...Array.from(alphabet)), { minLength, maxLength })
    .map((characters) => characters.join(''))
const DIGITS = '0123456789'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

describe('a code is no disguise', () => {
  it.each([
    // 1d is not 一带, fs not 粉丝, n01 not No.1, 99s no price and 5k no cigarette where it stands.
    'home p1d3an33',
    'beauty p1c1zk5k',
    '保温杯MN3FS2',
    '夹克 SKU88n01',
    '空调STN99S',
    'T恤 D5K',
    '款号 A-1d43syjbz3t',
    '订单 911c7ef2ea9adc1c5f6e6820a50a',
  ])('%s', (text) => {
    expect(titled(text)).toEqual([])
  })

  it('whatever letters and digits it has', () => {
    const code = fc.tuple(
      signs(LETTERS, 1, 2),
      signs(DIGITS, 1, 3),
      signs(LETTERS, 1, 3),
      signs(DIGITS + LETTERS, 0, 8),
    )
    fc.assert(
      fc.property(fc.constantFrom('home ', '货号', '型号 ', ''), code, (before, parts) => {
        expect(titled(`${before}${parts.join('')}`)).toEqual([])
      }),
      { numRuns: 3000, seed: 1 },
    )
  })

  it('and whatever hexadecimal digest', () => {
    fc.assert(
      fc.property(signs('0123456789abcdef', 12, 64), (digest) => {
        expect(titled(digest)).toEqual([])
      }),
      { numRuns: 3000, seed: 1 },
    )
  })

  it('while a contact and a price list are found with digits beside them', () => {
    expect(titled('加vx88ab66领福利')).not.toEqual([])
    expect(titled('1000fs 5元')).not.toEqual([])
  })
})

// @vitest-environment happy-dom
/** The case pages: what each says of the same story, to whom, and what it asks for on the way. */
import { act } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { minorOf, shareOf } from '../../console/src/audit/slot-fee.tsx'
import { missingOf, nextOf } from '../../console/src/finding/next.ts'
import Appeals from '../../console/src/pages/appeals.tsx'
import Audit from '../../console/src/pages/audit.tsx'
import EvidenceRequest from '../../console/src/pages/evidence-request.tsx'
import Finding from '../../console/src/pages/finding.tsx'
import Prices from '../../console/src/pages/prices.tsx'
import Public from '../../console/src/pages/public.tsx'
import Room from '../../console/src/pages/room.tsx'
import Upload from '../../console/src/pages/upload.tsx'
import { couponData, EMPTY_COUPON, eventsIn } from '../../console/src/prices/coupon.ts'
import type { Finding as FindingType } from '../../src/vocabulary/finding.ts'
import { APPEAL, BROADCAST, FINDING } from './fixtures.ts'
import { as, asMerchant, played, stage, type Stage } from './stage.tsx'

let open: Stage | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

describe('the finding page', () => {
  it('says what is alleged, against what, and how sure that is', async () => {
    open = await stage(Finding, { finding: FINDING.id })
    expect(open.root.querySelector('h1')?.textContent).toContain('Suspected: bought viewers')
    expect(open.text()).toContain(
      'The evidence supports “bought traffic” over “ordinary audience”: very strong, 4.2 bans.',
    )
    expect(open.text()).toContain('−1.5 bans')
  })

  it('says the same in Chinese', async () => {
    open = await stage(Finding, { finding: FINDING.id }, played, 'zh')
    expect(open.root.querySelector('h1')?.textContent).toContain('疑似：买流量')
    expect(open.text()).toContain('原文未核对')
  })

  it('asks for no account until it is told to, and then where the reading is recorded', async () => {
    open = await stage(Finding, { finding: FINDING.id })
    const suspects = 'GET /v1/broadcasts/broadcast-a/suspects'
    expect(open.asked).not.toContain(suspects)
    expect(open.text()).not.toContain('viewer-1')
    await open.click('Show the accounts')
    expect(open.asked).toContain(suspects)
    expect(open.text()).toContain('viewer-1')
    await open.click('Hide them again')
    expect(open.text()).not.toContain('viewer-1')
  })

  it('offers the accounts to nobody who may not see them', async () => {
    open = await stage(Finding, { finding: FINDING.id }, as('admin'))
    expect(open.text()).not.toContain('Show the accounts')
  })

  it('shows a merchant the facts without weights', async () => {
    open = await stage(Finding, { finding: FINDING.id }, asMerchant)
    expect(open.text()).toContain('Suspected: bought viewers')
    expect(open.text()).not.toContain('bans')
    expect(open.text()).not.toContain('Show the accounts')
  })

  it('says what to try where there is no such finding', async () => {
    open = await stage(Finding, { finding: 'x' }, (path) =>
      path === '/v1/me' ? played(path) : undefined,
    )
    expect(open.text()).toContain('There is nothing here.')
    expect(open.text()).toContain('Open it from its broadcast')
  })
})

const said = (sentences: readonly { readonly en: string }[]) =>
  sentences.map(({ en }) => en).join('\n')

describe('what is missing, and what to do next', () => {
  const finding = FINDING as unknown as FindingType

  it('asks for a second kind of evidence where one alone supports it', () => {
    expect(said(missingOf({ ...finding, families: ['network'] }))).toContain('second, independent')
    expect(said(missingOf(finding))).not.toContain('second, independent')
  })

  it('advises nothing against anybody where the innocent explanation leads', () => {
    const innocent = [
      { name: 'ordinary-audience', weightBans: 0 },
      { name: 'bought-traffic', weightBans: -2 },
    ] as const
    const advice = said(nextOf({ ...finding, hypotheses: innocent }))
    expect(advice).toContain('Nothing')
    expect(advice).not.toContain('accounts')
  })
})

describe("the merchant's audit", () => {
  it('shows gross, filtered and net, and shares the fee among the orders that were kept', async () => {
    open = await stage(Audit, { broadcast: 'broadcast-a' })
    expect(open.text()).toContain('CNY 12,000')
    expect(open.text()).toContain('CNY 5,000')
    const input = open.root.querySelector('input')!
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(
        input,
        '100000',
      )
      input.dispatchEvent(new Event('input', { bubbles: true }))
    })
    // 100,000 yuan among 50 orders kept.
    expect(open.text()).toContain('CNY 2,000')
  })

  it('divides as the case of the 1,323 orders was divided: 100,000 ÷ 311 = 321.54', () => {
    expect(shareOf(minorOf('100,000')!, 311)).toBe(32_154)
    expect(shareOf(1, 0)).toBeNull()
  })

  it.each([
    ['1.5', 150],
    ['1.05', 105],
    ['0', 0],
    ['1.005', null],
    ['-1', null],
    ['abc', null],
    ['', null],
  ])('reads the sum %j as %j', (text, minor) => expect(minorOf(text)).toBe(minor))
})

describe('prices', () => {
  it('open with the promises on file: broken, by which basket, who is owed, and when it was said', async () => {
    open = await stage(Prices, {})
    expect(open.asked).toContain('GET /v1/promises?limit=50')
    expect(open.text()).toContain('the lowest price')
    // 899 less 359.60 makes 539.40; two orders are owed 359.60 each.
    expect(open.root.querySelector('figure.receipt')?.textContent).toContain('CNY 539.4')
    expect(open.text()).toContain('2 orders are owed CNY 719.20 in all.')
    expect(open.root.querySelector('li a')?.getAttribute('href')).toBe(
      '/broadcasts/broadcast-a?at=2026-03-01T12%3A00%3A00.000Z',
    )
    expect(open.text()).toContain('the newest are missing')
  })

  it('of one broadcast are those made in it', async () => {
    open = await stage(Prices, { broadcast: 'broadcast-a' })
    expect(open.asked).toContain('GET /v1/promises?limit=50&broadcast=broadcast-a')
  })

  it('say what to do where none is on file', async () => {
    open = await stage(
      Prices,
      {},
      (path) =>
        path.startsWith('/v1/promises')
          ? { promises: [], platforms: ['/platforms/a'], complete: true }
          : played(path),
      'zh',
    )
    expect(open.text()).toContain('没有作出价格承诺')
    expect(open.text()).toContain('试算其他店铺')
    expect(open.text()).not.toContain('承诺数量超过')
  })

  it('let a coupon be tried against the shop on file, with its goods to choose from', async () => {
    open = await stage(Prices, {})
    await open.until(() => open!.asked.includes('POST /v1/prices/preflight'))
    expect(open.text()).toContain('Asked against the shop on file')
    expect(open.text()).toContain('Fill in a name, a value, and from when until when.')
  })

  it('make a coupon of what was typed, in minor units and basis points', () => {
    const typed = {
      ...EMPTY_COUPON,
      coupon: ' spring ',
      merchant: 'merchant-a',
      threshold: '2000',
      value: '12.5',
      kind: 'percent-off' as const,
      quantity: '1000',
      from: '2026-03-01T20:00:00Z',
      until: '2026-03-02T00:00:00Z',
      exclude: ['product-a'],
    }
    expect(couponData(typed)).toEqual({
      coupon: 'spring',
      issuer: 'merchant-a',
      scope: { merchant: 'merchant-a', exclude: ['product-a'] },
      kind: 'percent-off',
      threshold: 200_000,
      value: 1250,
      quantity: 1000,
      from: '2026-03-01T20:00:00.000Z',
      until: '2026-03-02T00:00:00.000Z',
    })
    expect(couponData({ ...typed, value: 'x' })).toBeNull()
    expect(couponData({ ...typed, until: '' })).toBeNull()
    expect(couponData({ ...typed, quantity: '1.5' })).toBeNull()
  })

  it('read events one a line or in an array, and refuse anything else', () => {
    expect(eventsIn('{"a":1}\n\n{"a":2}\n')).toEqual([{ a: 1 }, { a: 2 }])
    expect(eventsIn(' [{"a":1}]')).toEqual([{ a: 1 }])
    expect(() => eventsIn('a,b\n1,2')).toThrow(SyntaxError)
  })
})

describe('the public page of a room', () => {
  it('says which figure was verified, and never calls an unknown one nought', async () => {
    open = await stage(Public, { room: 'room-a' })
    expect(open.text()).toContain('90viewers verified')
    expect(open.text()).toContain('–likes not known yet')
    expect(open.text()).toContain('merchant-a')
  })
})

describe('evidence on request', () => {
  it('is asked for by a consumer, and answered by whoever decides', async () => {
    open = await stage(EvidenceRequest, {}, as('consumer'))
    expect(open.root.querySelector('button[type=submit]')?.textContent).toBe('Ask')
    expect(open.root.querySelector('a[href^="https:"]')?.getAttribute('href')).toBe(
      'https://bundles.example/1.zip',
    )
    await open.close()
    open = await stage(EvidenceRequest, {}, as('inspector'))
    expect(open.text()).not.toContain('Ask for evidence')
  })

  it('says what to do where there is none yet', async () => {
    open = await stage(EvidenceRequest, {}, (path) =>
      path === '/v1/evidence-requests' ? { requests: [] } : as('consumer')(path),
    )
    expect(open.text()).toContain('Ask above, with the number of your order.')
  })
})

/** Types into a field as a person does. */
const type = async (root: HTMLElement, selector: string, text: string) => {
  const field = root.querySelector<HTMLTextAreaElement>(selector)!
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

describe('an appeal', () => {
  it('is lodged by the merchant beside the measure, with grounds', async () => {
    open = await stage(Room, { broadcast: 'broadcast-a' }, as('merchant'))
    await open.click('Appeal')
    const lodge = [...open.root.querySelectorAll('button')].find((one) =>
      one.textContent.includes('Lodge the appeal'),
    )
    expect(lodge?.disabled).toBe(true)
    await type(open.root, '.measures textarea', 'we were on the front page')
    await open.click('Lodge the appeal')
    expect(open.asked).toContain('POST /v1/appeals')
    expect(open.text()).toContain('Your appeal is on record.')
  })

  it('is offered to nobody else, and not while one is open', async () => {
    open = await stage(Room, { broadcast: 'broadcast-a' }, as('adjudicator'))
    expect(open.text()).not.toContain('Appeal')
    await open.close()
    const standing = [APPEAL.measure]
    open = await stage(Room, { broadcast: 'broadcast-a' }, (path) =>
      path === '/v1/broadcasts/broadcast-a' ? { ...BROADCAST, standing } : as('merchant')(path),
    )
    expect(open.text()).toContain('under appeal since')
    expect([...open.root.querySelectorAll('button')].map((one) => one.textContent)).not.toContain(
      'Appeal',
    )
  })

  it('is decided by an adjudicator with reasons, and read by inspectors and whoever lodged it', async () => {
    for (const role of ['inspector', 'merchant']) {
      open = await stage(Appeals, {}, as(role))
      expect(open.text()).toContain(APPEAL.grounds)
      expect(open.text()).toContain('It was not')
      expect(open.root.querySelector('form')).toBeNull()
      await open.close()
    }
    open = await stage(Appeals, {}, as('adjudicator'))
    // The second was decided.
    expect(open.root.querySelectorAll('form')).toHaveLength(1)
    const submit = open.root.querySelector<HTMLButtonElement>('form button[type=submit]')!
    await type(open.root, 'form textarea', 'it was there')
    expect(submit.disabled).toBe(true)
    await act(async () =>
      open!.root.querySelector<HTMLInputElement>('input[value=reversed]')!.click(),
    )
    await open.click('Decide')
    expect(open.asked).toContain('POST /v1/appeals/appeal-1/decision')
  })

  it('is left to somebody else by whoever imposed the measure', async () => {
    const measure = { ...APPEAL.measure, automatic: false, imposedBy: 'person-1' }
    open = await stage(Appeals, {}, (path) =>
      path.startsWith('/v1/appeals')
        ? { appeals: [{ ...APPEAL, measure }] }
        : as('adjudicator')(path),
    )
    expect(open.text()).toContain('somebody else decides')
    expect(open.root.querySelector('form')).toBeNull()
  })
})

describe('an upload', () => {
  it('is read as an audit once it is done', async () => {
    open = await stage(Upload, {})
    expect(open.text()).not.toContain('merchant-a')
    await open.click('Read the audit')
    expect(open.text()).toContain(BROADCAST.title)
    // The slot fee of 100,000 yuan among 311 orders kept.
    expect(open.text()).toContain('CNY 321.54')
  })

  it('asks of a table what its columns are, and says what is missing', async () => {
    open = await stage(Upload, {})
    expect(open.text()).toContain('orders.csv needs your answer')
    // The order number and the status are suggested by their names.
    expect(open.text()).toContain('Still missing: Ordered at, Buyer, Amount paid, Name of the shop')
    const go = [...open.root.querySelectorAll('button')].find((one) =>
      one.textContent.includes('Audit with these columns'),
    )
    expect(go?.disabled).toBe(true)
  })
})

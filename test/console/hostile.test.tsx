// @vitest-environment happy-dom
/**
 * Hostile text stays text: every string that the service can be made to pass on is replaced by one
 * that would run, load or lead somewhere if any page took it for markup, an address or a template.
 */
import { afterEach, describe, expect, it } from 'vitest'
import Appeals from '../../console/src/pages/appeals.tsx'
import Audit from '../../console/src/pages/audit.tsx'
import EvidenceRequest from '../../console/src/pages/evidence-request.tsx'
import Finding from '../../console/src/pages/finding.tsx'
import Prices from '../../console/src/pages/prices.tsx'
import Public from '../../console/src/pages/public.tsx'
import Room from '../../console/src/pages/room.tsx'
import Upload from '../../console/src/pages/upload.tsx'
import Wall from '../../console/src/pages/wall.tsx'
import { played, stage, type Play, type Stage } from './stage.tsx'

const HOSTILE =
  '"><img src=x onerror="pwned()"><script>pwned()</script><svg onload=pwned()>{lead}$&\u202e'
const ADDRESS = 'javascript:pwned()'

/** Words of the contract, which no producer writes: a page may rely on them. */
const CLOSED = new Set(
  'kind verdict strength family reading status state outcome vantage role currency step'.split(' '),
)
const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT/.test(text)

let spoilt = 0
/** Numbered, because ids are told apart. */
const spoiled = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string') {
    if (CLOSED.has(key) || isInstant(value)) return value
    return value.startsWith('https:') ? ADDRESS : `${HOSTILE}${(spoilt += 1)}`
  }
  if (Array.isArray(value)) return value.map((one) => spoiled(one, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoiled(one, name)]))
}

let open: Stage | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

/** Whatever a page may hold that would run, load or lead somewhere. */
const dangers = (root: HTMLElement): readonly string[] =>
  [...root.querySelectorAll('*')].flatMap((element) => [
    ...(['SCRIPT', 'IMG', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'STYLE'].includes(element.tagName)
      ? [element.tagName]
      : []),
    ...[...element.attributes]
      .filter(({ name, value }) => /^on/i.test(name) || /^\s*javascript:/i.test(value))
      .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
    ...(element.tagName === 'A' && !/^(\/|https:|#)/.test(element.getAttribute('href') ?? '/')
      ? [`link to ${element.getAttribute('href')}`]
      : []),
  ])

const PAGES = [
  ['finding', Finding, { finding: 'f' }],
  ['audit', Audit, { broadcast: 'broadcast-a' }],
  ['prices', Prices, {}],
  ['prices of a broadcast', Prices, { broadcast: 'broadcast-a' }],
  ['public', Public, { room: 'room-a' }],
  ['evidence request', EvidenceRequest, {}],
  ['appeals', Appeals, {}],
  ['upload', Upload, {}],
  ['wall', Wall, {}],
  ['room', Room, { broadcast: 'broadcast-a' }],
] as const

/** Who is signed in stays; what has a spoiled name is answered as the one that there is. */
const hostile: Play = (path) => {
  if (path === '/v1/me') return played(path)
  const known = path
    .replace(/^(\/v1\/broadcasts\/)[^/?]+/, '$1broadcast-a')
    .replace(/^(\/v1\/audits\/)[^/?]+/, '$1audit-1')
  const answer = played(known)
  return answer === undefined ? undefined : spoiled(answer)
}

describe('hostile text', () => {
  it.each(PAGES)('stays text on the page: %s', async (_, Page, params) => {
    for (const language of ['en', 'zh'] as const) {
      open = await stage(Page, params, hostile, language)
      expect(open.text()).toContain(HOSTILE)
      expect(dangers(open.root)).toEqual([])
      await open.close()
      open = undefined
    }
    expect('pwned' in globalThis).toBe(false)
  })

  it('stays text among the accounts, once they are shown', async () => {
    open = await stage(Finding, { finding: 'f' }, hostile)
    await open.click('Show the accounts')
    expect(open.asked).toContainEqual(expect.stringMatching(/^GET .*\/suspects$/))
    expect(open.root.querySelector('.marks')?.textContent).toContain(HOSTILE)
    expect(dangers(open.root)).toEqual([])
  })

  it('stays text in telemetry, once it is opened, and proves nothing', async () => {
    const { until, click, root, asked } = (open = await stage(Finding, { finding: 'f' }, hostile))
    await until(() => root.querySelectorAll('.proofs .chip').length === 2)
    expect(root.querySelector('.proofs .is-innocent')).toBeNull()
    await click('Open the telemetry')
    await until(() => root.querySelector('.proofs')!.textContent.includes('was recorded'))
    expect(asked).toContainEqual(expect.stringMatching(/^GET .*\/evidence\/rows$/))
    expect(root.querySelector('.proofs')?.textContent).toContain(HOSTILE)
    expect(dangers(root)).toEqual([])
  })

  it('stays text in an audit that was uploaded', async () => {
    open = await stage(Upload, {}, hostile)
    await open.click('Read the audit')
    expect(open.root.querySelector('h2 bdi')?.textContent).toContain(HOSTILE)
    expect(dangers(open.root)).toEqual([])
  })

  it('is never made a link: an address that is not https is written out', async () => {
    open = await stage(EvidenceRequest, {}, hostile)
    expect(open.text()).toContain(ADDRESS)
    expect(dangers(open.root)).toEqual([])
  })
})

/** The script that players embed, run in a page, and the files that are served as they lie. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Window } from 'happy-dom'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { EmbedView } from '../../src/http/contract.ts'
import { documentRoutes } from '../../src/http/routes/documents.ts'

const SCRIPT = readFileSync(
  fileURLToPath(new URL('../../public/embed.js', import.meta.url)),
  'utf8',
)

const VIEW: EmbedView = {
  room: 'room-1',
  broadcast: 'broadcast-1',
  counters: {
    viewers: { value: 4200, isVerified: true },
    likes: { value: 31_000, isVerified: false },
  },
  notice: { en: 'Under review', zh: '核查中' },
  sellers: ['merchant-a'],
  promises: [{ product: 'product-1', kind: 'lowest-price', text: '全网最低价' }],
  evidenceUri: '/evidence',
}

type Listener = (event: { data: string }) => void

class Source {
  static readonly CLOSED = 2
  static readonly opened: Source[] = []
  readyState = 1
  readonly listeners = new Map<string, Listener>()
  readonly url: string
  constructor(url: string) {
    this.url = url
    Source.opened.push(this)
  }
  addEventListener(name: string, listener: Listener): void {
    this.listeners.set(name, listener)
  }
  say(name: string, data: unknown = null): void {
    this.listeners.get(name)?.({ data: JSON.stringify(data) })
  }
}

type Asked = {
  readonly html?: string
  readonly data?: Readonly<Record<string, string>>
  readonly hasEventSource?: boolean
  readonly answer?: () => Promise<{ ok: boolean; json: () => Promise<unknown> }>
}

const page = ({
  html = '<html lang="zh-CN"><body></body></html>',
  data = { room: 'room-1' },
  hasEventSource = true,
  answer = async () => ({ ok: false, json: async (): Promise<unknown> => null }),
}: Asked = {}) => {
  Source.opened.length = 0
  const { document } = new Window({ url: 'https://shop.example/live' })
  document.write(html)
  const tag = document.createElement('script')
  Object.assign(tag.dataset, data)
  document.body.append(tag)
  Object.defineProperty(tag, 'src', { value: 'https://assay.example/embed.js' })
  Object.defineProperty(document, 'currentScript', { value: tag })
  const asked: string[] = []
  const timers: { run: () => void; ms: number }[] = []
  const timer = (run: () => void, ms: number) => timers.push({ run, ms })
  const fetched = (url: string, options: unknown) => {
    asked.push(`${url} ${JSON.stringify(options)}`)
    return answer()
  }
  // oxlint-disable-next-line typescript/no-implied-eval -- the script as a page would run it
  new Function(
    'document',
    'EventSource',
    'fetch',
    'setInterval',
    'clearInterval',
    'setTimeout',
    SCRIPT,
  )(document, hasEventSource ? Source : undefined, fetched, timer, () => {}, timer)
  const shadow = () => document.querySelector('body div')?.shadowRoot
  return { document, shadow, asked, timers, source: Source.opened[0] }
}

const settled = () =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

describe('the embed script', () => {
  it('is under ten kilobytes', () => {
    expect(Buffer.byteLength(SCRIPT)).toBeLessThan(10_000)
  })

  it('asks for the room of its tag, from where it came itself', () => {
    const { source } = page({ data: { room: 'room/1?x' } })
    expect(source!.url).toBe('https://assay.example/v1/embed/room%2F1%3Fx/stream')
  })

  it('shows counters, notice, seller, promises and where to ask for evidence', () => {
    const { source, shadow } = page()
    source!.say('figures', VIEW)
    const text = shadow()!.querySelector('section')!.textContent
    for (const part of ['4,200', '已核验', '31,000', '核查中', 'merchant-a', '全网最低价'])
      expect(text).toContain(part)
    // Only what was verified is marked as such.
    expect(shadow()!.querySelectorAll('small')).toHaveLength(1)
    expect(shadow()!.querySelector('a')!.getAttribute('href')).toBe(
      'https://assay.example/evidence?room=room-1',
    )
  })

  it('speaks the language of the page, or the one it is told', () => {
    const english = page({ html: '<html lang="en"><body></body></html>' })
    english.source!.say('figures', VIEW)
    expect(english.shadow()!.textContent).toContain('Under review')
    const told = page({ data: { room: 'room-1', lang: 'en' } })
    told.source!.say('figures', VIEW)
    expect(told.shadow()!.textContent).toContain('verified')
  })

  it('leaves hostile text text', () => {
    const hostile = '<img src=x onerror=alert(1)><script>alert(1)</script>'
    const { source, shadow } = page()
    source!.say('figures', {
      ...VIEW,
      sellers: [hostile],
      notice: { en: hostile, zh: hostile },
      promises: [{ product: 'p', kind: 'k', text: hostile }],
      evidenceUri: 'javascript:alert(1)',
    })
    const section = shadow()!.querySelector('section')!
    expect(section.querySelector('img, script')).toBeNull()
    expect(section.textContent.split(hostile)).toHaveLength(4)
    // A link that leads elsewhere is none.
    expect(section.querySelector('a')).toBeNull()
  })

  it('shows nothing where a figure is not known, and never zero', () => {
    const { source, shadow } = page()
    const unknown = { value: null, isVerified: false }
    source!.say('figures', { ...VIEW, counters: { viewers: unknown, likes: unknown } })
    expect(shadow()!.textContent).not.toContain('观看人数')
    source!.say('figures', { ...VIEW, counters: null })
    expect(shadow()!.textContent).toContain('merchant-a')
  })

  it('asks now and then where streams cannot be had, without cookies', async () => {
    const { asked, timers, shadow } = page({
      hasEventSource: false,
      answer: async () => ({ ok: true, json: async () => VIEW }),
    })
    await settled()
    expect(asked).toEqual(['https://assay.example/v1/embed/room-1 {"credentials":"omit"}'])
    expect(shadow()!.textContent).toContain('4,200')
    expect(timers.map(({ ms }) => ms)).toEqual([5_000])
  })

  it('says that it does not know rather than leaving old figures, and tries again', async () => {
    const { source, shadow, timers } = page()
    source!.say('figures', VIEW)
    source!.readyState = Source.CLOSED
    source!.say('error')
    await settled()
    expect(shadow()!.textContent).toContain('暂无核验数据')
    expect(shadow()!.textContent).not.toContain('4,200')
    timers.find(({ ms }) => ms === 30_000)!.run()
    Source.opened.at(-1)!.say('figures', VIEW)
    expect(shadow()!.textContent).toContain('4,200')
  })

  it('goes where it is told, and does nothing without a room', () => {
    const html = '<html lang="zh"><body><p id="here"></p></body></html>'
    const { document } = page({ html, data: { room: 'room-1', into: '#here' } })
    expect(document.querySelector('#here')!.children).toHaveLength(1)
    const none = page({ data: {} })
    expect(none.document.querySelector('body div')).toBeNull()
  })
})

describe('the documents', () => {
  const app = new Hono().route('/', documentRoutes('1.2.3') as never)

  it.each([
    ['/docs', 'text/html'],
    ['/docs/page.js', 'text/javascript'],
    ['/docs/page.css', 'text/css'],
    ['/embed.js', 'text/javascript'],
    ['/openapi.json', 'application/json'],
    ['/asyncapi.json', 'application/json'],
  ])('%s is served as %s, and only once to who has it', async (path, type) => {
    const answer = await app.request(path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      `${type}; charset=utf-8`,
    ])
    const etag = answer.headers.get('etag')!
    const again = await app.request(path, { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('load nothing from elsewhere and carry no script of their own', async () => {
    for (const path of ['/docs']) {
      const html = await (await app.request(path)).text()
      expect(html).not.toMatch(/(src|href)="(?!\/)/)
      expect(html).not.toMatch(/<script(?![^>]*src=)|<style| on\w+=| style=/)
    }
  })

  it('are shown as text in both languages by their page', async () => {
    const window = new Window({ url: 'https://assay.example/docs' })
    window.document.write(await (await app.request('/docs')).text())
    const script = await (await app.request('/docs/page.js')).text()
    // oxlint-disable-next-line typescript/no-implied-eval -- the script as the page would run it
    new Function('document', 'navigator', 'fetch', script)(
      window.document,
      { language: 'en-GB' },
      (path: string) => app.request(path),
    )
    for (let left = 200; window.document.querySelector('main h2') === null && left > 0; left -= 1)
      await settled()
    const main = window.document.querySelector('main')!
    expect(main.textContent).toContain('Events in')
    expect(main.textContent).toContain('/v1/broadcasts/{broadcast}/figures')
    window.document.getElementById('language')!.dispatchEvent(new window.Event('click'))
    expect(main.textContent).toContain('事件接入')
    expect(window.document.documentElement.lang).toBe('zh-CN')
  })
})

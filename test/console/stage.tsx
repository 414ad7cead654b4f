/** A page of the console in a page of the test, with the service's answers played to it. */
import { act } from 'react'
import type { ComponentType } from 'react'
import { createRoot } from 'react-dom/client'
import { LanguageProvider } from '../../console/src/i18n.tsx'
import { RouteProvider, type PageProps } from '../../console/src/router.tsx'
import { SessionProvider } from '../../console/src/session.tsx'
import { ANSWERS, EVIDENCE, FINDING } from './fixtures.ts'

class Silent {
  readonly url: string
  constructor(url: string) {
    this.url = url
  }
  addEventListener() {}
  close() {}
}

/** What stands at a path; undefined where nothing does. */
export type Play = (path: string) => unknown

export const played: Play = (path) => {
  const plain = path.split('?')[0]!
  const found = Object.keys(ANSWERS).find((key) => {
    const [start = '', end] = key.split('*')
    return end === undefined ? key === plain : plain.startsWith(start) && plain.endsWith(end)
  })
  return found === undefined ? undefined : ANSWERS[found]
}

/** The same to somebody else. */
export const as =
  (role: string): Play =>
  (path) =>
    path === '/v1/me' ? { id: 'person-1', role, party: null } : played(path)

/** As a merchant is shown a finding: without weights, and its evidence without names. */
export const asMerchant: Play = (path) => {
  if (!path.startsWith('/v1/findings/')) return as('merchant')(path)
  if (path.endsWith('/evidence')) {
    const pieces = EVIDENCE.pieces.map(({ place: { entry: _entry, row: _row, ...place } }) => ({
      place,
    }))
    return { ...EVIDENCE, pieces }
  }
  const { kind, broadcast, verdict, strength, summary, provisions, from, until } = FINDING
  const facts = { kind, broadcast, verdict, strength, summary, provisions, from, until }
  return { ...facts, reasons: [], id: FINDING.id, raisedAt: from, withdrawnAt: null }
}

export type Stage = {
  readonly text: () => string
  readonly root: HTMLElement
  /** Paths that were asked for, in order, with their methods. */
  readonly asked: readonly string[]
  readonly click: (name: string) => Promise<void>
  readonly wait: (ms?: number) => Promise<void>
  /** Waits for as long as it takes. */
  readonly until: (isTrue: () => boolean) => Promise<void>
  readonly close: () => Promise<void>
}

export const stage = async (
  Page: ComponentType<PageProps>,
  params: Readonly<Record<string, string>>,
  play: Play = played,
  language: 'en' | 'zh' = 'en',
): Promise<Stage> => {
  const asked: string[] = []
  Object.assign(globalThis, {
    IS_REACT_ACT_ENVIRONMENT: true,
    EventSource: Silent,
    fetch: async (path: string, { method = 'GET' }: { method?: string } = {}) => {
      asked.push(`${method} ${path}`)
      const answer = play(path)
      if (answer !== undefined) return Response.json(answer)
      const text = { en: 'There is nothing here.', zh: '此处没有内容。' }
      return Response.json({ code: 'not-found', text }, { status: 404 })
    },
  })
  localStorage.setItem('assay.language', language)
  const root = document.createElement('div')
  document.body.append(root)
  const react = createRoot(root)
  /** Until what was asked for has come, and nothing more was asked for upon it. */
  const wait = async (ms = 30) => {
    for (let before = -1; before !== asked.length;) {
      before = asked.length
      await act(() => new Promise<void>((resolve) => setTimeout(resolve, ms)))
    }
  }
  await act(async () =>
    react.render(
      <LanguageProvider>
        <SessionProvider>
          <RouteProvider>
            <Page params={params} />
          </RouteProvider>
        </SessionProvider>
      </LanguageProvider>,
    ),
  )
  await wait()
  return {
    root,
    asked,
    wait,
    until: async (isTrue) => {
      while (!isTrue()) await wait(25)
    },
    text: () => root.textContent ?? '',
    click: async (name) => {
      const button = [...root.querySelectorAll('button')].find((one) =>
        one.textContent?.includes(name),
      )
      if (button === undefined) throw new Error(`no button ${name}`)
      await act(async () => button.click())
      await wait()
    },
    close: async () => {
      await act(async () => react.unmount())
      root.remove()
    },
  }
}

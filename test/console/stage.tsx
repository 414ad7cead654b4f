/** A page of the console in a page of the test, with the service's answers played to it. */
import { act } from 'react'
import type { ComponentType } from 'react'
import { createRoot } from 'react-dom/client'
import { LanguageProvider } from '../../console/src/i18n.tsx'
import { RouteProvider, type PageProps } from '../../console/src/router.tsx'
import { SessionProvider } from '../../console/src/session.tsx'
import { ANSWERS } from './fixtures.ts'

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
  const found = Object.keys(ANSWERS).find((key) =>
    key.endsWith('*') ? plain.startsWith(key.slice(0, -1)) : key === plain,
  )
  return found === undefined ? undefined : ANSWERS[found]
}

export type Stage = {
  readonly text: () => string
  readonly root: HTMLElement
  /** Paths that were asked for, in order, with their methods. */
  readonly asked: readonly string[]
  readonly click: (name: string) => Promise<void>
  readonly wait: (ms?: number) => Promise<void>
  /** Waits for it, a while at most. */
  readonly until: (isSo: () => boolean) => Promise<void>
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
    until: async (isSo) => {
      for (let turn = 0; !isSo(); turn += 1) {
        if (turn === 300) throw new Error('it never came')
        await wait()
      }
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

/** Until what was asked for has come. */
const wait = (ms = 30) => act(() => new Promise<void>((resolve) => setTimeout(resolve, ms)))

/**
 * Pages by path, each in a file of its own that is fetched when it is first opened. A page is a
 * component that is the file's default export and takes the values of its path's parameters. The
 * service answers these paths too (src/http/page-paths.ts), which a test sees to.
 */
import { createContext, lazy, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { AnchorHTMLAttributes, ComponentType, MouseEvent, ReactNode } from 'react'
import type { Sentence } from './i18n.tsx'
import type { Role } from './session.tsx'

export type PageProps = { readonly params: Readonly<Record<string, string>> }

export type Page = {
  readonly path: string
  readonly title: Sentence
  /** Who it is for; absent for anybody, signed in or not. */
  readonly roles?: readonly Role[]
  /** Stands in the navigation. */
  readonly isListed?: boolean
  readonly Component: ComponentType<PageProps>
}

const WATCHERS = ['inspector', 'adjudicator', 'regulator', 'admin'] as const
const WATCHERS_AND_MERCHANT = [...WATCHERS, 'merchant'] as const

export const PAGES: readonly Page[] = [
  {
    path: '/',
    title: { en: 'Live rooms', zh: '直播间总览' },
    roles: WATCHERS_AND_MERCHANT,
    isListed: true,
    Component: lazy(() => import('./pages/wall.tsx')),
  },
  {
    path: '/broadcasts/:broadcast',
    title: { en: 'Broadcast', zh: '直播详情' },
    roles: WATCHERS_AND_MERCHANT,
    Component: lazy(() => import('./pages/room.tsx')),
  },
  {
    path: '/findings/:finding',
    title: { en: 'Finding', zh: '审计发现' },
    roles: WATCHERS_AND_MERCHANT,
    Component: lazy(() => import('./pages/finding.tsx')),
  },
  {
    path: '/audits/:broadcast',
    title: { en: 'Audit of a broadcast', zh: '直播审计' },
    roles: WATCHERS_AND_MERCHANT,
    Component: lazy(() => import('./pages/audit.tsx')),
  },
  {
    path: '/broadcasts/:broadcast/prices',
    title: { en: 'Promises and coupons', zh: '价格承诺与优惠券' },
    roles: WATCHERS_AND_MERCHANT,
    Component: lazy(() => import('./pages/prices.tsx')),
  },
  {
    path: '/prices',
    title: { en: 'Promises and coupons', zh: '价格承诺与优惠券' },
    roles: WATCHERS_AND_MERCHANT,
    isListed: true,
    Component: lazy(() => import('./pages/prices.tsx')),
  },
  {
    path: '/upload',
    title: { en: 'Audit a file', zh: '审计文件' },
    roles: WATCHERS_AND_MERCHANT,
    isListed: true,
    Component: lazy(() => import('./pages/upload.tsx')),
  },
  {
    path: '/evidence',
    title: { en: 'Evidence on request', zh: '证据申请' },
    roles: ['consumer', 'inspector', 'adjudicator'],
    isListed: true,
    Component: lazy(() => import('./pages/evidence-request.tsx')),
  },
  {
    path: '/appeals',
    title: { en: 'Appeals', zh: '申诉' },
    roles: ['inspector', 'adjudicator', 'merchant'],
    isListed: true,
    Component: lazy(() => import('./pages/appeals.tsx')),
  },
  {
    path: '/verify',
    title: { en: 'Check a bundle', zh: '核验证据包' },
    isListed: true,
    Component: lazy(() => import('./pages/verify.tsx')),
  },
  {
    path: '/rooms/:room',
    title: { en: 'Room', zh: '直播间' },
    Component: lazy(() => import('./pages/public.tsx')),
  },
  {
    path: '/sign-in',
    title: { en: 'Sign in', zh: '登录' },
    Component: lazy(() => import('./pages/sign-in.tsx')),
  },
]

export type Match = { readonly page: Page; readonly params: Readonly<Record<string, string>> }

/** The page of a path, literals before parameters; undefined where there is none. */
export const matchOf = (path: string, pages: readonly Page[] = PAGES): Match | undefined => {
  const asked = path.split('/')
  let best: (Match & { literals: number }) | undefined
  for (const page of pages) {
    const parts = page.path.split('/')
    const isFit =
      parts.length === asked.length &&
      parts.every((part, i) => (part.startsWith(':') ? asked[i] !== '' : part === asked[i]))
    const literals = parts.filter((part) => !part.startsWith(':')).length
    if (!isFit || (best !== undefined && best.literals >= literals)) continue
    const params = Object.fromEntries(
      parts.flatMap((part, i) =>
        part.startsWith(':') ? [[part.slice(1), decoded(asked[i]!)]] : [],
      ),
    ) as Readonly<Record<string, string>>
    best = { page, params, literals }
  }
  return best
}

/** What is no valid escape stands for itself. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

type Route = { readonly path: string; readonly search: string; readonly go: (to: string) => void }
const RouteContext = createContext<Route>({ path: '/', search: '', go: () => {} })

export const useRoute = (): Route => use(RouteContext)

export const RouteProvider = ({ children }: { readonly children: ReactNode }) => {
  const [{ pathname, search }, setPlace] = useState(place)
  useEffect(() => {
    const moved = () => setPlace(place())
    addEventListener('popstate', moved)
    return () => removeEventListener('popstate', moved)
  }, [])
  const go = useCallback((to: string) => {
    history.pushState(null, '', to)
    setPlace(place())
    scrollTo(0, 0)
  }, [])
  const route = useMemo(() => ({ path: pathname, search, go }), [pathname, search, go])
  return <RouteContext value={route}>{children}</RouteContext>
}

const place = () => ({ pathname: location.pathname, search: location.search })

/** A link within the console; opened elsewhere (new tab, middle button) it is one like any other. */
export const Link = ({
  to,
  ...rest
}: { readonly to: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'>) => {
  const { go } = useRoute()
  const clicked = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return
    event.preventDefault()
    go(to)
  }
  return <a href={to} onClick={clicked} {...rest} />
}

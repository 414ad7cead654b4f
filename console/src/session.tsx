/** Who is signed in: asked once, then kept until somebody signs in or out. */
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react'
import type { Role } from '../../src/http/access/actor.ts'
import { ApiError, get, post } from './api.ts'

export type { Role }
export type Me = { readonly id: string; readonly role: Role; readonly party: string | null }

type Session = {
  /** Undefined until it is known; null where nobody is. */
  readonly me: Me | null | undefined
  /** @throws ApiError */
  readonly signIn: (email: string, password: string) => Promise<void>
  readonly signOut: () => Promise<void>
}

const SessionContext = createContext<Session | null>(null)

export const SessionProvider = ({ children }: { readonly children: ReactNode }) => {
  const [me, setMe] = useState<Me | null | undefined>(undefined)
  const ask = useCallback(
    () =>
      get<Me>('/v1/me').then(setMe, (error: unknown) => {
        if (error instanceof ApiError) setMe(null)
        else throw error
      }),
    [],
  )
  useEffect(() => void ask(), [ask])
  const session = useMemo(
    () => ({
      me,
      signIn: async (email: string, password: string) => {
        await post('/v1/auth/sign-in/email', { email, password })
        await ask()
      },
      signOut: async () => {
        await post('/v1/auth/sign-out').catch(() => {})
        setMe(null)
      },
    }),
    [me, ask],
  )
  return <SessionContext value={session}>{children}</SessionContext>
}

/** @throws outside of SessionProvider */
export const useSession = (): Session => {
  const session = use(SessionContext)
  if (session === null) throw new Error('a session is needed outside of its provider')
  return session
}

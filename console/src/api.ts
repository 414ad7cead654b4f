/**
 * The service's HTTP interface as the console uses it. Every failure is an `ApiError` with a
 * sentence in both languages that says what failed; the session is a cookie that scripts never see.
 */
import { useCallback, useEffect, useState } from 'react'
import type { Problem } from '../../src/http/contract.ts'
import type { Sentence } from './i18n.tsx'

export class ApiError extends Error {
  /** HTTP status; 0 where no answer came. */
  readonly status: number
  readonly code: string
  readonly text: Sentence
  constructor(status: number, code: string, text: Sentence) {
    super(text.en)
    this.status = status
    this.code = code
    this.text = text
  }
}

const UNREACHABLE: Sentence = {
  en: 'The service cannot be reached. Check the connection, then try again.',
  zh: '无法连接服务，请检查网络后重试。',
}
const UNREADABLE: Sentence = {
  en: 'The service answered something that cannot be read. Try again; if it stays so, tell whoever runs the service.',
  zh: '服务返回了无法识别的内容，请重试；如持续出现，请联系服务管理员。',
}

/** @throws ApiError */
export const request = async <T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> => {
  const answer = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ApiError(0, 'unreachable', UNREACHABLE)
  })
  if (answer.status === 204) return undefined as T
  const value: unknown = await answer.json().catch(() => null)
  if (answer.ok && value !== null) return value as T
  throw errorOf(answer.status, value)
}

/** @throws ApiError */
export const get = <T>(path: string): Promise<T> => request<T>('GET', path)
/** @throws ApiError */
export const post = <T>(path: string, body: unknown = {}): Promise<T> =>
  request<T>('POST', path, body)

/** A path with its ids escaped: at`/v1/findings/${id}`. */
export const at = (parts: TemplateStringsArray, ...ids: readonly string[]): string =>
  parts.reduce((path, part, i) => `${path}${encodeURIComponent(ids[i - 1] ?? '')}${part}`)

export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError(0, 'unreadable', UNREADABLE)

export type Loaded<T> = {
  readonly data: T | undefined
  readonly error: ApiError | undefined
  readonly reload: () => void
}

/** What stands at a path, asked for again when the path changes or `reload` is called. */
export const useGet = <T>(path: string | null): Loaded<T> => {
  const [state, setState] = useState<{ path?: string; data?: T; error?: ApiError }>({})
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (path === null) return undefined
    let isWanted = true
    get<T>(path).then(
      (data) => isWanted && setState({ path, data }),
      (error: unknown) =>
        isWanted &&
        setState((old) => ({ ...(old.path === path ? old : { path }), error: asApiError(error) })),
    )
    return () => void (isWanted = false)
  }, [path, turn])
  const reload = useCallback(() => setTurn((last) => last + 1), [])
  const isOld = state.path !== path
  return { data: isOld ? undefined : state.data, error: isOld ? undefined : state.error, reload }
}

/** Server-sent events; the browser comes back by itself. @returns the way to stop */
export const listen = (
  path: string,
  take: (topic: string, data: unknown) => void,
  topics: readonly string[],
  onState: (isOpen: boolean) => void = () => {},
): (() => void) => {
  const source = new EventSource(path)
  for (const topic of topics)
    source.addEventListener(topic, (event) => take(topic, JSON.parse(String(event.data))))
  source.addEventListener('open', () => onState(true))
  source.addEventListener('error', () => onState(false))
  return () => source.close()
}

const errorOf = (status: number, value: unknown): ApiError => {
  const { code, text } = (value ?? {}) as Partial<Problem>
  return text === undefined || code === undefined
    ? new ApiError(status, 'unreadable', UNREADABLE)
    : new ApiError(status, code, text)
}

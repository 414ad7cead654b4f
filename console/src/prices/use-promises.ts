/** Promises on file, page by page, asked for again every few seconds: a coupon may have come. */
import { useEffect, useState } from 'react'
import type { PromiseOnFileView, PromisesOnFile as Page } from '../../../src/http/contract.ts'
import { asApiError, get, type ApiError } from '../api.ts'

const PER_PAGE = 50
const EVERY_MS = 10_000

export type OnFile = {
  /** Newest first; undefined until they have come. */
  readonly rows: readonly PromiseOnFileView[] | undefined
  /** Whose shops are on file, with promises or without. */
  readonly platforms: readonly string[]
  readonly error: ApiError | undefined
  readonly isMore: boolean
  readonly isComplete: boolean
  readonly more: () => void
  readonly reload: () => void
}

type State = Pick<OnFile, 'rows' | 'platforms' | 'error' | 'isMore' | 'isComplete'>
const NONE: State = {
  rows: undefined,
  platforms: [],
  error: undefined,
  isMore: false,
  isComplete: true,
}

/** @param broadcast empty for every broadcast */
export const usePromises = (broadcast: string): OnFile => {
  const [state, setState] = useState(NONE)
  const [pages, setPages] = useState(1)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let isWanted = true
    const load = () =>
      fetchPages(broadcast, pages).then(
        (loaded) => isWanted && setState({ ...loaded, error: undefined }),
        (error: unknown) => isWanted && setState((old) => ({ ...old, error: asApiError(error) })),
      )
    void load()
    const timer = setInterval(() => {
      if (!document.hidden) void load()
    }, EVERY_MS)
    return () => {
      isWanted = false
      clearInterval(timer)
    }
  }, [broadcast, pages, turn])
  return {
    ...state,
    more: () => setPages((count) => count + 1),
    reload: () => setTurn((last) => last + 1),
  }
}

const fetchPages = async (broadcast: string, pages: number): Promise<Omit<State, 'error'>> => {
  const rows: PromiseOnFileView[] = []
  for (let page = 1; ; page += 1) {
    const last = rows.at(-1)
    const query = new URLSearchParams({
      limit: String(PER_PAGE),
      ...(broadcast === '' ? {} : { broadcast }),
      ...(last === undefined ? {} : { before: String(last.number) }),
    })
    const { promises, platforms, complete } = await get<Page>(`/v1/promises?${query.toString()}`)
    rows.push(...promises)
    const isMore = promises.length === PER_PAGE
    if (!isMore || page >= pages) return { rows, platforms, isMore, isComplete: complete }
  }
}

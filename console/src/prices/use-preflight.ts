/** Asks while somebody types: after a pause, and never shows an answer to an older question. */
import { useEffect, useState } from 'react'
import type { PreflightAnswer } from '../../../src/http/contract.ts'
import { asApiError, post, type ApiError } from '../api.ts'

const PAUSE_MS = 400

export type Asked = {
  readonly answer: PreflightAnswer | undefined
  readonly error: ApiError | undefined
  readonly isAsking: boolean
}

/**
 * @param events of a shop; null for the shop on file
 * @param platform whose shop on file; null where there is one only, undefined until that is known
 */
export const usePreflight = (
  events: readonly unknown[] | null,
  platform: string | null | undefined,
  coupon: Readonly<Record<string, unknown>> | null,
): Asked => {
  const [state, setState] = useState<Asked>({
    answer: undefined,
    error: undefined,
    isAsking: false,
  })
  const asked = JSON.stringify(coupon)
  useEffect(() => {
    if (events === null && platform === undefined) return undefined
    let isWanted = true
    const timer = setTimeout(() => {
      setState((old) => ({ ...old, isAsking: true }))
      const question = { events, platform: platform ?? null, coupon: JSON.parse(asked) as unknown }
      post<PreflightAnswer>('/v1/prices/preflight', question).then(
        (answer) => isWanted && setState({ answer, error: undefined, isAsking: false }),
        (error: unknown) =>
          isWanted && setState({ answer: undefined, error: asApiError(error), isAsking: false }),
      )
    }, PAUSE_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [events, platform, asked])
  return state
}

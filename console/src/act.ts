/** Something that a person does with the press of a button: whether it is under way, and what failed. */
import { useState } from 'react'
import { asApiError, type ApiError } from './api.ts'

export const useAct = () => {
  const [error, setError] = useState<ApiError>()
  const [isBusy, setBusy] = useState(false)
  const run = (act: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    void act()
      .catch((reason: unknown) => setError(asApiError(reason)))
      .finally(() => setBusy(false))
  }
  return { run, error, isBusy }
}

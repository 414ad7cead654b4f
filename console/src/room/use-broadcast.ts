/** One broadcast as it is now: figures as they come, curves and findings a little later. */
import { useEffect, useState } from 'react'
import { at, get, listen, useGet, type ApiError } from '../api.ts'
import type { Room } from '../wall/rooms.ts'
import type { Broadcast, Moment, RaisedFinding } from './types.ts'

/** A whole answer carries every curve, so it is asked for at most this often. */
const WHOLE_EVERY_MS = 5_000
const MOMENTS_EVERY_MS = 2_000
/** Comments in sight; the ledger has all of them. */
const MOST_SHOWN = 400

export type BroadcastNow = {
  readonly whole: Broadcast | undefined
  readonly raised: readonly RaisedFinding[]
  readonly error: ApiError | undefined
  readonly reload: () => void
}

export const useBroadcast = (broadcast: string): BroadcastNow => {
  const { data, error, reload } = useGet<Broadcast>(at`/v1/broadcasts/${broadcast}`)
  const raised = useGet<{ readonly findings: readonly RaisedFinding[] }>(
    `/v1/findings?limit=200&broadcast=${encodeURIComponent(broadcast)}`,
  )
  const [figures, setFigures] = useState<Room>()
  const { reload: reloadRaised } = raised
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const take = (topic: string, message: unknown) => {
      if (topic === 'figures') setFigures(message as Room)
      else reloadRaised()
      timer ??= setTimeout(
        () => {
          timer = undefined
          reload()
        },
        topic === 'figures' ? WHOLE_EVERY_MS : 0,
      )
    }
    const topics = ['figures', 'finding', 'measure'] as const
    const path = at`/v1/broadcasts/${broadcast}/stream`
    const stop = listen(`${path}?topics=${topics.join(',')}`, take, topics)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [broadcast, reload, reloadRaised])
  const isNewer = figures !== undefined && figures.broadcast === broadcast
  const whole = data === undefined ? undefined : { ...data, ...(isNewer ? figures : {}) }
  return { whole, raised: raised.data?.findings ?? [], error, reload }
}

/** What was said and offered lately, oldest first; nothing for those who may not see it. */
export const useMoments = (broadcast: string, isAllowed: boolean): readonly Moment[] => {
  const [moments, setMoments] = useState<readonly Moment[]>([])
  useEffect(() => {
    if (!isAllowed) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let isWanted = true
    let after = 0
    const kept = new Map<string, Moment>()
    const ask = async () => {
      const path = at`/v1/broadcasts/${broadcast}/moments`
      // A poll that fails is made up for by the next one.
      const answer = await get<{ readonly moments: readonly Moment[] }>(
        `${path}?after=${after}`,
      ).catch(() => undefined)
      if (!isWanted) return
      for (const moment of answer?.moments ?? []) {
        kept.set(`${moment.kind} ${moment.id}`, moment)
        after = moment.number
      }
      while (kept.size > MOST_SHOWN) kept.delete(kept.keys().next().value!)
      if ((answer?.moments.length ?? 0) > 0) setMoments([...kept.values()])
      timer = setTimeout(() => void ask(), MOMENTS_EVERY_MS)
    }
    void ask()
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [broadcast, isAllowed])
  return moments
}

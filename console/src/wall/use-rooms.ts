/**
 * Rooms as they are now. Messages come as often as rooms are judged, two thousand rooms a few
 * hundred a second, so they are gathered and shown a few times a second at most.
 */
import { useEffect, useRef, useState } from 'react'
import { asApiError, get, listen, type ApiError } from '../api.ts'
import type { Room } from './rooms.ts'

const SHOW_EVERY_MS = 400

export type Rooms = {
  /** Undefined until the first answer. */
  readonly rooms: ReadonlyMap<string, Room> | undefined
  readonly error: ApiError | undefined
  /** False while the stream is broken and the browser tries to come back. */
  readonly isLive: boolean
  readonly retry: () => void
}

export const useRooms = (): Rooms => {
  const [rooms, setRooms] = useState<ReadonlyMap<string, Room>>()
  const [error, setError] = useState<ApiError>()
  const [isLive, setLive] = useState(true)
  const [turn, setTurn] = useState(0)
  const kept = useRef(new Map<string, Room>())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isWanted = true
    const show = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        setRooms(new Map(kept.current))
      }, SHOW_EVERY_MS)
    }
    const take = (_topic: string, data: unknown) => {
      const room = data as Room
      kept.current.set(room.broadcast, room)
      show()
    }
    const stop = listen('/v1/stream?topics=figures', take, ['figures'], setLive)
    get<{ readonly broadcasts: readonly Room[] }>('/v1/broadcasts').then(
      ({ broadcasts }) => {
        if (!isWanted) return
        // What the stream brought meanwhile is newer.
        for (const room of broadcasts)
          if (!kept.current.has(room.broadcast)) kept.current.set(room.broadcast, room)
        setError(undefined)
        setRooms(new Map(kept.current))
      },
      (reason: unknown) => isWanted && setError(asApiError(reason)),
    )
    return () => {
      isWanted = false
      clearTimeout(timer)
      stop()
    }
  }, [turn])
  return { rooms, error, isLive, retry: () => setTurn((last) => last + 1) }
}

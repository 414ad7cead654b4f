/** When one last looked at the wall and what stood there, kept by the browser. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { lookOf, NEVER_LOOKED, type Look, type Room } from './rooms.ts'

const KEPT = 'assay.look'

/** Kept when one leaves the page; shown is what was kept the time before, until `mark` is called. */
export const useLook = (rooms: ReadonlyMap<string, Room> | undefined) => {
  const [look, setLook] = useState<Look>(readLook)
  const newest = useRef(rooms)
  useEffect(() => void (newest.current = rooms), [rooms])
  const keep = useCallback(() => {
    if (newest.current === undefined) return undefined
    const now = lookOf(newest.current.values(), Date.now())
    localStorage.setItem(KEPT, JSON.stringify(now))
    return now
  }, [])
  useEffect(() => {
    const left = () => document.visibilityState === 'hidden' && keep()
    document.addEventListener('visibilitychange', left)
    addEventListener('pagehide', keep)
    return () => {
      document.removeEventListener('visibilitychange', left)
      removeEventListener('pagehide', keep)
      keep()
    }
  }, [keep])
  const mark = () => setLook(keep() ?? NEVER_LOOKED)
  return { look, mark }
}

const readLook = (): Look => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '') as Look
    return typeof kept.at === 'number' && typeof kept.rooms === 'object' ? kept : NEVER_LOOKED
  } catch {
    return NEVER_LOOKED
  }
}

/**
 * Are account ids masked? A public capture may give every person one id ("111111"); an account is
 * then no person, and nothing may be said of it.
 */
import type { Room } from '../room.ts'

/** Share of all visits, or of all comments where no visit is seen, that one person cannot hold. */
const ONE_ID_SHARE = 0.8
/** Below this many visits or comments one busy account is no sign of anything. */
const ENOUGH = 20

export const isMasked = (room: Room): boolean => {
  const hasViews = room.views.length > 0
  const total = hasViews ? room.views.length : room.comments.length
  if (total < ENOUGH) return false
  const { views, comments } = room.accounts.columns
  const held = hasViews ? views : comments
  let top = 0
  for (let i = 0; i < room.accounts.length; i += 1) top = Math.max(top, held[i]!)
  return top >= ONE_ID_SHARE * total
}

/**
 * What a finding may call an event: its id, or that of the order, comment or review which the event
 * brings, for detectors know those better than their events.
 */
const BROUGHT: Readonly<Record<string, string>> = {
  'live.order.placed': 'order',
  'live.comment.posted': 'comment',
  'live.review.posted': 'review',
}

/** Of an event as it was read back: nothing is taken for granted of it. */
export const namesOf = (event: Readonly<Record<string, unknown>>): readonly string[] => {
  const { id, type, data } = event
  const brought =
    typeof type === 'string' && Object.hasOwn(BROUGHT, type) ? BROUGHT[type] : undefined
  const other =
    brought !== undefined && typeof data === 'object' && data !== null
      ? (data as Readonly<Record<string, unknown>>)[brought]
      : undefined
  return [id, other].filter((name) => typeof name === 'string')
}

/** Instants: milliseconds from the epoch outside, `timestamptz` inside; null is "not known". */

/** As it goes into a statement's JSON. */
export const isoOf = (ms: number | null | undefined): string | null =>
  ms == null ? null : new Date(ms).toISOString()

/** @param date a `timestamptz` as the port gives it */
export const msOf = (date: unknown): number | null => (date instanceof Date ? date.getTime() : null)

/**
 * Working days in mainland China (UTC+8, no summer time), Monday to Friday. Public holidays are not
 * taken out, so a deadline of ours is never later than one that counts them.
 */
const DAY_MS = 24 * 3_600_000
const OFFSET_MS = 8 * 3_600_000

/** The end of the `days`th working day after the day of `fromMs`; ms from the epoch. */
export const endOfWorkingDay = (fromMs: number, days: number): number => {
  let day = Math.floor((fromMs + OFFSET_MS) / DAY_MS)
  for (let left = days; left > 0;) {
    day += 1
    if (isWorkingDay(day)) left -= 1
  }
  return (day + 1) * DAY_MS - OFFSET_MS
}

/** @param day from 1970-01-01, a Thursday */
const isWorkingDay = (day: number): boolean => {
  const weekday = (day + 4) % 7
  return weekday !== 0 && weekday !== 6
}

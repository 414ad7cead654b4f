/** What is said about arrivals, views and crowds. */
export const audience = {
  'audience.example': { en: '{count} views', zh: '{count} 次观看' },
} as const

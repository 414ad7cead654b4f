/** What the store part says. */
export const store = {} as const

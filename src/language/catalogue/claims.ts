/** What the claims part says. */
export const claims = {} as const

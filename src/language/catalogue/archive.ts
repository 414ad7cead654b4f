/** What the archive part says. */
export const archive = {} as const

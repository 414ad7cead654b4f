/** What the bundle part says. */
export const bundle = {} as const

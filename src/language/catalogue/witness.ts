/** What the witness part says. */
export const witness = {} as const

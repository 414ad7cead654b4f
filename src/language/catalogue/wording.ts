/** What the wording part says. */
export const wording = {} as const

/** What the ledger part says. */
export const ledger = {} as const

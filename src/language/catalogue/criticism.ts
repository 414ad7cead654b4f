/** What the criticism part says. */
export const criticism = {} as const

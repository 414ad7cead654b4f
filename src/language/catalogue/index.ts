/** The one catalogue: every sentence a user reads, by the part of the house that says it. */
import { audience } from './audience.ts'
import { refusals } from './refusals.ts'

export const catalogue = { ...audience, ...refusals } as const

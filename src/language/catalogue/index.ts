/** The one catalogue: every sentence a user reads, by the part of the house that says it. */
import { audience } from './audience.ts'
import { cli } from './cli.ts'
import { content } from './content.ts'
import { orders } from './orders.ts'
import { pricing } from './pricing.ts'
import { promises } from './promises.ts'
import { reading } from './reading.ts'
import { evaluation } from './evaluation.ts'
import { refusals } from './refusals.ts'
import { report } from './report.ts'

export const catalogue = {
  ...audience,
  ...cli,
  ...evaluation,
  ...content,
  ...orders,
  ...pricing,
  ...promises,
  ...reading,
  ...refusals,
  ...report,
} as const

/** The one catalogue: every sentence a user reads, by the part of the house that says it. */
import { archive } from './archive.ts'
import { audience } from './audience.ts'
import { bundle } from './bundle.ts'
import { claims } from './claims.ts'
import { cli } from './cli.ts'
import { content } from './content.ts'
import { criticism } from './criticism.ts'
import { ledger } from './ledger.ts'
import { orders } from './orders.ts'
import { pricing } from './pricing.ts'
import { promises } from './promises.ts'
import { proofs } from './proofs.ts'
import { reading } from './reading.ts'
import { evaluation } from './evaluation.ts'
import { refusals } from './refusals.ts'
import { report } from './report.ts'
import { store } from './store.ts'
import { witness } from './witness.ts'
import { wording } from './wording.ts'

export const catalogue = {
  ...archive,
  ...bundle,
  ...claims,
  ...criticism,
  ...ledger,
  ...store,
  ...witness,
  ...wording,
  ...audience,
  ...cli,
  ...evaluation,
  ...content,
  ...orders,
  ...pricing,
  ...promises,
  ...proofs,
  ...reading,
  ...refusals,
  ...report,
} as const

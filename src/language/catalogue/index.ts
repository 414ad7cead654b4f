/** The one catalogue: every sentence a user reads, by the part of the house that says it. */
import { access } from './access.ts'
import { archive } from './archive.ts'
import { audience } from './audience.ts'
import { bundle } from './bundle.ts'
import { claims } from './claims.ts'
import { cli } from './cli.ts'
import { consoleWork } from './console.ts'
import { content } from './content.ts'
import { criticism } from './criticism.ts'
import { live } from './live.ts'
import { http } from './http.ts'
import { ledger } from './ledger.ts'
import { orders } from './orders.ts'
import { pricing } from './pricing.ts'
import { promises } from './promises.ts'
import { proofs } from './proofs.ts'
import { reading } from './reading.ts'
import { evaluation } from './evaluation.ts'
import { refusals } from './refusals.ts'
import { report } from './report.ts'
import { serve } from './serve.ts'
import { store } from './store.ts'
import { witness } from './witness.ts'
import { wording } from './wording.ts'

export const catalogue = {
  ...access,
  ...archive,
  ...bundle,
  ...claims,
  ...criticism,
  ...http,
  ...ledger,
  ...live,
  ...serve,
  ...store,
  ...witness,
  ...wording,
  ...audience,
  ...cli,
  ...consoleWork,
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

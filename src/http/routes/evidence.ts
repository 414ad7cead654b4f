/** The evidence of a finding, piece by piece: where it lies in the log, and the proof that it does. */
import { Hono } from 'hono'
import type { Finding } from '../../vocabulary/finding.ts'
import { evidenceFor } from '../access/views.ts'
import type { OpenedRows, ProvedEvidence } from '../contract.ts'
import type { AppEnv, Door } from '../door.ts'
import { notFound } from '../problem.ts'

/** What is asked for of a finding. */
export type EvidenceOf = Pick<Finding, 'kind' | 'broadcast' | 'evidence' | 'from' | 'until'>

export type EvidenceProofs = {
  readonly prove: (finding: EvidenceOf) => Promise<ProvedEvidence>
  readonly rows: (finding: EvidenceOf) => Promise<OpenedRows>
}

export const evidenceRoutes = (
  { store }: Pick<Door, 'store'>,
  evidence: EvidenceProofs,
): Hono<AppEnv> => {
  const findingOf = async (id: string): Promise<EvidenceOf> => {
    const row = await store.findings.get(id)
    if (row === undefined) throw notFound()
    return row.document as Finding
  }
  return new Hono<AppEnv>()
    .get('/v1/findings/:finding/evidence', async (c) => {
      const proved = await evidence.prove(await findingOf(c.req.param('finding')))
      return c.json(evidenceFor(c.get('actor'), proved))
    })
    .get('/v1/findings/:finding/evidence/rows', async (c) =>
      c.json(await evidence.rows(await findingOf(c.req.param('finding')))),
    )
}

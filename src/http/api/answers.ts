/**
 * Shapes of answers that are made of several things, for the OpenAPI document and for the tests
 * that hold answers against it. What is said of one thing stands in contract.ts and by its routes.
 */
import { z } from 'zod'
import { FINDING_KINDS, STRENGTHS } from '../../vocabulary/finding.ts'
import { KEY_SCOPES, ROLES } from '../access/actor.ts'
import { auditView, liveFigures, measure, note, sentence } from '../contract.ts'

const instant = z.iso.datetime()
const number = z.int().meta({ description: 'place in the list, and its cursor' })

/** Who is measured is shown neither risk nor triggers. */
export const shownFigures = liveFigures
  .partial({ risk: true, gravest: true, keyTriggers: true })
  .meta({ id: 'ShownFigures', description: 'risk and triggers are for who investigates' })

export const shownFinding = z
  .looseObject({
    kind: z.enum(FINDING_KINDS),
    broadcast: z.string().optional(),
    verdict: z.enum(['supported', 'undetermined', 'insufficient-data']),
    strength: z.enum(STRENGTHS),
    summary: sentence,
    provisions: z.array(z.looseObject({ id: z.string() })),
    from: z.string(),
    until: z.string(),
    reasons: z.array(
      z.looseObject({ family: z.string(), observed: z.union([z.number(), z.string()]) }),
    ),
  })
  .meta({
    id: 'ShownFinding',
    description:
      'Whoever is measured is shown the facts; weights, expectations and ids of events are for who investigates',
  })

const listed = shownFinding.extend({ withdrawnAt: instant.nullable() })

export const broadcastList = z.object({ broadcasts: z.array(shownFigures) })
export const broadcastWhole = shownFigures
  .extend({
    findings: z.array(shownFinding),
    standing: z.array(measure),
    hasRecording: z.boolean(),
    series: z.looseObject({}).optional(),
    dwell: z.unknown().optional(),
    contents: z.unknown().optional(),
  })
  .meta({ id: 'Broadcast' })
export const momentList = z.object({
  moments: z.array(
    z.object({
      number: z.int(),
      id: z.string(),
      at: z.string(),
      kind: z.enum(['comment', 'price', 'coupon', 'caption', 'promise']),
      text: z.string(),
      product: z.string().nullable(),
      price: z.number().nullable().meta({ description: 'minor units' }),
      removed: z
        .object({
          at: z.string(),
          by: z.string(),
          reason: z.string(),
          note: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
})
export const broadcastFindings = z.object({ findings: z.array(listed) })
export const broadcastMeasures = z.object({ measures: z.array(measure) })
export const suspects = z.object({
  suspects: z
    .record(
      z.string(),
      z.object({
        count: z.int(),
        first: z.array(z.object({ id: z.string(), probability: z.number() })),
      }),
    )
    .meta({ description: 'by kind: everybody suspected at one half or more' }),
})

export const findingRow = listed
  .extend({ id: z.string(), raisedAt: instant })
  .meta({ id: 'FindingRow' })
export const findingList = z.object({ findings: z.array(findingRow.extend({ number })) })
export const measureList = z.object({
  measures: z.array(measure.extend({ number: number.optional() })),
})
export const noteList = z.object({ notes: z.array(note.extend({ number })) })

export const me = z.object({
  id: z.string(),
  role: z.enum(ROLES),
  party: z.string().nullable(),
})
export const people = z.object({
  people: z.array(me.extend({ email: z.string(), name: z.string() })),
})
export const invitation = z.object({ token: z.string(), expiresAt: instant })
export const ingestKeyList = z.object({
  keys: z.array(
    z.object({
      key: z.string(),
      source: z.string(),
      scopes: z.array(z.enum(KEY_SCOPES)),
      label: z.string(),
      createdBy: z.string(),
      createdAt: instant,
      expiresAt: instant.nullable(),
      replacedBy: z.string().nullable(),
    }),
  ),
})
export const issuedKey = z
  .object({ key: z.string(), secret: z.string().meta({ description: 'shown this once' }) })
  .meta({ id: 'IssuedKey' })
export const readList = z.object({
  reads: z.array(
    z.object({
      number,
      read: z.string(),
      at: instant,
      reader: z.string(),
      role: z.string(),
      route: z.string(),
      object: z.string(),
    }),
  ),
})
export const status = z.object({ status: z.string() })
export const promiseList = z.object({
  promises: z.array(
    z.object({ promise: z.string(), product: z.string(), kind: z.string(), text: z.string() }),
  ),
})
export const auditList = z.object({ audits: z.array(auditView) })
export const auditReport = z
  .looseObject({ broadcasts: z.array(z.looseObject({})), merchants: z.array(z.looseObject({})) })
  .meta({ id: 'AuditReport', description: 'as `assay audit --json` prints it: docs/audit-json.md' })
export const pushedInit = z.object({ sha256: z.string() })
export const pushedPiece = z.object({ sequence: z.int(), sha256: z.string() })

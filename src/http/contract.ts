/**
 * What goes out under /v1, as schemas: the OpenAPI and AsyncAPI documents, the console's types and
 * the tests are made of these. Instants are RFC 3339 in UTC, money is in minor units.
 */
import { z } from 'zod'

export const sentence = z.object({ en: z.string(), zh: z.string() }).meta({ id: 'Sentence' })

const count = z.number().nullable()

export const interval = z
  .object({
    estimate: count.meta({ description: 'null where the evidence cannot say' }),
    low: z.number(),
    high: z.number(),
  })
  .meta({ id: 'Interval', description: 'A 90 % interval with its point estimate' })

export const figure = z
  .object({
    displayed: count.meta({ description: 'what the page showed' }),
    observed: count.meta({ description: 'what the events contain' }),
    genuine: interval.nullable(),
    water: count.meta({ description: '1 − genuine / displayed, the share that is not real' }),
  })
  .meta({ id: 'Figure', description: 'One figure three ways; null is never zero' })

const salesFigure = figure
  .extend({
    filtered: count.meta({ description: 'gross less what is suspected of not being a sale' }),
    net: count.meta({ description: 'after completed refunds and cancellations' }),
  })
  .meta({ id: 'SalesFigure' })

export const figures = z
  .object({
    viewers: figure,
    views: figure,
    concurrent: figure,
    likes: figure,
    comments: figure,
    orders: salesFigure,
    sales: salesFigure,
  })
  .meta({ id: 'Figures' })

/** A counter for the public: the verified figure where one stands, else the displayed one. */
const counter = z
  .object({ value: count, isVerified: z.boolean() })
  .meta({ id: 'Counter', description: 'What the public is shown' })

export const counters = z.object({ viewers: counter, likes: counter }).meta({ id: 'Counters' })

export const liveFigures = z
  .object({
    broadcast: z.string(),
    room: z.string(),
    operator: z.string(),
    title: z.string(),
    currency: z.string(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    /** When the service judged, by its own clock. */
    judgedAt: z.iso.datetime(),
    vantage: z.enum(['telemetry', 'capture', 'orders']),
    figures,
    counters,
    risk: z.number().meta({
      description: 'weight in bans of the gravest supported finding, 0 where there is none',
    }),
    gravest: z
      .object({
        finding: z.string(),
        kind: z.string(),
        strength: z.string(),
        from: z.string().meta({ description: 'since when, by the events' }),
      })
      .nullable()
      .meta({ description: 'the finding that `risk` is the weight of' }),
    /** Triggers that make it a key room (M26 Art. 11); empty for a room like any other. */
    keyTriggers: z.array(z.string()),
    /** Names of the measures that stand. */
    measures: z.array(z.string()),
  })
  .meta({ id: 'LiveFigures' })

/** What may come of an appeal: the measure stays, or goes. */
export const APPEAL_OUTCOMES = ['upheld', 'reversed'] as const
const outcome = z.enum(APPEAL_OUTCOMES).nullable()

const appealOfMeasure = z
  .object({
    appeal: z.string(),
    lodgedAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable().meta({ description: 'null while it is open' }),
    outcome,
  })
  .meta({ id: 'AppealOfMeasure' })

export const measure = z
  .object({
    measure: z.string(),
    broadcast: z.string(),
    name: z.string(),
    step: z.string(),
    of: z.string().nullable().meta({ description: 'the figure replaced or function limited' }),
    finding: z.string(),
    kind: z.string(),
    facts: sentence,
    reasons: sentence,
    basis: z.array(z.string()).meta({ description: 'ids of provisions' }),
    appealTo: z.string(),
    automatic: z.boolean(),
    imposedBy: z.string().nullable().meta({ description: 'a person; null for the machine' }),
    imposedAt: z.iso.datetime(),
    liftedAt: z.iso.datetime().nullable(),
    liftedBy: z.string().nullable(),
    signed: z
      .string()
      .nullable()
      .meta({ description: 'the instruction to the platform as a C2SP signed note' }),
    appeal: appealOfMeasure.nullable().meta({ description: 'the last one against it' }),
  })
  .meta({ id: 'Measure', description: 'A measure with its statement of reasons' })

/** Whoever lodged it, and whoever judges, is shown all of it. */
export const appeal = appealOfMeasure
  .extend({
    broadcast: z.string(),
    restriction: z.string().meta({ description: 'id of the measure' }),
    grounds: z.string(),
    party: z.string().nullable().meta({ description: 'the merchant; null once erased' }),
    lodgedBy: z.string().nullable(),
    reasons: sentence.nullable(),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'Appeal', description: 'An appeal against a measure' })

const base64 = z.string().meta({ description: 'base64' })

/** An event of a chunk by its hash: the chunk holds that hash at that place. */
const chunkRow = z
  .object({
    within: z.int().meta({ description: 'place in the chunk, from 0' }),
    hash: base64.meta({ description: 'RFC 6962 leaf hash of the salted event; names nobody' }),
    proof: z.array(base64).meta({ description: 'to the root that the leaf of the chunk states' }),
  })
  .meta({ id: 'ChunkRow' })

export const provedPlace = z
  .object({
    type: z.string(),
    time: z.string(),
    leaf: z.int().meta({ description: 'place in the log, from 0' }),
    hash: base64.meta({ description: 'RFC 6962 leaf hash of the entry' }),
    entry: z
      .string()
      .optional()
      .meta({ description: 'as it was logged; only for who investigates' }),
    proof: z.string().meta({ description: 'a C2SP .tlog-proof file' }),
    row: chunkRow
      .nullable()
      .optional()
      .meta({ description: 'null for a leaf of its own, and for a row that was erased since' }),
  })
  .meta({ id: 'ProvedPlace' })

export const evidencePiece = z
  .object({
    name: z
      .string()
      .optional()
      .meta({ description: 'as the finding names it: an event, order, comment or review' }),
    place: provedPlace.nullable().meta({ description: 'null where it was not found' }),
  })
  .meta({ id: 'EvidencePiece' })

export const provedEvidence = z
  .object({
    count: z.int().meta({ description: 'pieces that the finding rests on' }),
    pieces: z.array(evidencePiece).meta({ description: 'the first fifty of them' }),
    size: z.int().meta({ description: 'leaves under the checkpoint of the proofs' }),
    policy: z.string().meta({
      description: 'tlog-policy: whom this log names as its witnesses; bring your own',
    }),
    isCut: z.boolean().meta({
      description: 'the search ended at its bound: what was not found may be there all the same',
    }),
  })
  .meta({ id: 'ProvedEvidence', description: 'Where each piece of evidence lies, with its proof' })

/** What a finding names and telemetry holds, in clear: it names persons. */
export const openedRows = z
  .object({
    rows: z.array(
      z.object({
        name: z.string(),
        salted: base64.meta({ description: 'salt and event, as they were hashed' }),
      }),
    ),
  })
  .meta({ id: 'OpenedRows' })

export const note = z
  .object({
    note: z.string(),
    broadcast: z.string(),
    finding: z.string(),
    text: sentence,
    writtenAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Note', description: 'Told to a person; leads to nothing by itself' })

export const refusedEvent = z
  .object({
    index: z.int().meta({ description: 'place in what was sent, from 0' }),
    code: z.string(),
    field: z.string().optional(),
    expected: z.string().optional(),
    got: z.string().optional(),
    text: sentence,
  })
  .meta({ id: 'RefusedEvent' })

export const ingestAnswer = z
  .object({
    accepted: z.int(),
    repeats: z.int(),
    refused: z.array(refusedEvent).meta({ description: 'the first hundred' }),
    refusedCount: z.int(),
    position: z.int().meta({ description: 'everything up to here is durable' }),
  })
  .meta({ id: 'IngestAnswer' })

/** RFC 9457. `code` is ours and stable; `title` and `detail` are for people. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    text: sentence,
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' })

/** What a player of any platform is told, without identities and without thresholds. */
export const embed = z
  .object({
    room: z.string(),
    broadcast: z.string().nullable(),
    counters: counters.nullable(),
    notice: sentence.nullable(),
    sellers: z.array(z.string()),
    promises: z.array(z.object({ product: z.string(), kind: z.string(), text: z.string() })),
    evidenceUri: z.string(),
  })
  .meta({ id: 'Embed' })

const tableColumn = z.object({
  name: z.string(),
  values: z.array(z.string()).meta({ description: 'different ones, of the first rows' }),
  isAll: z.boolean().meta({ description: 'whether the first rows hold no other value' }),
})

/** An audit of a file that somebody handed in. */
export const auditView = z
  .object({
    audit: z.string(),
    name: z.string(),
    bytes: z.int(),
    state: z.enum(['waiting', 'reading', 'unmapped', 'judging', 'done', 'failed']).meta({
      description: 'unmapped: a table of which nobody has said yet what its columns are',
    }),
    share: count.meta({ description: 'of the file that was read, 0 to 1; null where unknown' }),
    takenAt: z.iso.datetime(),
    failure: sentence.nullable(),
    columns: z
      .array(tableColumn)
      .nullable()
      .meta({ description: 'of a table that is unmapped, as its first rows show them' }),
  })
  .meta({ id: 'AuditView' })

const priced = z.object({
  product: z.string(),
  quantity: z.int(),
  unitPrice: z.number(),
  amount: z.number(),
  discount: z.number(),
})

/** The basket that shows it, as a till would print it; amounts in minor units. */
export const receipt = z
  .object({
    product: z.string(),
    at: z.iso.datetime(),
    channel: z.string(),
    unitPrice: z.number().meta({ description: 'a piece, cut to the minor unit' }),
    lines: z.array(priced),
    coupons: z.array(z.object({ coupon: z.string(), discount: z.number() })),
    gross: z.number(),
    total: z.number(),
    order: z.string().nullable(),
  })
  .meta({ id: 'Receipt' })

export const checkedPromise = z
  .object({
    promise: z.string(),
    kind: z.string(),
    product: z.string(),
    text: z.string(),
    outcome: z.enum(['kept', 'broken', 'review', 'outside']),
    missing: sentence.nullable().meta({ description: 'what the promise left unsaid' }),
    responsible: z.string().nullable(),
    owedOrders: z.int(),
    owed: z.number(),
    receipt: receipt.nullable(),
    complete: z.boolean(),
  })
  .meta({ id: 'CheckedPromise' })

/** A promise on file, with what became of it. */
export const promiseOnFile = checkedPromise
  .extend({
    number: z.int().meta({ description: 'place in the list, and its cursor' }),
    platform: z.string().meta({ description: 'beginning of the `source` of its events' }),
    currency: z.string(),
    merchant: z.string().nullable().meta({ description: 'null where no listing says so' }),
    broadcast: z.string().nullable(),
    madeAt: z.iso.datetime(),
  })
  .meta({ id: 'PromiseOnFile' })

export const promisesOnFile = z.object({
  promises: z.array(promiseOnFile),
  platforms: z
    .array(z.string())
    .meta({ description: 'whose shops are on file, with promises or without' }),
  complete: z.boolean().meta({ description: 'false where more was promised than is kept on file' }),
})

export const preflightAnswer = z
  .object({
    currency: z.string(),
    /** Of the shop's events and of the coupon, the first twenty. */
    refused: z.array(sentence),
    refusedCount: z.int(),
    promises: z
      .array(checkedPromise)
      .meta({ description: 'of the events that were given; those on file: GET /v1/promises' }),
    products: z.array(z.object({ product: z.string(), title: z.string() })),
    coupon: z
      .object({
        outcome: z.enum(['safe', 'breaks', 'review']),
        breaks: z.array(
          z.object({
            promise: z.string(),
            product: z.string(),
            limit: z.number(),
            missing: sentence.nullable(),
            receipt,
          }),
        ),
        changes: z.array(sentence).meta({ description: 'each was tried and breaks nothing' }),
        liability: count.meta({ description: 'what it can cost its issuer at most' }),
        complete: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'PreflightAnswer' })

export type AuditView = z.infer<typeof auditView>
export type TableColumn = z.infer<typeof tableColumn>
export type ReceiptView = z.infer<typeof receipt>
export type CheckedPromise = z.infer<typeof checkedPromise>
export type PromiseOnFileView = z.infer<typeof promiseOnFile>
export type PromisesOnFile = z.infer<typeof promisesOnFile>
export type PreflightAnswer = z.infer<typeof preflightAnswer>

export type LiveFigures = z.infer<typeof liveFigures>
export type Counters = z.infer<typeof counters>
export type MeasureView = z.infer<typeof measure>
export type AppealView = z.infer<typeof appeal>
export type NoteView = z.infer<typeof note>
export type EvidencePiece = z.infer<typeof evidencePiece>
export type ProvedPlace = z.infer<typeof provedPlace>
export type ProvedEvidence = z.infer<typeof provedEvidence>
export type OpenedRows = z.infer<typeof openedRows>
export type EmbedView = z.infer<typeof embed>
export type Problem = z.infer<typeof problem>

/** What goes out as it happens, by SSE, WebSocket and webhook. */
export type LiveMessage = {
  readonly topic: 'figures' | 'finding' | 'measure' | 'note' | 'room'
  readonly broadcast: string
  readonly data: unknown
}

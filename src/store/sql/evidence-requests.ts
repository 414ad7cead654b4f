/**
 * Requests of consumers for evidence (M26-18): about an order or a complaint of their own. Sealed
 * under the consumer's key, found by a digest of the consumer's id.
 */
import type { DataKeys } from './data-keys.ts'
import { openDocument, present, sealDocument } from './documents.ts'
import type { Sql, SqlRow } from './port.ts'
import { msOf } from './time.ts'

export type EvidenceRequest = {
  readonly request: string
  readonly consumer: string
  readonly kind: 'order' | 'complaint'
  readonly matter: string
  readonly askedAt: number
  readonly document: unknown
}

export type StoredRequest = EvidenceRequest & {
  readonly number: number
  readonly answeredAt: number | null
  /** What was answered, null while it is open. */
  readonly answer: unknown
}

type Sealed = { readonly consumer: string; readonly document: unknown; readonly answer: unknown }

export const evidenceRequestTable = (sql: Sql, keys: DataKeys) => {
  const read = async (row: SqlRow): Promise<StoredRequest | undefined> => {
    const request = row['request'] as string
    const sealed = await openDocument<Sealed>(keys, placeOf(request), row['document'])
    return (
      sealed && {
        ...sealed,
        request,
        number: row['number'] as number,
        kind: row['matter_kind'] as EvidenceRequest['kind'],
        matter: row['matter'] as string,
        askedAt: msOf(row['asked_at'])!,
        answeredAt: msOf(row['answered_at']),
      }
    )
  }

  const get = async (request: string): Promise<StoredRequest | undefined> => {
    const [row] = await sql.query('select * from evidence_requests where request = $1', [request])
    return row && read(row)
  }

  const seal = (request: string, sealed: Sealed) =>
    sealDocument(keys, { subject: sealed.consumer }, placeOf(request), sealed)

  return {
    get,

    ask: async (asked: EvidenceRequest): Promise<void> => {
      const { request, consumer, kind, matter, askedAt, document } = asked
      await sql.query(
        `insert into evidence_requests (request, consumer, matter_kind, matter, asked_at, document)
         values ($1, $2, $3, $4, $5, decode($6, 'hex'))`,
        [
          request,
          await keys.digest('subject', consumer),
          kind,
          matter,
          new Date(askedAt),
          await seal(request, { consumer, document, answer: null }),
        ],
      )
    },

    /** False where there is no such open request. */
    answer: async (request: string, answer: unknown, at: number): Promise<boolean> => {
      const stored = await get(request)
      if (stored === undefined) return false
      const { consumer, document } = stored
      const { affected } = await sql.execute(
        `update evidence_requests set answered_at = $2, document = decode($3, 'hex')
         where request = $1 and answered_at is null`,
        [request, new Date(at), await seal(request, { consumer, document, answer })],
      )
      return affected === 1
    },

    /** Newest first. @param consumer only this one's; null for all */
    list: async (
      consumer: string | null,
      limit: number,
      before: number | null = null,
    ): Promise<StoredRequest[]> => {
      const rows = await sql.query(
        `select * from evidence_requests
         where ($1::bytea is null or consumer = $1) and ($2::bigint is null or number < $2)
         order by number desc limit $3`,
        [consumer === null ? null : await keys.digest('subject', consumer), before, limit],
      )
      return present(await Promise.all(rows.map(read)))
    },
  }
}

const placeOf = (request: string): string => `evidence-requests/${request}`

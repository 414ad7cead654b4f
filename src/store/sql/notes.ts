/**
 * Notes to a person: what leads to nothing by itself (a home-page push, `undetermined`) but must be
 * looked at. A note stays open until somebody closes it.
 */
import type { DataKeys } from './data-keys.ts'
import { lastOfEach, openDocument, pageOf, present, sealDocument, type Page } from './documents.ts'
import type { Sql, SqlRow } from './port.ts'
import { isoOf, msOf } from './time.ts'

export type NoteRow = {
  readonly note: string
  readonly broadcast: string
  readonly kind: string
  readonly writtenAt: number
  readonly document: unknown
}

export type StoredNote = NoteRow & {
  readonly number: number
  readonly closedAt: number | null
  readonly closedBy: string | null
}

export const noteTable = (sql: Sql, keys: DataKeys) => {
  const read = async (row: SqlRow): Promise<StoredNote | undefined> => {
    const note = row['note'] as string
    const sealed = await openDocument<{ document: unknown }>(keys, placeOf(note), row['document'])
    return (
      sealed && {
        note,
        number: row['number'] as number,
        broadcast: row['broadcast'] as string,
        kind: row['kind'] as string,
        writtenAt: msOf(row['written_at'])!,
        closedAt: msOf(row['closed_at']),
        closedBy: row['closed_by'] as string | null,
        document: sealed.document,
      }
    )
  }

  const lineOf = async ({ note, broadcast, kind, writtenAt, document }: NoteRow) => ({
    note,
    broadcast,
    kind,
    written_at: isoOf(writtenAt),
    document: await sealDocument(keys, { broadcast }, placeOf(note), { document }),
  })

  return {
    /** A note written before stays as it is, closed or open. */
    write: async (notes: readonly NoteRow[]): Promise<void> => {
      if (notes.length === 0) return
      const lines = await Promise.all(lastOfEach(notes, ({ note }) => note).map(lineOf))
      await sql.query(WRITE, [JSON.stringify(lines)])
    },

    get: async (note: string): Promise<StoredNote | undefined> => {
      const [row] = await sql.query('select * from notes where note = $1', [note])
      return row && read(row)
    },

    listOpen: async (page: Page): Promise<StoredNote[]> =>
      present(await Promise.all((await pageOf(sql, 'notes', page, 'closed_at is null')).map(read))),

    /** False where there is no such open note. */
    close: async (note: string, by: string, at: number): Promise<boolean> => {
      const { affected } = await sql.execute(
        'update notes set closed_at = $2, closed_by = $3 where note = $1 and closed_at is null',
        [note, new Date(at), by],
      )
      return affected === 1
    },
  }
}

const placeOf = (note: string): string => `notes/${note}`

const WRITE = `
  insert into notes (note, broadcast, kind, written_at, document)
  select note, broadcast, kind, written_at, decode(document, 'hex')
  from jsonb_to_recordset($1::jsonb) as line(
    note text, broadcast text, kind text, written_at timestamptz, document text)
  on conflict (note) do nothing`

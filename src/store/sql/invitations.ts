/** Invitations by an admin: for one address and one role, used once, and only for a while. */
import { createHash, randomBytes } from 'node:crypto'
import type { DataKeys } from './data-keys.ts'
import { openDocument, sealDocument } from './documents.ts'
import type { Sql } from './port.ts'

export type Invitation = {
  readonly email: string
  readonly role: string
  /** The merchant or consumer that the person will act for. */
  readonly party: string | null
}

export const invitationTable = (sql: Sql, keys: DataKeys) => ({
  /** @returns the token, known to nobody afterwards */
  issue: async (invitation: Invitation, by: string, expiresAt: number): Promise<string> => {
    const token = randomBytes(32).toString('base64url')
    const hash = hashOf(token)
    await sql.query(
      `insert into invitations (hash, document, invited_by, expires_at)
       values ($1, decode($2, 'hex'), $3, $4)`,
      [
        hash,
        await sealDocument(keys, { system: 'accounts' }, placeOf(hash), invitation),
        by,
        new Date(expiresAt),
      ],
    )
    return token
  },

  /** Undefined where it is none, was used, or ran out. Of two who come at once one is served. */
  use: async (token: string, now: number): Promise<Invitation | undefined> => {
    const hash = hashOf(token)
    const [row] = await sql.query(
      `update invitations set used_at = $2
       where hash = $1 and used_at is null and expires_at > $2 returning document`,
      [hash, new Date(now)],
    )
    return row && openDocument<Invitation>(keys, placeOf(hash), row['document'])
  },
})

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const placeOf = (hash: Buffer): string => `invitations/${hash.toString('hex')}`

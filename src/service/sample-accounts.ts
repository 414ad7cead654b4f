/**
 * Somebody to sign in as, for the sample evening: one account a role, with passwords drawn at
 * random. Made once, on a database that nobody uses yet; kept in a file of its owner only.
 */
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Role } from '../http/access/actor.ts'
import type { Auth } from '../http/access/auth.ts'
import type { SimulatedEvent } from '../simulator/model.ts'

export type SampleAccount = {
  readonly email: string
  readonly password: string
  readonly role: Role
  /** The merchant or consumer of the evening that the person acts for. */
  readonly party: string | null
}

export const SAMPLE_ACCOUNTS_FILE = 'sample-accounts.json'

/** @returns what is in the file where it was made before; nothing where other people use the service */
export const sampleAccounts = async (
  folder: string,
  auth: Auth,
  evening: readonly SimulatedEvent[],
): Promise<readonly SampleAccount[]> => {
  const file = join(folder, SAMPLE_ACCOUNTS_FILE)
  const kept = await readFile(file, 'utf8').catch(() => null)
  if (kept !== null) return JSON.parse(kept) as readonly SampleAccount[]
  if ((await auth.list()).length > 0) return []
  const order = orderOf(evening)?.data
  const party = (name: 'merchant' | 'buyer'): string | null => {
    const id = order?.[name]
    return typeof id === 'string' ? id : null
  }
  const parties: Readonly<Partial<Record<Role, string | null>>> = {
    merchant: party('merchant'),
    consumer: party('buyer'),
  }
  const accounts = ROLES.map((role): SampleAccount => ({
    email: `${role}@example.test`,
    password: randomBytes(12).toString('base64url'),
    role,
    party: parties[role] ?? null,
  }))
  for (const account of accounts) await auth.create({ ...account, name: account.role })
  await writeFile(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
  return accounts
}

/** Of goods that were promised something: the merchant and the buyer have most to see. */
const orderOf = (evening: readonly SimulatedEvent[]): SimulatedEvent | undefined => {
  const orders = evening.filter(({ type }) => type === 'live.order.placed')
  const promise = evening.find(({ type }) => type === 'live.promise.made')
  const about = (order: SimulatedEvent) =>
    (order.data['lines'] as readonly { readonly product: string }[]).some(
      ({ product }) => product === promise?.data['product'],
    )
  return (promise && orders.find(about)) ?? orders[0]
}

const ROLES = ['inspector', 'adjudicator', 'merchant', 'consumer', 'regulator'] as const

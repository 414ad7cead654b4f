/**
 * Keeps what identifies a person sealed in the auth library's own tables: names, addresses,
 * sessions and tokens are encrypted before they reach the database and opened on the way back.
 * Equal values seal alike, because the library looks accounts up by them.
 */
import type { DBAdapter, DBTransactionAdapter } from 'better-auth/types'
import { sealAlike, unseal } from '../../store/sql/sealed.ts'

/** By the library's names of models and fields. */
const SEALED: Readonly<Record<string, readonly string[]>> = {
  user: ['email', 'name', 'image', 'party'],
  session: ['token', 'ipAddress', 'userAgent'],
  account: ['accountId', 'accessToken', 'refreshToken', 'idToken'],
}
const MARK = 'sealed:'

const isSealed = (model: string, field: string): boolean => SEALED[model]?.includes(field) ?? false

export const sealedAdapter = (adapter: DBAdapter, key: Uint8Array): DBAdapter => {
  const sealField = (field: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => sealField(field, one))
    if (typeof value !== 'string') return value
    const sealed = sealAlike(key, `accounts/${field}`, Buffer.from(value))
    return MARK + sealed.toString('base64url')
  }
  const record = <T extends object>(model: string, data: T): T =>
    Object.fromEntries(
      Object.entries(data).map(([field, value]) => [
        field,
        isSealed(model, field) ? sealField(field, value) : value,
      ]),
    ) as T
  const where = <W extends { field: string; value: unknown }>(model: string, terms: W[]): W[] =>
    terms.map((term) =>
      isSealed(model, term.field) ? { ...term, value: sealField(term.field, term.value) } : term,
    )

  /** Joined records come nested, so marks are looked for at every depth. */
  const opened = <T>(value: T, field = ''): T => {
    if (typeof value === 'string')
      return (
        value.startsWith(MARK)
          ? unseal(
              key,
              `accounts/${field}`,
              Buffer.from(value.slice(MARK.length), 'base64url'),
            ).toString()
          : value
      ) as T
    if (Array.isArray(value)) return value.map((one) => opened(one, field)) as T
    if (value === null || typeof value !== 'object' || value instanceof Date) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, opened(inner, name)]),
    ) as T
  }

  const wrapped = (inner: DBTransactionAdapter): DBTransactionAdapter => ({
    ...inner,
    create: async (ask) =>
      opened(await inner.create({ ...ask, data: record(ask.model, ask.data) })),
    findOne: async (ask) =>
      opened(await inner.findOne({ ...ask, where: where(ask.model, ask.where) })),
    findMany: async (ask) =>
      opened(
        await inner.findMany({ ...ask, ...(ask.where && { where: where(ask.model, ask.where) }) }),
      ),
    count: (ask) =>
      inner.count({ ...ask, ...(ask.where && { where: where(ask.model, ask.where) }) }),
    update: async (ask) =>
      opened(
        await inner.update({
          ...ask,
          where: where(ask.model, ask.where),
          update: record(ask.model, ask.update),
        }),
      ),
    updateMany: (ask) =>
      inner.updateMany({
        ...ask,
        where: where(ask.model, ask.where),
        update: record(ask.model, ask.update),
      }),
    delete: (ask) => inner.delete({ ...ask, where: where(ask.model, ask.where) }),
    deleteMany: (ask) => inner.deleteMany({ ...ask, where: where(ask.model, ask.where) }),
    consumeOne: async (ask) =>
      opened(await inner.consumeOne({ ...ask, where: where(ask.model, ask.where) })),
    incrementOne: async (ask) =>
      opened(await inner.incrementOne({ ...ask, where: where(ask.model, ask.where) })),
  })

  return {
    ...wrapped(adapter),
    transaction: (work) => adapter.transaction((inner) => work(wrapped(inner))),
  }
}

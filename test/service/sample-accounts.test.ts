/** Somebody to sign in as: made once, for an empty service only, and kept where only its owner reads. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { Auth, NewPerson } from '../../src/http/access/auth.ts'
import { SAMPLE_ACCOUNTS_FILE, sampleAccounts } from '../../src/service/sample-accounts.ts'

const folders: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-accounts-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const authWith = (people: number) => {
  const created: NewPerson[] = []
  const auth = {
    list: async () => Array.from({ length: people + created.length }, () => ({})),
    create: async (person: NewPerson) => {
      created.push(person)
      return null
    },
  } as unknown as Auth
  return { auth, created }
}

const lines = (product: string) => [{ product, quantity: 1, unitPrice: 1 }]
const order = (merchant: string, buyer: string, product: string) => ({
  type: 'live.order.placed',
  data: { order: `order-${buyer}`, merchant, buyer, lines: lines(product) },
})
const evening = [order('shop-a', 'buyer-1', 'hat'), order('shop-b', 'buyer-2', 'coat')] as never

it('gives every role an account, the merchant and the buyer of the evening theirs', async () => {
  const { auth, created } = authWith(0)
  const accounts = await sampleAccounts(newFolder(), auth, evening)
  expect(accounts.map(({ role, party }) => [role, party])).toEqual([
    ['inspector', null],
    ['adjudicator', null],
    ['merchant', 'shop-a'],
    ['consumer', 'buyer-1'],
    ['regulator', null],
  ])
  expect(created.map(({ email }) => email)).toEqual(accounts.map(({ email }) => email))
  const passwords = new Set(accounts.map(({ password }) => password))
  expect(passwords.size).toBe(accounts.length)
  for (const password of passwords) expect(password.length).toBeGreaterThanOrEqual(12)
})

it('acts for whom something was promised, where something was', async () => {
  const promised = [
    ...(evening as object[]),
    { type: 'live.promise.made', data: { product: 'coat' } },
  ] as never
  const accounts = await sampleAccounts(newFolder(), authWith(0).auth, promised)
  expect(accounts.map(({ party }) => party)).toEqual([null, null, 'shop-b', 'buyer-2', null])
})

it('makes them once, in a file of its owner', async () => {
  const folder = newFolder()
  const { auth, created } = authWith(0)
  const first = await sampleAccounts(folder, auth, evening)
  expect(await sampleAccounts(folder, auth, evening)).toEqual(first)
  expect(created).toHaveLength(first.length)
  const file = join(folder, SAMPLE_ACCOUNTS_FILE)
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(first)
})

it('makes none where people use the service already', async () => {
  const { auth, created } = authWith(1)
  expect(await sampleAccounts(newFolder(), auth, evening)).toEqual([])
  expect(created).toEqual([])
})

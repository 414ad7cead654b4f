/** The first admin, made at the terminal, can sign in; nobody gets in by a slip. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { openAuth } from '../../src/http/access/auth.ts'
import { readMasterKey } from '../../src/store/sql/master-key.ts'
import { openPglite } from '../../src/store/sql/pglite.ts'
import { openSqlStore } from '../../src/store/sql/store.ts'

const BIN = fileURLToPath(new URL('../../bin/assay.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'assay-admin-'))
const data = join(folder, 'data')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const admin = (password: string, ...args: string[]) => {
  const { ASSAY_MASTER_KEY: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [BIN, '--lang', 'en', 'admin', ...args],
    { input: password, encoding: 'utf8', env },
  )
  return { status, stdout, stderr }
}

it('makes an admin who can sign in', async () => {
  const args = ['create', '--email', 'First@Example.org', '--data', data]
  expect(admin('a long enough one\n', ...args)).toEqual({
    status: 0,
    stdout: 'First@Example.org is an admin now\n',
    stderr: '',
  })
  expect(statSync(join(data, 'master.key')).mode & 0o777).toBe(0o600)
  const sql = await openPglite({ folder: join(data, 'db') })
  try {
    const { keys } = await openSqlStore(sql, [await readMasterKey(join(data, 'master.key'), false)])
    const auth = await openAuth(sql, keys, { origin: 'http://assay.test' })
    const signIn = (password: string) =>
      auth.handle(
        new Request('http://assay.test/v1/auth/sign-in/email', {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: 'http://assay.test' },
          body: JSON.stringify({ email: 'first@example.org', password }),
        }),
      )
    expect((await signIn('a long enough one')).status).toBe(200)
    expect((await signIn('another long one')).status).toBe(401)
    const again = { email: 'first@example.org', name: 'n', password: 'another long one' }
    expect(await auth.create({ ...again, role: 'admin', party: null })).toBeNull()
    // Somebody has the database open, and the command says so instead of ruining it.
    const meanwhile = admin(
      'a long enough one\n',
      'create',
      '--email',
      'b@example.org',
      '--data',
      data,
    )
    expect(meanwhile.status).toBe(2)
    expect(meanwhile.stderr).toMatch(/did not open/)
  } finally {
    await sql.close()
  }
})

it.each([
  [['create', '--data', data], 'a long enough one', /--email/],
  [['create', '--email', 'nobody', '--data', data], 'a long enough one', /nobody/],
  [['create', '--email', 'c@example.org', '--data', data], 'short', /12 characters/],
  [['create', '--email', 'c@example.org', '--role', 'admin'], 'a long enough one', /--email/],
  [['destroy'], '', /admin create/],
])('refuses %j in one line', (args, password, complaint) => {
  const { status, stdout, stderr } = admin(password, ...args)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toMatch(complaint)
})

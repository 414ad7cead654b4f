/**
 * Kill -9 of the service, its rooms and its database while events are acknowledged.
 * `bench/live-kill.ts` does it a hundred times.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { randomOf } from '../../bench/lib.ts'
import { hasPostgres, startPostgres } from '../store/postgres.ts'
import { killRounds, type Verdict } from './kill.ts'

const folders: string[] = []
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'assay-live-kill-'))
  folders.push(path)
  return path
}
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true })
})

const holds = (verdict: Verdict) => {
  expect(verdict).toMatchObject({ missing: 0, twice: 0, differing: [], failures: [] })
  expect(verdict.events).toBeGreaterThan(300)
  expect(verdict.repeated).toBeGreaterThan(0)
}

describe('a service that is killed under load', () => {
  it('loses and doubles nothing it acknowledged, and shows what an audit shows', async () => {
    holds(await killRounds(folder(), { rounds: 2, random: randomOf(1), rooms: 3 }))
  })

  it.skipIf(!hasPostgres)(
    'nor on Postgres, when that is killed (needs a Postgres on this machine)',
    async () => {
      const postgres = await startPostgres()
      try {
        holds(await killRounds(folder(), { rounds: 3, random: randomOf(2), rooms: 3, postgres }))
      } finally {
        await postgres.remove()
      }
    },
  )
})

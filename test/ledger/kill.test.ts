/** Kill -9 while entries are being acknowledged. `bench/kill.ts` does it five hundred times. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { randomOf } from '../../bench/lib.ts'
import { killRounds } from './kill.ts'

const built = existsSync(new URL('../../dist/ledger/writer.js', import.meta.url))

describe.skipIf(!built)('a writer that is killed (needs the build)', () => {
  it('loses nothing acknowledged, puts nothing twice, signs nothing that is contradicted', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'assay-kill-'))
    try {
      const verdict = await killRounds(dir, 25, randomOf(1))
      // Of nearly every life: how much more is the machine's affair.
      expect(verdict.acknowledged).toBeGreaterThan(15)
      expect(verdict.signed).toBeGreaterThan(5)
      expect(verdict).toMatchObject({ missing: 0, twice: 0, contradicted: 0, failures: [] })
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})

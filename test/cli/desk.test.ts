/** The words of a pack: an officer who breaks a table is told which and where. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '../../src/cli/command.ts'
import { readPolicy } from '../../src/cli/policy-pack.ts'
import { readDesk } from '../../src/cli/words/desk.ts'

const SHIPPED = fileURLToPath(new URL('../../policies/cn', import.meta.url))

describe('the words of a pack', () => {
  let pack: string
  beforeAll(() => {
    pack = mkdtempSync(join(tmpdir(), 'assay-pack-'))
    cpSync(SHIPPED, pack, { recursive: true })
  })
  afterAll(() => rmSync(pack, { recursive: true, force: true }))

  it('are named by file and place where they cannot be used', async () => {
    const path = join(pack, 'stance.json')
    const table = JSON.parse(readFileSync(path, 'utf8')) as { negations: unknown }
    table.negations = '不'
    writeFileSync(path, JSON.stringify(table))
    const read = readDesk(pack, await readPolicy(pack))
    await expect(read).rejects.toThrow(UsageError)
    await expect(read).rejects.toThrow(/stance\.json.*negations/)
  })

  it('need not be there', async () => {
    const policy = await readPolicy(pack)
    rmSync(join(pack, 'claims.json'))
    expect(await readDesk(pack, policy)).toBeUndefined()
  })
})

/** What the tests of the importers share: files in a folder of their own, and what was read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { Evidence } from '../../src/detectors/room.ts'
import type { ReadOptions } from '../../src/engine/ports.ts'
import { readAll } from '../../src/importers/read-all.ts'

/** A folder that is gone after the tests of the file. */
export const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'assay-test-'))
  afterAll(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export const writeTo = (directory: string, name: string, content: string | Uint8Array): string => {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}

export const read = async (paths: readonly string[], options: ReadOptions = {}) => {
  const evidence = new Evidence()
  const reading = await readAll(paths, evidence, options)
  return { evidence, ...reading, input: reading.inputs[0]! }
}

/** One event of `broadcast-1`; `id` makes it distinct. */
export const event = (id: string, type: string, data: object, at = 0, more: object = {}) => ({
  specversion: '1.0',
  id,
  source: '/test',
  type: `live.${type}`,
  subject: 'broadcast-1',
  time: new Date(Date.UTC(2026, 2, 1, 12) + at).toISOString(),
  data,
  ...more,
})

export const lines = (events: readonly unknown[]) =>
  events.map((value) => `${JSON.stringify(value)}\n`).join('')

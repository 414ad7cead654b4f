/** The law pack that ships, for tests that want findings and not only signals. */
import { readFileSync } from 'node:fs'
import { parsePolicy } from '../../src/law/policy.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../policies/cn/${name}`, import.meta.url), 'utf8'))

export const POLICY = parsePolicy(read('provisions.json'), read('findings.json'))

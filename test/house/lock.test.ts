/** The lock holds what `npm ci` will ask for, on whatever machine it is asked. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Lock = {
  packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>
}
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'))

describe('package-lock.json', () => {
  const { packages } = read('package-lock.json') as Lock

  it('names the binaries of every platform (npm run lock)', () => {
    for (const [key, { optionalDependencies = {} }] of Object.entries(packages))
      for (const name of Object.keys(optionalDependencies))
        expect(packages[`node_modules/${name}`]?.version, `${name}, wanted by ${key}`).toBeDefined()
  })

  it('asks for nothing that needs a newer Node than we promise', () => {
    const { engines } = read('package.json') as { engines: { node: string } }
    expect(engines.node).toBe('>=20.19')
    for (const [key, value] of Object.entries(packages)) {
      const node = (value as { engines?: { node?: string } }).engines?.node ?? ''
      expect(node, key).not.toMatch(/^(>=|\^)\s*2[1-9]/)
    }
  })
})

/**
 * The direction of dependencies. The compiler enforces it (one project a layer, references); this
 * test says so in words, and sees what the compiler does not: clocks and dice in the pure layers.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('../../src/', import.meta.url))
const layers = readdirSync(SRC)

type Project = {
  compilerOptions: { types?: string[] }
  references: { path: string }[]
}
const project = (layer: string): Project =>
  JSON.parse(readFileSync(join(SRC, layer, 'tsconfig.json'), 'utf8')) as Project

const allowed = new Map(
  layers.map((layer) => [
    layer,
    project(layer).references.map(({ path }) => path.replace('../', '')),
  ]),
)
const pure = layers.filter((layer) => !project(layer).compilerOptions.types?.includes('node'))

const filesOf = (layer: string): string[] =>
  readdirSync(join(SRC, layer), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(SRC, layer, name))

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s+'([^']+)'|import\('([^']+)'\)/g)].map(
    (match) => match[1] ?? match[2]!,
  )

/** The layer of a file, the first folder under src. */
const layerOf = (path: string) => relative(SRC, path).split('/')[0]!

describe('the layers', () => {
  it.each(layers)('%s imports only the layers that it refers to', (layer) => {
    for (const file of filesOf(layer))
      for (const path of importsOf(file).filter((name) => name.startsWith('.'))) {
        const target = layerOf(resolve(dirname(file), path))
        if (target !== layer)
          expect(allowed.get(layer), `${relative(SRC, file)} imports ${path}`).toContain(target)
      }
  })

  it('have no cycle', () => {
    const rank = new Map<string, number>()
    const visit = (layer: string, path: string[]): number => {
      expect(path, 'a cycle').not.toContain(layer)
      const known = rank.get(layer)
      if (known !== undefined) return known
      const height =
        1 + Math.max(-1, ...allowed.get(layer)!.map((next) => visit(next, [...path, layer])))
      rank.set(layer, height)
      return height
    }
    for (const layer of layers) visit(layer, [])
    expect(rank.size).toBe(layers.length)
  })

  it.each(pure)('%s is pure: no Node, no clock, no dice', (layer) => {
    for (const file of filesOf(layer)) {
      for (const path of importsOf(file)) expect(path, relative(SRC, file)).not.toMatch(/^node:/)
      const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      expect(code, relative(SRC, file)).not.toMatch(
        /Date\.now|new Date\(\)|Math\.random|performance\.now/,
      )
    }
  })

  it('keep the simulator and the detectors strangers to one another', () => {
    expect(allowed.get('simulator')).not.toContain('detectors')
    expect(allowed.get('detectors')).not.toContain('simulator')
    expect(allowed.get('judgement')).not.toContain('simulator')
  })
})

/**
 * Documentation executes: every `npx assay …` line in a fenced `sh` block of the README and of
 * docs/ is run in a copy of examples/, in order, and must exit with status 0.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
const folder = mkdtempSync(join(tmpdir(), 'assay-examples-'))
cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true })

let ran = 0
try {
  for (const page of pages) {
    const blocks = readFileSync(join(root, page), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)
    for (const [, block] of blocks)
      for (const line of block!.split('\n').filter((text) => text.startsWith('npx assay'))) {
        const command = line
          .replace(/^npx assay/, `'${process.execPath}' '${root}bin/assay.js'`)
          .replace(/\s+#.*$/, '')
        const { status, stderr } = spawnSync(command, {
          shell: true,
          cwd: folder,
          encoding: 'utf8',
        })
        console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${page}: ${line}`)
        if (status !== 0) {
          console.error(stderr)
          process.exitCode = 1
        }
        ran += 1
      }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (ran === 0) {
  console.error('no example was found')
  process.exitCode = 1
}

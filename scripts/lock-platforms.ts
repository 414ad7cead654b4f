/**
 * `npm run lock`: names in package-lock.json the binaries of every platform that a package may
 * want, and not only of the one on which the lock was written. Where a registry does not carry a
 * foreign platform, `npm install` leaves it out and `npm ci` then refuses the lock everywhere.
 * Run it after every change of the dependencies; test/house/lock.test.ts checks.
 */
import { readFileSync, writeFileSync } from 'node:fs'

type Locked = {
  readonly version?: string
  readonly dev?: boolean
  readonly license?: string
  readonly engines?: object
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Lock = { packages: Record<string, Locked & object> }

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8')) as Lock

/** `…/binding-linux-arm64-musl` is linux, arm64, musl; the last says which C library. */
const platformOf = (name: string) => {
  const parts = name
    .split('/')
    .at(-1)!
    .replace(/^(node-bindings|binding)-/, '')
    .split('-')
  const [os, cpu, abi = ''] = parts as [string, string, string?]
  const libc =
    os !== 'linux' ? [] : abi.startsWith('musl') ? ['musl'] : abi.startsWith('gnu') ? ['glibc'] : []
  return { os: [os], cpu: [cpu], ...(libc.length > 0 && { libc }) }
}

for (const [key, { dev, license, engines, optionalDependencies }] of Object.entries(lock.packages))
  for (const [name, version] of Object.entries(optionalDependencies ?? {}))
    if (key !== '')
      lock.packages[`node_modules/${name}`] ??= {
        version,
        ...platformOf(name),
        ...(dev === true && { dev }),
        ...(license !== undefined && { license }),
        ...(engines !== undefined && { engines }),
        optional: true,
      } as Locked & object

const inOrder = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))
writeFileSync(
  path,
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(inOrder) }, null, 2)}\n`,
)

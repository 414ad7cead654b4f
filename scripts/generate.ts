/**
 * Writes what follows from the code: `npm run generate`. With `-- --check` it writes nothing and
 * exits with 1 when a file is stale, missing or left over.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { eventManual } from './generated/event-manual.ts'
import { eventSchemas } from './generated/event-schemas.ts'
import { doorDocuments } from './generated/door-documents.ts'

/** Folders that hold generated files and nothing else. */
const OWN_FOLDERS = ['schemas', 'schemas/events']

/** Every generated file: path from the root of the repository, and its text. */
export const generated = (): ReadonlyMap<string, string> =>
  new Map([...eventSchemas(), ...doorDocuments(), ['docs/events.md', eventManual()]])

/** Paths on disk that differ from what the code says, sorted. */
export const stale = (): readonly string[] => {
  const files = generated()
  const changed = [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path)
  return [...changed, ...leftOver(files)].sort()
}

const leftOver = (files: ReadonlyMap<string, string>): readonly string[] =>
  OWN_FOLDERS.flatMap((folder) =>
    entriesOf(folder)
      .filter((entry) => entry.isFile())
      .map((entry) => `${folder}/${entry.name}`)
      .filter((path) => !files.has(path)),
  )

const locate = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

const read = (path: string): string | undefined => {
  try {
    return readFileSync(locate(path), 'utf8')
  } catch {
    return undefined
  }
}

const entriesOf = (folder: string) => {
  try {
    return readdirSync(locate(folder), { withFileTypes: true })
  } catch {
    return []
  }
}

const main = (args: readonly string[]) => {
  const paths = stale()
  if (args.includes('--check')) {
    for (const path of paths) console.error(`stale: ${path} (run npm run generate)`)
    process.exitCode = paths.length === 0 ? 0 : 1
    return
  }
  const files = generated()
  for (const path of paths) {
    const text = files.get(path)
    if (text === undefined) rmSync(locate(path))
    else {
      mkdirSync(dirname(locate(path)), { recursive: true })
      writeFileSync(locate(path), text)
    }
    console.error(`${text === undefined ? 'removed' : 'wrote'} ${path}`)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2))

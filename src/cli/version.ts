/** The version of this build, from the package that it is part of. */
import { readFileSync } from 'node:fs'

const read = (): string => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return version
}

export const VERSION = read()

/**
 * BagIt 1.0 (RFC 8493): a folder that lists its own files with their SHA-256. The lists are read
 * strictly, one spelling each, so that a changed bit in a list is a changed list.
 */
/** RFC 8493 §2.1.1, the only form we write or take. */
export const BAG_DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

export const MANIFEST = 'manifest-sha256.txt'
export const TAG_MANIFEST = 'tagmanifest-sha256.txt'

/** Lower-case hexadecimal SHA-256 by path. */
export type Manifest = ReadonlyMap<string, string>

/**
 * Lines of 64 lower-case hexadecimal digits, two spaces (as `sha256sum` writes and checks them) and
 * a path; every line ends in a line feed, none stands twice.
 */
export const parseManifest = (text: string): Manifest | null => {
  const manifest = new Map<string, string>()
  if (!text.endsWith('\n')) return null
  for (const line of text.slice(0, -1).split('\n')) {
    const match = LINE.exec(line)
    if (match === null || !isPlainPath(match[2]!) || manifest.has(match[2]!)) return null
    manifest.set(match[2]!, match[1]!)
  }
  return manifest
}

const LINE = /^([0-9a-f]{64}) {2}(\S(?:.*\S)?)$/

/** The inverse of `parseManifest`, in order of the paths. */
export const formatManifest = (manifest: Manifest): string =>
  [...manifest.keys()]
    .sort()
    .map((path) => `${manifest.get(path)!}  ${path}\n`)
    .join('')

/** `Name: value` lines (RFC 8493 §2.2.2), without continuation lines; null for anything else. */
export const parseTags = (text: string): ReadonlyMap<string, string> | null => {
  const tags = new Map<string, string>()
  if (!text.endsWith('\n')) return null
  for (const line of text.slice(0, -1).split('\n')) {
    const match = /^([A-Za-z0-9-]+): (\S(?:.*\S)?)$/.exec(line)
    if (match === null || tags.has(match[1]!)) return null
    tags.set(match[1]!, match[2]!)
  }
  return tags
}

/**
 * Relative, without `.`, `..`, empty parts, backslashes, colons, percent signs (which RFC 8493
 * would decode) or control characters: a name that means the same file everywhere.
 */
export const isPlainPath = (path: string): boolean =>
  path.length <= 1024 &&
  // oxlint-disable-next-line no-control-regex -- these are the characters to be refused
  !/[\\:%\u0000-\u001f\u007f]/.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

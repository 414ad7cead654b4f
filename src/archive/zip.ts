/**
 * Bundles as one `.zip` (APPNOTE 6.3): stored, never compressed, one top folder, entries in order
 * of their names, no clock; equal files give equal bytes. The archive carries a mark; one that
 * carries it must be byte for byte what is written here, so that no bit of it goes unchecked.
 * A folder that somebody else zipped is read as well: its contents are what counts.
 *
 * Adversary: whoever hands over the archive. Names that leave the folder, entries that unfold into
 * more than was announced, doubled names and links are refused before anything is unpacked.
 */
import { unzipSync, zipSync, type Zippable } from 'fflate'
import { isPlainPath } from '../ledger/bagit.ts'
import { equalBytes } from '../ledger/bytes.ts'

export type ZipErrorCode =
  /** No zip, or one with something in it that a bundle never has. */
  | 'malformed'
  /** A name that is absolute, climbs, or stands twice. */
  | 'bad-path'
  /** More files, or more bytes, than the limits. */
  | 'too-large'
  /** Carries our mark, but is not what we would have written. */
  | 'altered'

export class ZipError extends Error {
  readonly code: ZipErrorCode
  constructor(code: ZipErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export type ZipLimits = { readonly files: number; readonly bytes: number }

/** Everything is held in memory at once, so 1 GiB; a 1,000-leaf bundle has about 1,010 files. */
export const ZIP_LIMITS: ZipLimits = { files: 100_000, bytes: 1 << 30 }

/** Stands as the comment of the archives that we write. */
const MARK = new TextEncoder().encode('assay evidence bundle')

/**
 * `folder` becomes the one top folder; `files` is by path within it.
 * @throws ZipError `too-large` over the limits of `unzip`
 */
export const zip = (folder: string, files: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  let total = 0
  for (const { length } of files.values()) total += length
  if (files.size > ZIP_LIMITS.files || total > ZIP_LIMITS.bytes)
    throw new ZipError('too-large', `${files.size} files of ${total} bytes together`)
  const tree: Zippable = {}
  for (const path of [...files.keys()].sort()) tree[`${folder}/${path}`] = files.get(path)!
  // fflate writes local time; the first of 1980 (the least there is) is the same hour everywhere.
  const bytes = zipSync(tree, { level: 0, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o644 << 16 })
  const marked = new Uint8Array(bytes.length + MARK.length)
  marked.set(bytes)
  marked.set(MARK, bytes.length)
  // Length of the comment, the last field of the end record (§4.3.16).
  marked[bytes.length - 2] = MARK.length
  return marked
}

export type Unzipped = {
  /** The top folder, or the empty text where files lie at the top. */
  readonly folder: string
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Whether it carries our mark and is whole to the last bit. */
  readonly isOurs: boolean
}

/** @throws ZipError */
export const unzip = (bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS): Unzipped => {
  const isMarked = hasMark(bytes)
  const names = checkDirectory(bytes, limits)
  const raw = inflate(bytes)
  const folder = folderOf(names)
  const files = new Map<string, Uint8Array>()
  for (const name of names) {
    const content = raw[name]
    if (content === undefined) throw new ZipError('malformed', `no content for ${name}`)
    files.set(folder === '' ? name : name.slice(folder.length + 1), content)
  }
  if (isMarked && !equalBytes(zip(folder, files), bytes))
    throw new ZipError('altered', 'the archive was altered after it was written')
  return { folder, files, isOurs: isMarked }
}

/** A comment that is not ours may be ours with a bit turned: refused rather than overlooked. */
const hasMark = (bytes: Uint8Array): boolean => {
  if (uint32(bytes, bytes.length - 22) === END_RECORD && uint16(bytes, bytes.length - 2) === 0)
    return false
  const end = bytes.length - 22 - MARK.length
  if (
    uint32(bytes, end) === END_RECORD &&
    uint16(bytes, end + 20) === MARK.length &&
    equalBytes(bytes.subarray(end + 22), MARK)
  )
    return true
  throw new ZipError('malformed', 'no end record, or a comment that no bundle has')
}

const END_RECORD = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/**
 * The names of the files, from the central directory (§4.3.12). Sizes are the ones announced there:
 * fflate inflates into exactly that much memory and no more.
 */
const checkDirectory = (bytes: Uint8Array, limits: ZipLimits): readonly string[] => {
  const end = bytes.length - 22 - (hasMark(bytes) ? MARK.length : 0)
  const count = uint16(bytes, end + 10)
  let at = uint32(bytes, end + 16)
  if (count === 0xffff || at === 0xffffffff) throw new ZipError('too-large', 'a zip64 archive')
  if (count > limits.files) throw new ZipError('too-large', `${count} files`)
  const names = new Set<string>()
  let total = 0
  for (let i = 0; i < count; i += 1) {
    if (uint32(bytes, at) !== DIRECTORY_ENTRY) throw new ZipError('malformed', 'a broken directory')
    const nameBytes = uint16(bytes, at + 28)
    const name = nameOf(bytes.subarray(at + 46, at + 46 + nameBytes))
    const size = uint32(bytes, at + 24)
    // A stored entry takes what it says is packed, another what it says it unfolds into.
    total += Math.max(size, uint32(bytes, at + 20))
    if (total > limits.bytes) throw new ZipError('too-large', `more than ${limits.bytes} bytes`)
    // The upper half of the external attributes is the mode where Unix wrote it: 0o120000 is a link.
    if (((uint32(bytes, at + 38) >>> 28) & 0xf) === 0xa)
      throw new ZipError('malformed', `${name} is a link`)
    if (!name.endsWith('/')) {
      if (names.has(name)) throw new ZipError('bad-path', `${name} stands twice`)
      names.add(name)
    } else if (size > 0) throw new ZipError('malformed', `${name} is a folder with content`)
    at += 46 + nameBytes + uint16(bytes, at + 30) + uint16(bytes, at + 32)
  }
  if (at !== end) throw new ZipError('malformed', 'bytes between directory and end')
  return [...names]
}

const nameOf = (bytes: Uint8Array): string => {
  let name: string
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new ZipError('bad-path', 'a name that is not UTF-8', { cause: error })
  }
  if (!isPlainPath(name.endsWith('/') ? name.slice(0, -1) : name))
    throw new ZipError('bad-path', `a name that leaves its folder: ${JSON.stringify(name)}`)
  return name
}

const inflate = (bytes: Uint8Array): Readonly<Record<string, Uint8Array>> => {
  try {
    return unzipSync(bytes)
  } catch (error) {
    throw new ZipError('malformed', 'the archive cannot be unpacked', { cause: error })
  }
}

/** The folder that all names share, or the empty text. */
const folderOf = (names: readonly string[]): string => {
  const [first = ''] = names
  const cut = first.indexOf('/')
  const folder = cut < 0 ? '' : first.slice(0, cut)
  return folder !== '' && names.every((name) => name.startsWith(`${folder}/`)) ? folder : ''
}

const uint16 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)

const uint32 = (bytes: Uint8Array, at: number): number =>
  (uint16(bytes, at) | (uint16(bytes, at + 2) << 16)) >>> 0

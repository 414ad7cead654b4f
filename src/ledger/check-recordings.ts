/**
 * What the entries of a bundle say about its other files: recordings are the bytes whose digest an
 * entry holds, snapshots repeat entries word for word, a joined clip is its parts and nothing else.
 */
import { say } from '../language/say.ts'
import { readText, type BundleFiles } from './bundle-files.ts'
import type { BundleChecks, Fail } from './bundle-report.ts'
import { hex } from './bytes.ts'
import { canonical, isJsonObject, type Json } from './canonical.ts'
import { isTelemetry } from './check-telemetry.ts'
import { DISCLOSURES_FILE, EVENTS_FILE, type OpenedEntry } from './check-entries.ts'
import type { Sha256 } from './hash.ts'

/** Where recordings lie, in our bundles and in others'. */
const RECORDINGS = ['data/segments/', 'data/video/']
const SNAPSHOTS = 'data/snapshots/'
const isRecording = (path: string) => RECORDINGS.some((folder) => path.startsWith(folder))
const isSnapshot = (path: string) => path.startsWith(SNAPSHOTS)
/** Clips to play, and how each was made: `{"parts":[…]}`, joined, or `{"by":…,"remuxed":[…]}`. */
const CLIPS = 'data/clips/'

export type CheckedRecordings = {
  readonly proven: number
  readonly unproven: readonly string[]
}

export type RecordingFacts = {
  /** Hexadecimal SHA-256 of every payload file as it is. */
  readonly digests: ReadonlyMap<string, string>
  readonly entries: readonly OpenedEntry[]
  readonly hash: Sha256
  readonly remakeClip: BundleChecks['remakeClip'] | undefined
}

export const checkRecordings = async (
  files: BundleFiles,
  facts: RecordingFacts,
  fail: Fail,
): Promise<CheckedRecordings> => {
  const { digests, entries } = facts
  const stated = entries.flatMap(({ leaf, index }) => digestsIn(leaf, index))
  const known = new Set(stated.map(({ sha256 }) => sha256))
  for (const { path, sha256, index } of stated) {
    const found = path === null ? undefined : digests.get(`data/${path}`)
    if (found !== undefined && found !== sha256)
      fail(`data/${path}`, 'other-recording', say('bundle.other-recording', { index }))
  }
  const proven = new Set<string>()
  for (const [path, digest] of digests)
    if (isRecording(path)) {
      const place = sequenceOf(path)
      const isInPlace = place === null || stated.some((one) => isPiece(one, digest, place))
      if (known.has(digest) && isInPlace) proven.add(path)
      else fail(path, 'unproven-recording', say('bundle.unproven-recording'))
    }
  const byIndex = new Map<Json | undefined, OpenedEntry>(
    entries.map((entry) => [entry.index, entry]),
  )
  for (const path of digests.keys())
    if (isSnapshot(path)) await checkSnapshot(files, path, byIndex, fail)
  const clips = new Set<string>()
  for (const path of digests.keys())
    if (path.startsWith(CLIPS) && path.endsWith('.mp4')) {
      const recipe = path.replace(/mp4$/, 'json')
      if (await isClip(files, path, recipe, facts, proven, fail)) clips.add(path).add(recipe)
    }
  const explained = (path: string) =>
    path === EVENTS_FILE ||
    path === DISCLOSURES_FILE ||
    isRecording(path) ||
    isSnapshot(path) ||
    isTelemetry(path) ||
    known.has(digests.get(path)!) ||
    clips.has(path)
  const unproven = [...digests.keys()].filter((path) => !explained(path))
  return { proven: proven.size, unproven }
}

/** Pieces bear their number, so that they cannot change places: `data/segments/000012.ts`. */
const sequenceOf = (path: string): number | null => {
  const match = /^data\/segments\/(\d+)(?:-\d+)?\.\w+$/.exec(path)
  return match === null ? null : Number(match[1])
}

const isPiece = ({ sha256, sequence }: StatedDigest, digest: string, place: number): boolean =>
  sha256 === digest && sequence === place

type StatedDigest = {
  readonly path: string | null
  /** Of a piece of a recording: which one it is. */
  readonly sequence: number | null
  readonly sha256: string
  readonly index: number
}

/** Every `sha256` (and `init`, of fMP4) that a leaf states, however deep, with its `path`. */
const digestsIn = (value: Json, index: number, depth = 0): readonly StatedDigest[] => {
  // Disclosed values nest as deep as whoever wrote them liked.
  if (depth > MAX_DEPTH) return []
  if (Array.isArray(value))
    return value.flatMap((item) => digestsIn(item as Json, index, depth + 1))
  if (!isJsonObject(value)) return []
  const own: StatedDigest[] = []
  const { sha256, init, path: named, sequence: place } = value
  const path = typeof named === 'string' ? named : null
  const sequence = typeof place === 'number' ? place : null
  if (isDigest(sha256)) own.push({ sha256: sha256.toLowerCase(), path, sequence, index })
  if (isDigest(init)) own.push({ sha256: init.toLowerCase(), path: null, sequence: null, index })
  return [...own, ...Object.values(value).flatMap((member) => digestsIn(member, index, depth + 1))]
}

const MAX_DEPTH = 64

const isDigest = (value: Json | undefined): value is string =>
  typeof value === 'string' && /^[0-9A-Fa-f]{64}$/.test(value)

/** A list of `{ index, leaf }`, each exactly what the entry says with its disclosures. */
const checkSnapshot = async (
  files: BundleFiles,
  path: string,
  entries: ReadonlyMap<Json | undefined, OpenedEntry>,
  fail: Fail,
) => {
  const rows = parse(await readText(files, path))
  const isSound =
    Array.isArray(rows) &&
    rows.every((row: Json) => {
      const entry = isJsonObject(row) ? entries.get(row['index']) : undefined
      return entry !== undefined && same(row, { index: entry.index, leaf: entry.leaf })
    })
  if (!isSound) fail(path, 'bad-snapshot', say('bundle.bad-snapshot'))
}

const same = (a: Json, b: Json): boolean => {
  try {
    return canonical(a) === canonical(b)
  } catch {
    return false
  }
}

/** True where the clip is what its proven parts give; false where that cannot be told here. */
const isClip = async (
  files: BundleFiles,
  path: string,
  recipePath: string,
  { digests, hash, remakeClip }: RecordingFacts,
  proven: ReadonlySet<string>,
  fail: Fail,
): Promise<boolean> => {
  const found = digests.get(path)!
  const recipe = parse(await readText(files, recipePath))
  const { parts, remuxed, by } = isJsonObject(recipe) ? recipe : {}
  if (isListOf(parts, proven)) {
    const { sha256 } = await files.digest(...parts)
    if (hex(sha256) === found) return true
  } else if (isListOf(remuxed, proven) && typeof by === 'string') {
    const pieces: Uint8Array[] = []
    if (remakeClip !== undefined) for (const piece of remuxed) pieces.push(await files.read(piece))
    const clip = (await remakeClip?.(pieces, by)) ?? null
    if (clip === null) return false
    if (hex(hash(clip)) === found) return true
  }
  fail(path, 'other-clip', say('bundle.other-clip'))
  return false
}

const isListOf = (
  value: Json | undefined,
  known: ReadonlySet<string>,
): value is readonly string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (item: Json, i) =>
      typeof item === 'string' &&
      known.has(item) &&
      // Nothing cut out, nothing moved: after the initialisation section, one piece after another.
      (i === 0 || follows(sequenceOf(item), sequenceOf(String(value[i - 1])), i)),
  )

const follows = (piece: number | null, before: number | null, i: number): boolean =>
  piece !== null && (before === null ? i === 1 : piece === before + 1)

const parse = (text: string | null): Json => {
  try {
    return JSON.parse(text ?? 'null') as Json
  } catch {
    return null
  }
}

/**
 * Entries, their proofs and their disclosures in a bundle. Line k of `data/events.jsonl` is the
 * entry of the k-th proof by number (`proofs/<index>.tlog-proof`), byte for byte without its line
 * feed, and line k of `data/disclosures.jsonl` is what is disclosed of it.
 */
import { say } from '../language/say.ts'
import { readText, type BundleFiles } from './bundle-files.ts'
import { reasonOf, type BundleCheckpoint, type Fail } from './bundle-report.ts'
import { fromUtf8 } from './bytes.ts'
import { leafHash, type Sha256 } from './hash.ts'
import { checkInclusion } from './merkle.ts'
import { openLeaf, type OpenedLeaf } from './open-leaf.ts'
import { parseTlogProof, type TlogProof } from './tlog-proof.ts'

export const EVENTS_FILE = 'data/events.jsonl'
export const DISCLOSURES_FILE = 'data/disclosures.jsonl'

export type OpenedEntry = OpenedLeaf & {
  /** Its place in the log. */
  readonly index: number
}

export type CheckedEntries = {
  /** Those that could be read, proved or not: what failed is in the failures. */
  readonly opened: readonly OpenedEntry[]
  readonly disclosed: number
  readonly withheld: number
}

export const checkEntries = async (
  files: BundleFiles,
  checkpoint: BundleCheckpoint | null,
  hash: Sha256,
  fail: Fail,
): Promise<CheckedEntries> => {
  const lines = await linesOf(files, EVENTS_FILE, fail)
  const disclosed = await disclosuresOf(files, fail)
  const indices = proofsIn(files, fail)
  for (const index of indices.slice(lines.length))
    fail(proofPath(index), 'idle-proof', say('bundle.idle-proof'))
  const opened: OpenedEntry[] = []
  for (const [k, entry] of lines.entries()) {
    const index = indices[k]
    if (index === undefined) {
      fail(EVENTS_FILE, 'unproven-entry', say('bundle.unproven-entry', { line: k + 1 }))
      continue
    }
    await checkProof(files, index, entry, checkpoint, hash, fail)
    const given = disclosed[k]
    if (given === undefined || given.index !== index) {
      const values = { line: k + 1, index }
      fail(DISCLOSURES_FILE, 'bad-disclosure', say('bundle.disclosure-place', values))
    }
    try {
      opened.push({ index, ...openLeaf(entry, given?.disclosures ?? [], hash) })
    } catch (error) {
      // A leaf that cannot be read without disclosures either is at fault itself.
      const isEntry = !canOpen(entry, hash)
      fail(
        isEntry ? EVENTS_FILE : DISCLOSURES_FILE,
        isEntry ? 'bad-entry' : 'bad-disclosure',
        say('bundle.at-line', { line: k + 1, reason: { term: reasonOf(error) } }),
      )
    }
  }
  if (disclosed.length > lines.length)
    fail(DISCLOSURES_FILE, 'bad-disclosure', say('bundle.idle-disclosure'))
  return {
    opened,
    disclosed: opened.reduce((sum, one) => sum + one.disclosed.length, 0),
    withheld: opened.reduce((sum, one) => sum + one.hidden.length, 0),
  }
}

export const proofPath = (index: number): string => `proofs/${index}.tlog-proof`

/** The places that the names of the proofs state, ascending. */
const proofsIn = (files: BundleFiles, fail: Fail): readonly number[] => {
  const indices: number[] = []
  for (const path of files.paths) {
    if (!path.endsWith('.tlog-proof')) continue
    const index = Number(path.slice('proofs/'.length, -'.tlog-proof'.length))
    if (Number.isSafeInteger(index) && proofPath(index) === path) indices.push(index)
    else fail(path, 'bad-proof', say('bundle.proof-name'))
  }
  return indices.sort((a, b) => a - b)
}

const checkProof = async (
  files: BundleFiles,
  index: number,
  entry: Uint8Array,
  checkpoint: BundleCheckpoint | null,
  hash: Sha256,
  fail: Fail,
) => {
  const path = proofPath(index)
  const proof = await readProof(files, path, fail)
  if (proof === null) return
  if (proof.index !== index || proof.extra !== undefined)
    return fail(path, 'bad-proof', say('bundle.proof-index', { stated: proof.index, index }))
  if (checkpoint === null) return
  if (proof.checkpoint !== checkpoint.note)
    return fail(path, 'other-checkpoint', say('bundle.other-checkpoint'))
  const { size, root } = checkpoint.trusted.checkpoint
  const claim = {
    index: BigInt(index),
    size: BigInt(size),
    leaf: leafHash(entry, hash),
    proof: proof.hashes,
    root,
  }
  if (!checkInclusion(claim, hash).ok) fail(path, 'bad-proof', say('bundle.not-in-log', { index }))
}

const readProof = async (
  files: BundleFiles,
  path: string,
  fail: Fail,
): Promise<TlogProof | null> => {
  try {
    return parseTlogProof((await readText(files, path)) ?? '')
  } catch (error) {
    fail(path, 'bad-proof', reasonOf(error))
    return null
  }
}

/** The lines as bytes, without their line feeds; the last one must have its own. */
const linesOf = async (files: BundleFiles, path: string, fail: Fail): Promise<Uint8Array[]> => {
  const bytes = files.paths.has(path) ? await files.read(path) : new Uint8Array(0)
  const lines: Uint8Array[] = []
  let from = 0
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, from)) {
    lines.push(bytes.subarray(from, at))
    from = at + 1
  }
  if (lines.length === 0 || from !== bytes.length) fail(path, 'bad-entry', say('bundle.bad-lines'))
  return lines
}

const LINE_FEED = 0x0a

type DisclosureLine = { readonly index: number; readonly disclosures: readonly string[] }

const disclosuresOf = async (
  files: BundleFiles,
  fail: Fail,
): Promise<readonly (DisclosureLine | undefined)[]> => {
  const lines = await linesOf(files, DISCLOSURES_FILE, fail)
  return lines.map((line, k) => {
    const parsed = disclosureLine(fromUtf8(line) ?? '')
    if (parsed === null)
      fail(DISCLOSURES_FILE, 'bad-disclosure', say('bundle.disclosure-line', { line: k + 1 }))
    return parsed ?? undefined
  })
}

/** Exactly `{"index":N,"disclosures":["…"]}`: one spelling, as `formatDisclosures` writes it. */
const disclosureLine = (text: string): DisclosureLine | null => {
  let value: Partial<DisclosureLine> | null
  try {
    value = JSON.parse(text) as Partial<DisclosureLine> | null
  } catch {
    return null
  }
  const { index, disclosures } = value ?? {}
  if (!Number.isSafeInteger(index) || !Array.isArray(disclosures)) return null
  if (!disclosures.every((one) => typeof one === 'string')) return null
  const line: DisclosureLine = { index: index!, disclosures }
  return formatDisclosures(line) === text ? line : null
}

/** One line of `data/disclosures.jsonl`, without its line feed. */
export const formatDisclosures = ({ index, disclosures }: DisclosureLine): string =>
  JSON.stringify({ index, disclosures })

const canOpen = (entry: Uint8Array, hash: Sha256): boolean => {
  try {
    openLeaf(entry, [], hash)
    return true
  } catch {
    return false
  }
}

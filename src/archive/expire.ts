/**
 * Deleting what may be deleted: by the law table when its time has come, or because somebody asks.
 * Neither passes a hold; what is deleted by wish passes the law table too. What is done is written
 * to the log first (`live.evidence.erased`), so that nothing is ever missing without a line.
 */
import { TILE_WIDTH } from '../ledger/tiles.ts'
import type { Finding } from '../vocabulary/finding.ts'
import type { Archive } from './archive.ts'
import { keptGroups, type KeptGroup } from './due.ts'
import { erasedKey } from './facts.ts'
import { groupKey, groupOf } from './kinds.ts'
import { isDue } from './retention.ts'
import { segmentPath } from './segments.ts'
import { count, nothingFound, sweep, type Found } from './sweep.ts'

export type Expired = {
  readonly groups: readonly KeptGroup[]
  readonly disclosures: number
  readonly chunkEvents: number
  readonly segments: number
  /** Broadcasts of which nothing is kept any more. */
  readonly forgotten: readonly string[]
}

/** Everything that is kept, with its expiry, as things stand at `at`. */
export const keptIn = (archive: Archive, at: number): KeptGroup[] =>
  keptGroups(archive.facts, archive.policy, at, archive.parts.keyRooms)

/** What may go at `at` and is not gone yet. */
export const dueIn = (archive: Archive, at: number): KeptGroup[] =>
  keptIn(archive, at).filter(({ expiry, isErased }) => !isErased && isDue(expiry, at))

/** Deletes everything that is due, in one pass. Killed in between, it can be run again. */
export const expire = async (archive: Archive, at: number, by: string): Promise<Expired> => {
  const groups = dueIn(archive, at)
  const gone = groups.length > 0 ? await remove(archive, groups, groundOf, by) : NOTHING
  return { groups, ...gone, forgotten: archive.forgetErased(at) }
}

export type Deletion =
  | { readonly outcome: 'deleted'; readonly segments: number }
  | { readonly outcome: 'held'; readonly finding: Finding }
  | { readonly outcome: 'kept'; readonly group: KeptGroup }
  | { readonly outcome: 'unknown' }

/** Somebody wants the replay of a broadcast deleted. Refused under a hold, and before its time. */
export const deleteReplay = async (
  archive: Archive,
  broadcast: string,
  { by, ground, at }: { readonly by: string; readonly ground: string; readonly at: number },
): Promise<Deletion> => {
  const groups = keptIn(archive, at).filter(
    ({ kind, of, isErased }) => kind === 'video' && of === broadcast && !isErased,
  )
  const [group] = groups
  if (group === undefined) return { outcome: 'unknown' }
  const holds = group.expiry.heldBy
  if (holds.length > 0) {
    const attempt = { by, subject: broadcast, broadcast, at, isAutomatic: false, holds }
    return { outcome: 'held', finding: await archive.refuse(attempt) }
  }
  if (!isDue(group.expiry, at)) return { outcome: 'kept', group }
  const { segments } = await remove(archive, groups, () => ground, by)
  return { outcome: 'deleted', segments }
}

type Gone = Omit<Expired, 'groups' | 'forgotten'>
const NOTHING: Gone = { disclosures: 0, chunkEvents: 0, segments: 0 }

/** One line of the log: the groups of one kind and one broadcast. */
type Line = Found & { readonly groups: KeptGroup[]; paths: readonly string[] }

const remove = async (
  archive: Archive,
  groups: readonly KeptGroup[],
  groundOfLine: (groups: readonly KeptGroup[]) => string,
  by: string,
): Promise<Gone> => {
  await archive.flush()
  const lines = new Map<string, Line>()
  const lineOf = new Map<string, Line>()
  for (const group of groups) {
    const key = erasedKey(group.kind, group.of)
    const line = lines.get(key) ?? { groups: [], paths: [], ...nothingFound() }
    line.groups.push(group)
    lines.set(key, line)
    lineOf.set(group.key, line)
  }
  const { removal } = await sweep(archive.logged, (event, found) => {
    const line = lineOf.get(groupKey(groupOf(event)))
    if (line === undefined) return null
    count(line, found, found.disclosures.length)
    return 'all'
  })
  const leaving = new Set(groups.flatMap(({ kind, of }) => (kind === 'video' ? (of ?? []) : [])))
  const gone = { ...NOTHING }
  for (const line of lines.values()) {
    const [{ kind, of }] = line.groups as [KeptGroup]
    if (kind === 'video' && of !== undefined) line.paths = pathsOf(archive, of, leaving)
    const range = rangeOf(kind, line, line.paths.length)
    await archive.recordErasure({ range, ground: groundOfLine(line.groups), by }, of)
    gone.disclosures += line.disclosures
    gone.chunkEvents += line.chunkEvents
  }
  await archive.vault.remove(removal)
  const paths = new Set([...lines.values()].flatMap((line) => line.paths))
  await archive.parts.segments.remove([...paths])
  return { ...gone, segments: paths.size }
}

/** Pieces of a recording that none which stays shares. */
const pathsOf = (archive: Archive, broadcast: string, leaving: ReadonlySet<string>): string[] => {
  const { broadcasts, erased } = archive.facts
  const digests = (name: string) =>
    [...(broadcasts.get(name)?.segments.values() ?? [])].flatMap(({ sha256, init }) =>
      init === undefined ? [sha256] : [sha256, init],
    )
  const paths = new Set(digests(broadcast).map(segmentPath))
  for (const other of broadcasts.keys())
    if (!leaving.has(other) && !erased.has(erasedKey('video', other)))
      for (const digest of digests(other)) paths.delete(segmentPath(digest))
  return [...paths]
}

/** Which rows let it go, and when: the reasons, in the words of the table. */
const groundOf = (groups: readonly KeptGroup[]): string => {
  const rows = new Set(
    groups.flatMap(({ expiry }) =>
      expiry.rows.flatMap(({ provisions }) => provisions.map(({ id }) => id)),
    ),
  )
  const last = Math.max(...groups.map(({ expiry }) => expiry.at ?? 0))
  return `retention ended ${new Date(last).toISOString()} (${[...rows].join(', ')})`
}

/**
 * `video: 120 segments, 34 disclosures, 0 chunk events, leaves 12-9871`: how much and between which
 * leaves. Never a list of leaves: those of one person would tell which belong together.
 */
export const rangeOf = (what: string, found: Found, segments = 0): string => {
  const [first, last] = found.span ?? [0, 0]
  // Rounded outward to whole bundles, for the same reason.
  const from = Math.floor(first / TILE_WIDTH) * TILE_WIDTH
  const until = Math.ceil((last + 1) / TILE_WIDTH) * TILE_WIDTH - 1
  const leaves = found.span === null ? '' : `, leaves ${from}-${until}`
  const { disclosures, chunkEvents } = found
  return `${what}: ${segments} segments, ${disclosures} disclosures, ${chunkEvents} chunk events${leaves}`
}

/**
 * Checking an evidence bundle: a BagIt folder (RFC 8493) whose payload is proved by tlog-proofs.
 * Pure, so that the command line and a page opened from disk run the same check.
 *
 * From the outside in: every file is listed and has its digest; every entry is in the log under the
 * cosigned checkpoint; every disclosure belongs to its entry; every recording and every snapshot is
 * what an entry says it is; every time stamp stamps what lies beside it.
 *
 * Adversary: whoever hands over the bundle, with every file rewritten as they please. What they
 * cannot make is the signatures of a log and of witnesses that the verifier's own policy names.
 */
import { say } from '../language/say.ts'
import { readText, type BundleFiles } from './bundle-files.ts'
import {
  reasonOf,
  type BundleCheckpoint,
  type BundleChecks,
  type BundleFailure,
  type BundleReport,
  type BundleTimestamp,
  type Fail,
  type RoomSpan,
} from './bundle-report.ts'
import { checkBag } from './check-bag.ts'
import { checkEntries, type OpenedEntry } from './check-entries.ts'
import { checkRecordings } from './check-recordings.ts'
import { checkTelemetry } from './check-telemetry.ts'
import { sha256 } from './hash.ts'
import { openCheckpoint, parsePolicy, type Policy } from './policy.ts'

export const CHECKPOINT = 'proofs/checkpoint'
export const POLICY = 'proofs/policy.txt'
export const AUTHORITIES = 'proofs/tsa-ca.pem'

/** Passes where `failures` is empty. */
export const verifyBundle = async (
  files: BundleFiles,
  checks: BundleChecks = {},
): Promise<BundleReport> => {
  const failures: BundleFailure[] = []
  const fail: Fail = (file, code, text) => failures.push({ file, code, text })
  const bag = await checkBag(files, fail)
  const hash = checks.hash ?? sha256
  const policy = checks.policy ?? (await bundledPolicy(files, fail))
  const checkpoint = policy === null ? null : await checkpointOf(files, policy, fail)
  const entries = await checkEntries(files, checkpoint, hash, fail)
  await checkTelemetry(files, entries.opened, hash, fail)
  const facts = {
    digests: bag.digests,
    entries: entries.opened,
    remakeClip: checks.remakeClip,
    hash,
  }
  const recordings = await checkRecordings(files, facts, fail)
  return {
    failures,
    policy: checks.policy === undefined ? 'bundled' : 'own',
    authorities: checks.authorities === undefined ? 'bundled' : 'own',
    checkpoint: checkpoint?.trusted ?? null,
    entries: entries.opened.length,
    disclosed: entries.disclosed,
    withheld: entries.withheld,
    recordings: recordings.proven,
    unproven: recordings.unproven,
    timestamps: await checkTimestamps(files, checks, fail),
    bytes: bag.payloadBytes,
    rooms: roomsOf(entries.opened),
    hasPage: files.paths.has('index.html'),
  }
}

const roomsOf = (entries: readonly OpenedEntry[]): readonly RoomSpan[] => {
  const rooms = new Map<string, RoomSpan>()
  for (const { leaf } of entries) {
    const { room, sequence = leaf['seq'] } = leaf
    if (typeof room !== 'string' || typeof sequence !== 'number') continue
    const { first, last, present } = rooms.get(room) ?? {
      first: sequence,
      last: sequence,
      present: 0,
    }
    rooms.set(room, {
      room,
      first: Math.min(first, sequence),
      last: Math.max(last, sequence),
      present: present + 1,
    })
  }
  return [...rooms.values()]
}

const bundledPolicy = async (files: BundleFiles, fail: Fail): Promise<Policy | null> => {
  const text = await readText(files, POLICY)
  if (text === null) {
    fail(POLICY, 'bad-policy', say('bundle.no-policy'))
    return null
  }
  try {
    return parsePolicy(text)
  } catch (error) {
    fail(POLICY, 'bad-policy', reasonOf(error))
    return null
  }
}

const checkpointOf = async (
  files: BundleFiles,
  policy: Policy,
  fail: Fail,
): Promise<BundleCheckpoint | null> => {
  const note = await readText(files, CHECKPOINT)
  if (note === null) {
    fail(CHECKPOINT, 'bad-checkpoint', say('bundle.no-checkpoint'))
    return null
  }
  try {
    return { trusted: openCheckpoint(note, policy), note }
  } catch (error) {
    fail(CHECKPOINT, 'bad-checkpoint', reasonOf(error))
    return null
  }
}

const checkTimestamps = async (
  files: BundleFiles,
  checks: BundleChecks,
  fail: Fail,
): Promise<readonly BundleTimestamp[]> => {
  const stamped: BundleTimestamp[] = []
  const tokens = [...files.paths].filter((path) => path.endsWith('.tsr')).sort()
  const authorities = checks.authorities ?? (await readText(files, AUTHORITIES)) ?? ''
  for (const token of tokens) {
    const file = token.slice(0, -'.tsr'.length)
    if (!files.paths.has(file))
      fail(token, 'bad-timestamp', say('bundle.timestamp-alone', { file }))
    else if (checks.checkTimestamp === undefined) stamped.push({ file, stamped: null })
    else
      try {
        const [response, data] = [await files.read(token), await files.read(file)]
        stamped.push({ file, stamped: checks.checkTimestamp(response, data, authorities) })
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        fail(token, 'bad-timestamp', say('bundle.bad-timestamp', { file, reason }))
      }
  }
  return stamped
}

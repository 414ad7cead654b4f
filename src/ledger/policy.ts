/**
 * Who is trusted: C2SP tlog-policy. A checkpoint counts when one of the logs signed it and the
 * quorum of witnesses cosigned it. A policy that came with the evidence says only what its sender
 * would like to be trusted; whoever verifies brings a policy of their own.
 */
import { say } from '../language/say.ts'
import { equalBytes, fromDecimal, isPlainText } from './bytes.ts'
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import { LedgerError } from './error.ts'
import { COSIGNATURE, ED25519, isSameKey, parseVerifierKey, type VerifierKey } from './note-key.ts'
import { openNote, type NoteSignature } from './note.ts'

export type Policy = {
  /** Those whose keys can be checked here; the key's name is the log's origin. */
  readonly logs: readonly { readonly key: VerifierKey; readonly url?: string }[]
  readonly witnesses: readonly Witness[]
  /** Null: no cosignature is asked for. */
  readonly quorum: Member | null
}

export type Witness = {
  readonly name: string
  /** Null for a type of key that cannot be checked here: it never counts towards a quorum. */
  readonly key: VerifierKey | null
  readonly url?: string
}

export type Member =
  | { readonly kind: 'witness'; readonly witness: Witness }
  | {
      readonly kind: 'group'
      readonly name: string
      readonly threshold: number
      readonly members: readonly Member[]
    }

export type Cosignature = {
  /** As the policy names the witness. */
  readonly witness: string
  readonly key: VerifierKey
  readonly timeSeconds: number
}

export type TrustedCheckpoint = {
  readonly checkpoint: Checkpoint
  readonly log: VerifierKey
  readonly cosignatures: readonly Cosignature[]
  /** Signatures of keys that the policy does not name. */
  readonly unknown: readonly NoteSignature[]
}

/** @throws LedgerError `malformed-policy`, with the line */
export const parsePolicy = (file: string): Policy => {
  const draft: Draft = { logs: [], named: new Map(), grouped: new Set() }
  const lines = file.split('\n')
  for (const [i, line] of lines.entries()) {
    const [word, ...fields] = line.split(/[ \t]+/).filter((field) => field !== '')
    const isIgnored = word === undefined || word.startsWith('#')
    if (!isPlainText(line, '\t') || !(isIgnored || READERS.get(word)?.(draft, fields)))
      throw new LedgerError('malformed-policy', { line: i + 1 })
  }
  const { logs, named, quorum } = draft
  if (quorum === undefined) throw new LedgerError('malformed-policy', { line: lines.length })
  const witnesses = [...named.values()].flatMap((m) => (m.kind === 'witness' ? [m.witness] : []))
  return { logs, witnesses, quorum }
}

/**
 * Opens a checkpoint under a policy: signed by a log of the policy under its own origin, cosigned
 * by the quorum, and every signature of a key that the policy names is good. The last one opened
 * under a policy is remembered, for a thousand proofs of one bundle carry the same checkpoint.
 * @throws LedgerError `malformed-note`, `bad-signature`, `unverified-note`, `malformed-checkpoint`,
 *   `unknown-log`, `quorum-missing`
 */
export const openCheckpoint = (note: string | Uint8Array, policy: Policy): TrustedCheckpoint => {
  const last = lastOpened.get(policy)
  if (last !== undefined && isSameNote(last.note, note)) return last.trusted
  const trusted = openAfresh(note, policy)
  lastOpened.set(policy, { note: typeof note === 'string' ? note : Uint8Array.from(note), trusted })
  return trusted
}

/** Whether these witnesses (their names in the policy) are a quorum. */
export const isQuorum = (policy: Policy, witnesses: ReadonlySet<string>): boolean =>
  policy.quorum === null || counts(policy.quorum, witnesses)

const lastOpened = new WeakMap<Policy, { note: string | Uint8Array; trusted: TrustedCheckpoint }>()

const isSameNote = (a: string | Uint8Array, b: string | Uint8Array): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : equalBytes(a, b)

const openAfresh = (note: string | Uint8Array, policy: Policy): TrustedCheckpoint => {
  const known = policy.witnesses.flatMap(({ name, key }) => (key === null ? [] : [{ name, key }]))
  const keys = [...policy.logs, ...known].map(({ key }) => key)
  const { text, verified, unknown } = openNote(note, keys)
  const checkpoint = parseCheckpoint(text)
  const log = policy.logs.find(
    ({ key }) => key.name === checkpoint.origin && verified.some((v) => v.key === key),
  )
  if (log === undefined) throw new LedgerError('unknown-log', { origin: checkpoint.origin })
  const cosignatures = verified.flatMap(({ key, timeSeconds }) => {
    const witness = known.find((candidate) => isSameKey(candidate.key, key))
    return witness === undefined || timeSeconds === undefined
      ? []
      : [{ witness: witness.name, key, timeSeconds }]
  })
  const names = cosignatures.map(({ witness }) => witness)
  if (!isQuorum(policy, new Set(names)))
    throw new LedgerError('quorum-missing', {
      names: names.length > 0 ? names.join(', ') : { term: say('cosigned.nobody') },
    })
  return { checkpoint, log: log.key, cosignatures, unknown }
}

const counts = (member: Member, witnesses: ReadonlySet<string>): boolean =>
  member.kind === 'witness'
    ? witnesses.has(member.witness.name)
    : member.members.filter((part) => counts(part, witnesses)).length >= member.threshold

type Draft = {
  readonly logs: Policy['logs'][number][]
  /** Witnesses and groups share one namespace, and a line refers only to lines before it. */
  readonly named: Map<string, Member>
  /** Each name may be a member once, so that a witness counts in one way only. */
  readonly grouped: Set<string>
  quorum?: Member | null
}

/** Predefined: it may be the quorum, and neither be defined nor be a member. */
const NONE = 'none'

/** By the first word of a line; false for fields that it cannot have. */
const READERS = new Map<string, (draft: Draft, fields: readonly string[]) => boolean>([
  [
    'log',
    ({ logs }, [vkey, url, ...more]) => {
      const key = keyOf(vkey, ED25519)
      if (key === undefined || more.length > 0) return false
      if (logs.some((other) => isSamePublicKey(other.key, key))) return false
      if (key !== null) logs.push({ key, ...(url === undefined ? {} : { url }) })
      return true
    },
  ],
  [
    'witness',
    ({ named }, [name, vkey, url, ...more]) => {
      const key = keyOf(vkey, COSIGNATURE)
      if (name === undefined || key === undefined || more.length > 0) return false
      for (const other of named.values())
        if (other.kind === 'witness' && isSamePublicKey(other.witness.key, key)) return false
      const witness = { name, key, ...(url === undefined ? {} : { url }) }
      return define(named, name, { kind: 'witness', witness })
    },
  ],
  [
    'group',
    ({ named, grouped }, [name, howMany, ...names]) => {
      const members = names.flatMap((member) => named.get(member) ?? [])
      const threshold = thresholdOf(howMany, members.length)
      if (name === undefined || threshold === null || members.length < names.length) return false
      for (const member of names) {
        if (grouped.has(member)) return false
        grouped.add(member)
      }
      return define(named, name, { kind: 'group', name, threshold, members })
    },
  ],
  [
    'quorum',
    (draft, [name, ...more]) => {
      const quorum = name === NONE ? null : draft.named.get(name ?? '')
      if (quorum === undefined || more.length > 0 || draft.quorum !== undefined) return false
      draft.quorum = quorum
      return true
    },
  ],
])

const define = (named: Draft['named'], name: string, what: Member): boolean => {
  if (name === NONE || named.has(name)) return false
  named.set(name, what)
  return true
}

/** Null for a sound key of a type that cannot be checked here; undefined for no key of this type. */
const keyOf = (vkey: string | undefined, type: number): VerifierKey | null | undefined => {
  try {
    const key = parseVerifierKey(vkey ?? '')
    return key.type === type ? key : undefined
  } catch (error) {
    return error instanceof LedgerError && error.code === 'unsupported-key' ? null : undefined
  }
}

/** Duplicate keys are those with the same public key, whatever their names. */
const isSamePublicKey = (a: VerifierKey | null, b: VerifierKey | null): boolean =>
  a !== null && b !== null && equalBytes(a.publicKey, b.publicKey)

/** `members` is at least 1 wherever the answer is not null. */
const thresholdOf = (word: string | undefined, members: number): number | null => {
  const threshold = word === 'any' ? 1 : word === 'all' ? members : fromDecimal(word ?? '')
  return threshold !== null && threshold >= 1 && threshold <= members ? threshold : null
}

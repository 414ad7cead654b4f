/**
 * Which lines of a room are versions of one another, who says them, and whether the host asked for
 * them. A line that many type because the host said so comes as one exact text in a few bursts; a
 * script comes back all through the broadcast, or in many versions.
 */
import { FingerprintSet } from '../../sketches/fingerprint-set.ts'
import { Interner } from '../../sketches/interner.ts'
import { bigrams, nearDuplicates } from '../../sketches/minhash.ts'
import { body, LEAST_SUBSTANCE, LEAST_VARIED_SUBSTANCE, normalise, substance } from './text.ts'
import type { Room } from '../room.ts'

/** Bigram resemblance of two versions: one character changed in eight gives 5/9 = 0.56. */
const RESEMBLANCE = 0.55
/** Fewer accounts may be one person and a friend. */
const LEAST_ACCOUNTS = 3
const LEAST_VERSIONS = 3
/** People punctuate one line in a few ways; tools make nearly every copy a version of its own. */
const VERSIONS_SHARE = 0.25
const ENOUGH_VERSIONS = 10
/** A prompt is answered within minutes, with its own words. */
const BIN_MS = 180_000
const PROMPT_EXACT = 0.8
const PROMPT_PER_BIN = 3
const PROMPT_BINS_SHARE = 0.25
/** … and is what the room repeats while it lasts: a script interleaves many lines. */
const PROMPT_DOMINANCE = 0.25
const CAPTION_LEAD_MS = 180_000

export const UNSHARED = 0
export const SHARED = 1
export const VARIED = 2
export type Level = typeof UNSHARED | typeof SHARED | typeof VARIED

export type Templates = {
  /** By distinct text: number of its family + 1, or 0 for one too short to tell. */
  readonly familyOf: Uint32Array
  /** By family. */
  readonly level: Uint8Array
  readonly accounts: Uint32Array
  readonly versions: Uint32Array
  /** 1 where a line says nothing about who writes it: asked for on air, or short and unvaried. */
  readonly isCommon: Uint8Array
  /** By family: number of a text, to quote. */
  readonly example: Uint32Array
}

export const templates = (room: Room): Templates => {
  const { familyOf, families } = familiesOf(room)
  const { text, account, at } = room.comments.columns
  const comments = new Uint32Array(families)
  const accounts = new Uint32Array(families)
  const seen = new FingerprintSet()
  const bins = new FingerprintSet()
  const occupied = new Uint32Array(families)
  const perText = new Uint32Array(room.comments.texts.size)
  for (let i = 0; i < room.comments.length; i += 1) {
    if (text[i] === 0) continue
    const number = text[i]! - 1
    perText[number]! += 1
    const family = familyOf[number]! - 1
    if (family < 0) continue
    comments[family]! += 1
    if (account[i]! > 0 && seen.add(family + 1, account[i]!)) accounts[family]! += 1
    const bin = Math.floor((at[i]! - room.firstAt) / BIN_MS)
    if (bins.add(family + 1, bin + 1)) occupied[family]! += 1
  }
  const { versions, example, mode } = versionsOf(room, familyOf, families, perText)
  const allBins = Math.max(1, Math.ceil((room.lastAt - room.firstAt) / BIN_MS))
  const asked = askedFor(room, familyOf, example)
  const around = repeatedAround(room, familyOf, accounts)
  const level = new Uint8Array(families)
  const isCommon = new Uint8Array(families)
  for (let i = 0; i < families; i += 1) {
    const isShort = substance(normalise(room.comments.texts.nameOf(example[i]!))) < LEAST_SUBSTANCE
    if (isShort) isCommon[i] = 1
    const isBursty =
      comments[i]! >= PROMPT_PER_BIN * occupied[i]! &&
      comments[i]! >= PROMPT_DOMINANCE * around[i]! &&
      (occupied[i]! <= 2 || occupied[i]! <= PROMPT_BINS_SHARE * allBins)
    const isExact = mode[i]! >= PROMPT_EXACT * comments[i]!
    if (accounts[i]! < LEAST_ACCOUNTS) continue
    if ((isBursty && isExact) || asked[i] === 1) {
      isCommon[i] = 1
      continue
    }
    const least = Math.min(ENOUGH_VERSIONS, VERSIONS_SHARE * comments[i]!)
    const isVaried = versions[i]! >= Math.max(LEAST_VERSIONS, least)
    level[i] = isVaried ? VARIED : SHARED
    if (isVaried) isCommon[i] = 0
  }
  return { familyOf, level, accounts, versions, isCommon, example }
}

/** By family: comments of every repeated family in the bins that it occupies. */
const repeatedAround = (room: Room, familyOf: Uint32Array, accounts: Uint32Array): Float64Array => {
  const { text, at } = room.comments.columns
  const perBin = new Map<number, number>()
  const each = (visit: (family: number, bin: number) => void) => {
    for (let i = 0; i < room.comments.length; i += 1) {
      const family = text[i] === 0 ? -1 : familyOf[text[i]! - 1]! - 1
      if (family < 0 || accounts[family]! < LEAST_ACCOUNTS) continue
      visit(family, Math.floor((at[i]! - room.firstAt) / BIN_MS))
    }
  }
  each((_, bin) => perBin.set(bin, (perBin.get(bin) ?? 0) + 1))
  const around = new Float64Array(accounts.length)
  const met = new FingerprintSet()
  each((family, bin) => {
    if (met.add(family + 1, bin + 1)) around[family]! += perBin.get(bin)!
  })
  return around
}

const familiesOf = (room: Room): { familyOf: Uint32Array; families: number } => {
  const forms = new Interner({ named: false })
  const formOf = new Uint32Array(room.comments.texts.size)
  const values: number[] = []
  const ends: number[] = []
  for (let i = 0; i < formOf.length; i += 1) {
    const form = normalise(room.comments.texts.nameOf(i))
    if (substance(form) < LEAST_VARIED_SUBSTANCE) continue
    const number = forms.intern(form)
    formOf[i] = number + 1
    if (number < ends.length) continue
    for (const gram of bigrams(form)) values.push(gram)
    ends.push(values.length)
  }
  const group = nearDuplicates(
    { values: Uint32Array.from(values), ends: Uint32Array.from(ends) },
    RESEMBLANCE,
  )
  const dense = new Uint32Array(group.length)
  let families = 0
  for (let i = 0; i < group.length; i += 1)
    dense[i] = group[i] === i ? (families += 1) : dense[group[i]!]!
  return { familyOf: formOf.map((form) => (form === 0 ? 0 : dense[form - 1]!)), families }
}

const versionsOf = (room: Room, familyOf: Uint32Array, families: number, perText: Uint32Array) => {
  const versions = new Uint32Array(families)
  const example = new Uint32Array(families)
  /** Comments of the commonest exact body of a family. */
  const mode = new Uint32Array(families)
  const bodies = new Interner({ named: false })
  const perBody: number[] = []
  for (let i = 0; i < familyOf.length; i += 1) {
    const family = familyOf[i]! - 1
    if (family < 0) continue
    const number = bodies.intern(body(room.comments.texts.nameOf(i)))
    if (number === perBody.length) {
      perBody.push(0)
      versions[family]! += 1
    }
    perBody[number]! += perText[i]!
    if (perBody[number]! <= mode[family]!) continue
    mode[family] = perBody[number]!
    example[family] = i
  }
  return { versions, example, mode }
}

/** Families whose words were spoken on air shortly before they were typed. */
const askedFor = (room: Room, familyOf: Uint32Array, example: Uint32Array): Uint8Array => {
  const asked = new Uint8Array(example.length)
  if (room.captions.length === 0) return asked
  const { text, at } = room.comments.columns
  const firstAt = new Float64Array(example.length).fill(Number.POSITIVE_INFINITY)
  for (let i = 0; i < room.comments.length; i += 1) {
    const family = text[i] === 0 ? -1 : familyOf[text[i]! - 1]! - 1
    if (family >= 0) firstAt[family] = Math.min(firstAt[family]!, at[i]!)
  }
  const order = Array.from(firstAt.keys()).sort((a, b) => firstAt[a]! - firstAt[b]!)
  let from = 0
  const spoken = room.captions.map((c) => ({ at: c.from, text: normalise(c.text) }))
  for (const family of order) {
    while (from < spoken.length && spoken[from]!.at < firstAt[family]! - CAPTION_LEAD_MS) from += 1
    const line = normalise(room.comments.texts.nameOf(example[family]!))
    for (let i = from; i < spoken.length && spoken[i]!.at <= firstAt[family]!; i += 1)
      if (spoken[i]!.text.includes(line)) asked[family] = 1
  }
  return asked
}

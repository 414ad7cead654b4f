/**
 * Accounts that enter broadcasts in step. An account is the set of its entries, each named by
 * broadcast and minute on two grids half a cell apart, so that two entries a minute apart share at
 * least one name. Sets are compared by min-hashing (Broder 1997) in bands; accounts that meet in a
 * band and share at least `LEAST_LIKENESS` of their names are joined (union-find).
 * Cost is linear in the number of visits; nothing is quadratic in the size of a crowd.
 */
import { fingerprint, type Lanes } from '../../sketches/hash.ts'
import { Interner } from '../../sketches/interner.ts'
import type { Evidence, Room } from '../room.ts'

export type Visit = {
  readonly room: Room
  readonly at: number
  readonly staySeconds: number
  readonly viewRow: number
  readonly accountRow: number
}
export type Visitor = { readonly account: string; readonly visits: readonly Visit[] }

const CELL_MS = 240_000
const BANDS = 24
const ROWS = 2
/** Jaccard index of two entry sets above which two accounts move in step. */
const LEAST_LIKENESS = 0.4
/** One id that carries this share of a room's views is a mask, not a person. */
const MASK_SHARE = 0.02

/** Everyone who came to at least `least` broadcasts, with the first visit to each. */
export const visitorsOf = (evidence: Evidence, least: number): Visitor[] => {
  const accounts = new Interner({ named: false })
  const rooms = [...evidence.rooms.values()].sort((x, y) => (x.broadcast < y.broadcast ? -1 : 1))
  const seen: number[] = []
  const numbers = rooms.map((room) => {
    const mine = new Uint32Array(room.accounts.length)
    for (let row = 0; row < room.accounts.length; row += 1) {
      const number = accounts.intern(room.accounts.ids.nameOf(row))
      mine[row] = number
      seen[number] = (seen[number] ?? 0) + 1
    }
    return mine
  })
  const visits = new Map<number, Visit[]>()
  const names = new Map<number, string>()
  rooms.forEach((room, i) => {
    const first = firstViews(room)
    for (let row = 0; row < room.accounts.length; row += 1) {
      const number = numbers[i]![row]!
      const view = first[row]!
      if (seen[number]! < least || view === 0) continue
      if (room.accounts.columns.views[row]! > Math.max(20, room.views.length * MASK_SHARE)) continue
      const { startAt, leftAt, lastAt } = room.views.columns
      const at = startAt[view - 1]!
      const end = Number.isNaN(leftAt[view - 1]!) ? lastAt[view - 1]! : leftAt[view - 1]!
      const visit = { room, at, staySeconds: (end - at) / 1000, viewRow: view - 1, accountRow: row }
      const list = visits.get(number)
      if (list === undefined) {
        visits.set(number, [visit])
        names.set(number, room.accounts.ids.nameOf(row))
      } else list.push(visit)
    }
  })
  return [...visits]
    .filter(([, list]) => list.length >= least)
    .map(([number, list]) => ({ account: names.get(number)!, visits: list }))
    .sort((x, y) => (x.account < y.account ? -1 : 1))
}

/** By account row: 1 + the row of its first view, 0 where it has none with a known start. */
const firstViews = (room: Room): Uint32Array => {
  const first = new Uint32Array(room.accounts.length)
  const { account, startAt } = room.views.columns
  for (let row = 0; row < room.views.length; row += 1) {
    if (account[row] === 0 || Number.isNaN(startAt[row]!)) continue
    const known = first[account[row]! - 1]!
    if (known === 0 || startAt[row]! < startAt[known - 1]!) first[account[row]! - 1] = row + 1
  }
  return first
}

/** Groups of visitors that move in step; each visitor is in at most one. */
export const clustersOf = (visitors: readonly Visitor[]): Visitor[][] => {
  const sets = visitors.map((visitor) => entryNames(visitor))
  const parent = visitors.map((_, i) => i)
  const root = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!
    return i
  }
  for (let band = 0; band < BANDS; band += 1) {
    const leaders = new Map<string, number[]>()
    sets.forEach((set, i) => {
      let key = ''
      for (let r = 0; r < ROWS; r += 1) key += `${minHash(set, band * ROWS + r)}|`
      const bucket = leaders.get(key)
      if (bucket === undefined) leaders.set(key, [i])
      else {
        // Compared with a few leaders only: a band that a thousand strangers share stays cheap.
        const near = bucket.find((leader) => likeness(sets[leader]!, set) >= LEAST_LIKENESS)
        if (near !== undefined) parent[root(i)] = root(near)
        else if (bucket.length < 8) bucket.push(i)
      }
    })
  }
  const groups = new Map<number, Visitor[]>()
  visitors.forEach((visitor, i) => {
    const group = groups.get(root(i))
    if (group === undefined) groups.set(root(i), [visitor])
    else group.push(visitor)
  })
  return [...groups.values()].filter((group) => group.length > 1)
}

const entryNames = (visitor: Visitor): Set<number> => {
  const names = new Set<number>()
  const lanes: Lanes = { hi: 0, lo: 0 }
  for (const visit of visitor.visits)
    for (const grid of [0, 1]) {
      const cell = Math.floor(visit.at / CELL_MS + grid / 2)
      fingerprint(`${visit.room.broadcast}\n${grid}\n${cell}`, lanes)
      names.add(lanes.lo)
    }
  return names
}

const minHash = (set: ReadonlySet<number>, seed: number): number => {
  let least = 0xffffffff
  const salt = Math.imul(seed + 1, 0x9e3779b1)
  for (const name of set) {
    let h = Math.imul(name ^ salt, 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    h = (h ^ (h >>> 16)) >>> 0
    if (h < least) least = h
  }
  return least
}

const likeness = (a: ReadonlySet<number>, b: ReadonlySet<number>): number => {
  let shared = 0
  for (const name of a) if (b.has(name)) shared += 1
  return shared / (a.size + b.size - shared)
}

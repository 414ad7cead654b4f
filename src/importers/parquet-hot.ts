/**
 * The rows of a Parquet file that come by the million, as numbers: ids are hashed inside DuckDB and
 * only distinct ones become strings, once, so no row is ever an object.
 */
import type { DuckDBDataChunk } from '@duckdb/node-api'
import type { Room } from '../detectors/room.ts'
import type { Intake } from '../engine/intake.ts'
import { click, comment, join, like, live } from '../engine/moves.ts'
import { subnetOf } from '../engine/subnet.ts'
import { NEAR_MS } from '../engine/time-gate.ts'
import { Interner } from '../sketches/interner.ts'
import { ENTRIES } from '../vocabulary/index.ts'
import { doubles, named, pairs, quoted, type Duck } from './duck.ts'
import {
  HOT_TYPES,
  hasHotColumns,
  instantOf,
  soundOf,
  type Columns,
  type HotType,
  type Instant,
} from './parquet-sound.ts'

/** SQL of the hash by which repeats are known, over all Parquet files of an audit. */
export const KEY = 'hash("id"::VARCHAR, "source"::VARCHAR)'

/** More sources, or broadcasts with stray times, make the condition longer than it is worth. */
const MAX_LISTED = 200

/** Distinct ids by their hash: row + 1 of each in the table of its room, and the room. */
class Rows {
  readonly #numbers = new Interner({ named: false })
  readonly rows: number[] = []
  readonly rooms: Room[] = []

  add(words: Uint32Array, i: number, room: Room, row: number): void {
    if (this.at(words, i) < this.rows.length) return
    this.rows.push(row + 1)
    this.rooms.push(room)
  }

  /** Index into `rows` and `rooms`; hashes that a query gives were all added before. */
  at(words: Uint32Array, i: number): number {
    return this.#numbers.internFingerprint(words[i * 2 + 1]!, words[i * 2]!)
  }

  /** Row + 1, or 0 for the hash 0, which stands for "not stated". */
  rowOf(words: Uint32Array, i: number): number {
    return words[i * 2] === 0 && words[i * 2 + 1] === 0 ? 0 : this.rows[this.at(words, i)]!
  }
}

export class HotPath {
  /** SQL condition, by type, of the rows that are read here. */
  readonly #isOf: Readonly<Record<HotType, string>>
  readonly #duck: Duck
  readonly #from: string
  readonly #columns: Columns
  readonly #at: Instant
  readonly #createdAt: Instant | undefined
  readonly #centres: ReadonlyMap<string, number>
  #isNew = new Uint8Array(2048)
  readonly #views = new Rows()
  readonly #accounts = new Rows()
  readonly #products = new Rows()
  readonly #texts = new Rows()
  readonly #networks = new Rows()
  readonly #apps = new Rows()

  /** Undefined where the file has not what the hot path needs. */
  static async of(duck: Duck, from: string, columns: Columns): Promise<HotPath | undefined> {
    if (!hasHotColumns(columns)) return undefined
    const instantIn = async (column: string) => {
      const name = named(column)
      const sql = `SELECT ${name} FROM ${from} WHERE ${name} IS NOT NULL LIMIT 2000`
      return instantOf(column, columns.get(column)!, (await duck.rows(sql)).map(String))
    }
    const at = await instantIn('time')
    if (at === undefined) return undefined
    const created = 'accountCreatedAt'
    const createdAt = columns.has(created) ? await instantIn(created) : undefined
    const found = await duck.rows(`SELECT DISTINCT "source" FROM ${from} LIMIT ${MAX_LISTED + 1}`)
    const sources = found.map(String).filter((source) => /^[!-~]{1,2048}$/.test(source))
    if (found.length > MAX_LISTED || sources.length === 0) return undefined
    const sound = soundOf(columns, at.checked, createdAt?.checked, sources)
    const survey = await surveyOf(duck, from, at, sound)
    if (survey.wide.length > MAX_LISTED) return undefined
    return new HotPath(duck, from, columns, at, createdAt, survey)
  }

  private constructor(
    duck: Duck,
    from: string,
    columns: Columns,
    at: Instant,
    createdAt: Instant | undefined,
    survey: Survey,
  ) {
    this.#duck = duck
    this.#from = from
    this.#columns = columns
    this.#at = at
    this.#createdAt = createdAt
    this.#centres = survey.centres
    this.#isOf = survey.isOf
  }

  async read(intake: Intake, beat: () => void): Promise<void> {
    for (const [broadcast, centre] of this.#centres) intake.centre(broadcast, centre)
    const { evidence } = intake
    await this.#names('view', evidence, this.#views, (room, id) => room.views.rowOf(id))
    await this.#names('viewer', evidence, this.#accounts, (room, id) => room.accounts.rowOf(id))
    const { products } = evidence.orders
    await this.#names('product', evidence, this.#products, (_, id) => products.intern(id))
    await this.#names('text', evidence, this.#texts, (room, id) => room.comments.texts.intern(id))
    await this.#names('network', evidence, this.#networks, (room, id) =>
      room.views.networks.intern(id),
    )
    await this.#names('app', evidence, this.#apps, (room, id) => room.views.apps.intern(id))
    for (const type of HOT_TYPES) {
      const rows = `FROM ${this.#from} WHERE ${this.#isOf[type]}`
      await this.#duck.stream(`SELECT ${this.#selected(type)} ${rows}`, (chunk) => {
        beat()
        this.#fold(type, chunk, intake)
      })
    }
  }

  /** SQL condition of the rows that are left over. */
  get rest(): string {
    const clean = HOT_TYPES.filter((type) => this.#isOf[type] === typeIs(type))
    const mixed = HOT_TYPES.filter((type) => !clean.includes(type)).map((type) => this.#isOf[type])
    const isDone = clean.length === 0 ? 'false' : `"type" IN (${clean.map(quoted).join(', ')})`
    return `NOT coalesce(${[isDone, ...mixed].join(' OR ')}, false)`
  }

  /** Gives every distinct id its row, by name, so that other readers find it there. */
  async #names(
    column: string,
    evidence: Intake['evidence'],
    into: Rows,
    rowOf: (room: Room, id: string) => number,
  ) {
    if (this.#columns.get(column) !== 'VARCHAR') return
    const id = named(column)
    const types = HOT_TYPES.filter((type) => USES[type].includes(column))
    const isNamed = types.map((type) => this.#isOf[type]).join(' OR ')
    const sql = `SELECT ${hashOf(column)} AS h, any_value("subject"), any_value(${id})
      FROM ${this.#from} WHERE ${id} IS NOT NULL AND (${isNamed}) GROUP BY h`
    await this.#duck.stream(sql, (chunk) => {
      const hashes = pairs(chunk, 0)
      const subjects = chunk.getColumnVector(1)
      const ids = chunk.getColumnVector(2)
      for (let i = 0; i < chunk.rowCount; i += 1) {
        const room = evidence.room(String(subjects.getItem(i)))
        into.add(hashes, i, room, rowOf(room, String(ids.getItem(i))))
      }
    })
  }

  /** The columns of a type's query: the key, the instant, then what `#fold` reads by number. */
  #selected(type: HotType): string {
    const flag = (name: string) =>
      this.#columns.get(name) === 'BOOLEAN' ? `coalesce(NOT ${named(name)}, false)` : 'false'
    const own: Record<HotType, readonly string[]> = {
      'live.viewer.watched': [
        hashOf('view'),
        '"seconds"::DOUBLE',
        `(${flag('visible')} OR ${flag('playing')})::INT::DOUBLE`,
      ],
      'live.like.sent': [hashOf('viewer'), hashOf('view'), '"count"::DOUBLE', '"id"'],
      'live.product.clicked': [hashOf('viewer'), hashOf('view'), hashOf('product')],
      'live.viewer.left': [hashOf('view')],
      'live.viewer.joined': [
        hashOf('view'),
        hashOf('viewer'),
        this.#hashIf('network'),
        this.#hashIf('app'),
        this.#textIf('device'),
        this.#textIf('ip'),
        `list_position([${ENTRIES.map(quoted).join(', ')}], "entry")::DOUBLE`,
        `coalesce(${this.#createdAt?.checked ?? 'NULL'}, 'NaN'::DOUBLE)`,
      ],
      'live.comment.posted': [
        hashOf('viewer'),
        hashOf('view'),
        hashOf('text'),
        `(${this.#textIf('replyTo')} <> '')::INT::DOUBLE`,
        '"comment"',
      ],
    }
    return [KEY, this.#at.plain, ...own[type]].join(', ')
  }

  #hashIf(column: string): string {
    return this.#columns.get(column) === 'VARCHAR' ? hashOf(column) : '0::UBIGINT'
  }

  #textIf(column: string): string {
    return this.#columns.get(column) === 'VARCHAR' ? `coalesce(${named(column)}, '')` : `''`
  }

  #fold(type: HotType, chunk: DuckDBDataChunk, intake: Intake) {
    const keys = pairs(chunk, 0)
    const ats = doubles(chunk, 1)
    const who = pairs(chunk, 2)
    const owners = type.startsWith('live.viewer.') ? this.#views : this.#accounts
    const step = this.#stepOf(type, chunk)
    const rows = chunk.rowCount
    if (rows > this.#isNew.length) this.#isNew = new Uint8Array(rows)
    intake.areNew(keys, rows, this.#isNew)
    let events = 0
    for (let i = 0; i < rows; i += 1) {
      if (this.#isNew[i] === 0) continue
      const owner = owners.at(who, i)
      const room = owners.rooms[owner]!
      const at = ats[i]!
      live(room, type, at)
      step(room, at, owners.rows[owner]!, i)
      events += 1
    }
    intake.counted(events, rows - events)
  }

  /** What one row does; `owner` is the row + 1 of the view, or of the account where there is one. */
  #stepOf(type: HotType, chunk: DuckDBDataChunk): Step {
    if (type === 'live.viewer.watched') {
      const seconds = doubles(chunk, 3)
      const idle = doubles(chunk, 4)
      return (room, at, owner, i) => room.views.watch(owner - 1, at, seconds[i]!, idle[i] === 1)
    }
    if (type === 'live.viewer.left') return (room, at, owner) => room.views.leave(owner - 1, at)
    if (type === 'live.viewer.joined') return this.#joinOf(chunk)
    const views = pairs(chunk, 3)
    if (type === 'live.comment.posted') {
      const texts = pairs(chunk, 4)
      const replies = doubles(chunk, 5)
      const ids = chunk.getColumnVector(6)
      return (room, at, owner, i) => {
        const row = room.comments.rowOf(String(ids.getItem(i)))
        const view = this.#views.rowOf(views, i)
        const text = this.#texts.rowOf(texts, i) - 1
        comment(room, at, row, view, owner, text, replies[i] === 1)
      }
    }
    if (type === 'live.product.clicked') {
      const products = pairs(chunk, 4)
      return (room, at, owner, i) =>
        click(room, at, this.#views.rowOf(views, i), owner, this.#products.rowOf(products, i))
    }
    const counts = doubles(chunk, 4)
    const ids = chunk.getColumnVector(5)
    return (room, at, owner, i) => {
      room.likes.ids.push(String(ids.getItem(i)))
      like(room, at, this.#views.rowOf(views, i), owner, counts[i]!)
    }
  }

  #joinOf(chunk: DuckDBDataChunk): Step {
    const [viewers, networks, apps] = [pairs(chunk, 3), pairs(chunk, 4), pairs(chunk, 5)]
    const [devices, ips] = [chunk.getColumnVector(6), chunk.getColumnVector(7)]
    const [entries, createdAt] = [doubles(chunk, 8), doubles(chunk, 9)]
    return (room, at, owner, i) => {
      const { views } = room
      const ip = String(ips.getItem(i))
      join(room, at, owner - 1, {
        account: this.#accounts.rowOf(viewers, i),
        device: withText(views.devices, String(devices.getItem(i))),
        ip: withText(views.ips, ip),
        subnet: withText(views.subnets, subnetOf(ip)),
        network: this.#networks.rowOf(networks, i),
        app: this.#apps.rowOf(apps, i),
        entry: entries[i]!,
        createdAt: createdAt[i]!,
      })
    }
  }
}

const withText = (names: Interner, text: string) => (text === '' ? 0 : names.intern(text) + 1)

type Step = (room: Room, at: number, owner: number, i: number) => void

const typeIs = (type: string) => `"type" = ${quoted(type)}`

/** Which ids a type names. */
const USES: Record<HotType, readonly string[]> = {
  'live.viewer.watched': ['view'],
  'live.like.sent': ['view', 'viewer'],
  'live.product.clicked': ['view', 'viewer', 'product'],
  'live.viewer.left': ['view'],
  'live.viewer.joined': ['view', 'viewer', 'network', 'app'],
  'live.comment.posted': ['view', 'viewer', 'text'],
}

/** Views and accounts belong to their broadcast; products are the audit's. 0 is "not stated". */
const hashOf = (column: string): string => {
  const id = named(column)
  const hash = column === 'product' ? `hash(${id})` : `hash("subject", ${id})`
  return `CASE WHEN ${id} IS NULL THEN 0::UBIGINT ELSE ${hash} END`
}

type Survey = {
  readonly isOf: Readonly<Record<HotType, string>>
  /** Median time of each broadcast, NaN where no bulk shows. */
  readonly centres: ReadonlyMap<string, number>
  /** Broadcasts with times far from their bulk. */
  readonly wide: readonly string[]
}

/**
 * One pass that judges every row of the hot types: where all rows of a type are sound and near,
 * which is the rule, the queries that follow need not ask again.
 */
const surveyOf = async (
  duck: Duck,
  from: string,
  time: Instant,
  sound: string,
): Promise<Survey> => {
  const at = time.checked
  const rows = await duck.rows(
    `SELECT "subject", "type", count(*) FILTER (NOT sound), min(instant), max(instant),
       approx_quantile(instant, 0.5), count(*)
     FROM (SELECT "subject", "type", ${sound} AS sound, CASE WHEN sound THEN ${at} END AS instant
       FROM ${from} WHERE "type" IN (${HOT_TYPES.map(quoted).join(', ')}))
     GROUP BY 1, 2`,
  )
  const unsound = new Set<string>()
  const spans = new Map<string, { low: number; high: number; median: number; most: number }>()
  for (const [subject, type, bad, low, high, median, count] of rows) {
    if (Number(bad) > 0) unsound.add(String(type))
    if (median === null) continue
    const span = spans.get(String(subject)) ?? {
      low: Infinity,
      high: -Infinity,
      median: 0,
      most: 0,
    }
    span.low = Math.min(span.low, Number(low))
    span.high = Math.max(span.high, Number(high))
    // The median of the most frequent type stands for all of them.
    if (Number(count) > span.most) [span.median, span.most] = [Number(median), Number(count)]
    spans.set(String(subject), span)
  }
  const centres = new Map([...spans].map(([subject, { median }]) => [subject, median]))
  const wide = [...spans].filter(([, { low, high }]) => high - low > NEAR_MS).map(([name]) => name)
  const near: string[] = []
  for (const subject of wide.slice(0, MAX_LISTED)) {
    const isNear = `abs(${at} - ${centres.get(subject)!}) <= ${NEAR_MS}`
    const [row] = await duck.rows(
      `SELECT avg((${isNear})::INT) FROM ${from} WHERE "subject" = ${quoted(subject)} AND ${sound}`,
    )
    if (Number(row?.[0]) > 0.5) near.push(`WHEN ${quoted(subject)} THEN ${isNear}`)
    else centres.set(subject, Number.NaN)
  }
  const isNear = near.length === 0 ? 'true' : `CASE "subject" ${near.join(' ')} ELSE true END`
  const conditionOf = (type: HotType) => {
    if (near.length === 0 && !unsound.has(type)) return typeIs(type)
    return `(${typeIs(type)} AND ${sound} AND ${isNear})`
  }
  const isOf = Object.fromEntries(HOT_TYPES.map((type) => [type, conditionOf(type)]))
  return { isOf: isOf as Record<HotType, string>, centres, wide }
}

/**
 * The rows of a Parquet file that come by the million, as numbers: ids are hashed inside DuckDB and
 * only distinct ones become strings, once, so no row is ever an object. Repeats are found first, by
 * the hashes of all rows, and left out of everything that follows.
 */
import type { DuckDBDataChunk } from '@duckdb/node-api'
import type { Room } from '../detectors/room.ts'
import type { Intake } from '../engine/intake.ts'
import { click, comment, join, like, live } from '../engine/moves.ts'
import { subnetOf } from '../engine/subnet.ts'
import { Interner } from '../sketches/interner.ts'
import { ENTRIES } from '../vocabulary/index.ts'
import { doubles, named, pairs, quoted, texts, type Duck, type Query } from './duck.ts'
import { beatsSql, eachBeats } from './parquet-beats.ts'
import {
  HOT_TYPES,
  hasHotColumns,
  instantOf,
  soundOf,
  type Columns,
  type HotType,
  type Instant,
} from './parquet-sound.ts'
import { MAX_LISTED, surveyOf, typeIs, type Survey } from './parquet-survey.ts'

/** SQL of the hash by which repeats are known, over all Parquet files of an audit. */
export const KEY = 'hash("id"::VARCHAR, "source"::VARCHAR)'

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
  /** The file, later without its repeats. */
  #from: string
  readonly #columns: Columns
  readonly #at: Instant
  readonly #createdAt: Instant | undefined
  readonly #survey: Survey
  #isNew = new Uint8Array(2048)
  readonly #views = new Rows()
  readonly #accounts = new Rows()
  readonly #products = new Rows()
  readonly #texts = new Rows()
  readonly #networks = new Rows()
  readonly #apps = new Rows()

  /** Undefined where the file has not what the hot path needs. */
  static async of(
    duck: Duck,
    from: string,
    columns: Columns,
    until = Number.POSITIVE_INFINITY,
  ): Promise<HotPath | undefined> {
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
    const isSound = soundOf(columns, at.checked, createdAt?.checked, sources)
    // What is later is offered like the unsound, and left out there.
    const sound = until === Infinity ? isSound : `(${isSound} AND ${at.checked} <= ${until})`
    const survey = await surveyOf(duck, from, at.checked, sound)
    if (survey === undefined) return undefined
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
    this.#survey = survey
    this.#isOf = survey.isOf
  }

  /** Looks for repeats, then gives the queries that fold everything else, to be made in this order. */
  async queries(intake: Intake, beat: () => void): Promise<readonly Query[]> {
    for (const [broadcast, centre] of this.#survey.centres) intake.centre(broadcast, centre)
    await this.#leaveOutRepeats(intake, beat)
    const { evidence } = intake
    const { products } = evidence.orders
    return [
      ...this.#names('view', evidence, this.#views, (room, id) => room.views.rowOf(id)),
      ...this.#names('viewer', evidence, this.#accounts, (room, id) => room.accounts.rowOf(id)),
      ...this.#names('product', evidence, this.#products, (_, id) => products.intern(id)),
      ...this.#names('text', evidence, this.#texts, ({ comments }, id) =>
        comments.texts.intern(id),
      ),
      ...this.#names('network', evidence, this.#networks, ({ views }, id) =>
        views.networks.intern(id),
      ),
      ...this.#names('app', evidence, this.#apps, ({ views }, id) => views.apps.intern(id)),
      this.#beats(intake),
      this.#rows(intake),
    ]
  }

  /** Whether few rows are left over. */
  get isMost(): boolean {
    return this.#survey.rows * 2 > this.#survey.all
  }

  /** SQL condition of the rows that are left over. */
  get rest(): string {
    const clean = HOT_TYPES.filter((type) => this.#isOf[type] === typeIs(type))
    const mixed = HOT_TYPES.filter((type) => !clean.includes(type)).map((type) => this.#isOf[type])
    const isDone = clean.length === 0 ? 'false' : `"type" IN (${clean.map(quoted).join(', ')})`
    return `NOT coalesce(${[isDone, ...mixed].join(' OR ')}, false)`
  }

  async #leaveOutRepeats(intake: Intake, beat: () => void) {
    const again: number[] = []
    intake.expect(this.#survey.rows)
    const isAny = HOT_TYPES.map((type) => this.#isOf[type]).join(' OR ')
    const sql = `SELECT ${KEY}, file_row_number::DOUBLE FROM ${this.#from} WHERE ${isAny}`
    await this.#duck.stream(sql, (chunk) => {
      beat()
      const rows = chunk.rowCount
      const numbers = doubles(chunk, 1)
      if (rows > this.#isNew.length) this.#isNew = new Uint8Array(rows)
      intake.areNew(pairs(chunk, 0), rows, this.#isNew)
      for (let i = 0; i < rows; i += 1) if (this.#isNew[i] === 0) again.push(numbers[i]!)
    })
    if (again.length === 0) return
    intake.counted(0, again.length)
    await this.#duck.keep('again', 'file_row_number', again)
    this.#from = `(SELECT * FROM ${this.#from} ANTI JOIN again USING (file_row_number))`
  }

  #beats(intake: Intake): Query {
    const type = 'live.viewer.watched'
    const sql = beatsSql({
      rows: `FROM ${this.#from} WHERE ${this.#isOf[type]}`,
      view: 'hash("subject", "view")',
      at: this.#at.plain,
      idle: `(${this.#flag('visible')} OR ${this.#flag('playing')})`,
    })
    const each = (chunk: DuckDBDataChunk) =>
      eachBeats(chunk, (views, i, beats, firstAt) => {
        const view = this.#views.at(views, i)
        const room = this.#views.rooms[view]!
        live(room, type, firstAt, beats.lastAt, beats.count)
        room.views.mergeBeats(this.#views.rows[view]! - 1, beats)
        intake.counted(beats.count, 0)
      })
    return { sql, each }
  }

  /**
   * Gives every distinct id its row, by name, so that other readers find it there, in the order in
   * which they appear: equal files, equal tables.
   */
  #names(
    column: string,
    evidence: Intake['evidence'],
    into: Rows,
    rowOf: (room: Room, id: string) => number,
  ): readonly Query[] {
    if (this.#columns.get(column) !== 'VARCHAR') return []
    const id = named(column)
    const types = HOT_TYPES.filter((type) => USES[type].includes(column))
    const isNamed = types.map((type) => this.#isOf[type]).join(' OR ')
    const sql = `SELECT ${hashOf(column)} AS h, any_value("subject") AS subject, any_value(${id}) AS id
      FROM ${this.#from} WHERE ${id} IS NOT NULL AND (${isNamed})
      GROUP BY h ORDER BY min(file_row_number)`
    const each = (chunk: DuckDBDataChunk) => {
      const hashes = pairs(chunk, 0)
      const [subjects, ids] = [texts(chunk, 1), texts(chunk, 2)]
      for (let i = 0; i < chunk.rowCount; i += 1) {
        const room = evidence.room(subjects(i)!)
        into.add(hashes, i, room, rowOf(room, ids(i)!))
      }
    }
    return [{ sql, each }]
  }

  /** Whether a column says no. */
  #flag(name: string): string {
    return this.#columns.get(name) === 'BOOLEAN' ? `coalesce(NOT ${named(name)}, false)` : 'false'
  }

  /** All other rows in one pass: a column holds what its type puts there. */
  #rows(intake: Intake): Query {
    const like = `"type" = 'live.like.sent'`
    const joined = `"type" = 'live.viewer.joined'`
    const posted = `"type" = 'live.comment.posted'`
    const columns = [
      `list_position([${ROW_TYPES.map(quoted).join(', ')}], "type")::DOUBLE`,
      this.#at.plain,
      hashOf('view'),
      hashOf('viewer'),
      `CASE WHEN ${like} THEN ${this.#if('count', '"count"::DOUBLE')}
        WHEN ${posted} THEN ${this.#if('replyTo', '("replyTo" IS NOT NULL)::INT::DOUBLE')}
        WHEN ${joined} THEN ${this.#if('entry', ENTRY)} ELSE 0 END`,
      `CASE WHEN ${posted} THEN ${this.#hash('text')} WHEN ${joined} THEN ${this.#hash('network')}
        ELSE ${this.#hash('product')} END`,
      `CASE WHEN ${joined} THEN ${this.#hash('app')} ELSE 0::UBIGINT END`,
      `CASE WHEN ${like} THEN "id" WHEN ${posted} THEN ${this.#text('comment')}
        WHEN ${joined} THEN ${this.#text('device')} END`,
      `CASE WHEN ${joined} THEN ${this.#text('ip')} END`,
      `coalesce(CASE WHEN ${joined} THEN ${this.#createdAt?.checked ?? 'NULL'} END, 'NaN'::DOUBLE)`,
    ]
    const isAny = ROW_TYPES.map((type) => this.#isOf[type]).join(' OR ')
    const sql = `SELECT ${columns.join(', ')} FROM ${this.#from} WHERE ${isAny}`
    return { sql, each: (chunk) => this.#fold(chunk, intake), isLarge: true }
  }

  #if(column: string, sql: string): string {
    return this.#columns.has(column) ? sql : '0'
  }

  #hash(column: string): string {
    return this.#columns.get(column) === 'VARCHAR' ? hashOf(column) : '0::UBIGINT'
  }

  #text(column: string): string {
    return this.#columns.get(column) === 'VARCHAR' ? named(column) : 'NULL::VARCHAR'
  }

  #fold(chunk: DuckDBDataChunk, intake: Intake) {
    const [types, ats, numbers] = [doubles(chunk, 0), doubles(chunk, 1), doubles(chunk, 4)]
    const [views, viewers] = [pairs(chunk, 2), pairs(chunk, 3)]
    const [others, apps] = [pairs(chunk, 5), pairs(chunk, 6)]
    const [names, ips] = [texts(chunk, 7), texts(chunk, 8)]
    const createdAt = doubles(chunk, 9)
    const rows = chunk.rowCount
    for (let i = 0; i < rows; i += 1) {
      const type = ROW_TYPES[types[i]! - 1]!
      const at = ats[i]!
      const isOfView = type === 'live.viewer.joined' || type === 'live.viewer.left'
      const owners = isOfView ? this.#views : this.#accounts
      const index = owners.at(isOfView ? views : viewers, i)
      const room = owners.rooms[index]!
      const owner = owners.rows[index]!
      live(room, type, at)
      switch (type) {
        case 'live.like.sent':
          room.likes.ids.push(names(i)!)
          like(room, at, this.#views.rowOf(views, i), owner, numbers[i]!)
          break
        case 'live.product.clicked':
          click(room, at, this.#views.rowOf(views, i), owner, this.#products.rowOf(others, i))
          break
        case 'live.comment.posted': {
          const row = room.comments.rowOf(names(i)!)
          const text = this.#texts.rowOf(others, i) - 1
          comment(room, at, row, this.#views.rowOf(views, i), owner, text, numbers[i] === 1)
          break
        }
        case 'live.viewer.left':
          room.views.leave(owner - 1, at)
          break
        case 'live.viewer.joined': {
          const ip = ips(i)
          join(room, at, owner - 1, {
            account: this.#accounts.rowOf(viewers, i),
            device: withText(room.views.devices, names(i)),
            ip: withText(room.views.ips, ip),
            subnet: withText(room.views.subnets, ip && subnetOf(ip)),
            network: this.#networks.rowOf(others, i),
            app: this.#apps.rowOf(apps, i),
            entry: numbers[i]!,
            createdAt: createdAt[i]!,
          })
        }
      }
    }
    intake.counted(rows, 0)
  }
}

const ENTRY = `list_position([${ENTRIES.map(quoted).join(', ')}], "entry")::DOUBLE`

const withText = (names: Interner, text: string | undefined) => (text ? names.intern(text) + 1 : 0)

/** Types that are read row by row. */
const ROW_TYPES = HOT_TYPES.filter((type) => type !== 'live.viewer.watched')

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

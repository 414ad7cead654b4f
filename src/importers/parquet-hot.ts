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
import { doubles, named, pairs, quoted, texts, type Duck } from './duck.ts'
import { eachBeats } from './parquet-beats.ts'
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

  async read(intake: Intake, beat: () => void): Promise<void> {
    for (const [broadcast, centre] of this.#survey.centres) intake.centre(broadcast, centre)
    await this.#leaveOutRepeats(intake, beat)
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
    await this.#beats(intake, beat)
    for (const type of HOT_TYPES) {
      if (type === 'live.viewer.watched') continue
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

  async #beats(intake: Intake, beat: () => void) {
    const type = 'live.viewer.watched'
    const query = {
      rows: `FROM ${this.#from} WHERE ${this.#isOf[type]}`,
      view: 'hash("subject", "view")',
      at: this.#at.plain,
      idle: `(${this.#flag('visible')} OR ${this.#flag('playing')})`,
    }
    await eachBeats(
      this.#duck,
      query,
      (views, i, beats, firstAt) => {
        const view = this.#views.at(views, i)
        const room = this.#views.rooms[view]!
        live(room, type, firstAt, beats.lastAt, beats.count)
        room.views.mergeBeats(this.#views.rows[view]! - 1, beats)
        intake.counted(beats.count, 0)
      },
      beat,
    )
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
      const [subjects, ids] = [texts(chunk, 1), texts(chunk, 2)]
      for (let i = 0; i < chunk.rowCount; i += 1) {
        const room = evidence.room(subjects(i))
        into.add(hashes, i, room, rowOf(room, ids(i)))
      }
    })
  }

  /** Whether a column says no. */
  #flag(name: string): string {
    return this.#columns.get(name) === 'BOOLEAN' ? `coalesce(NOT ${named(name)}, false)` : 'false'
  }

  /** The columns of a type's query: the instant, then what `#stepOf` reads by number. */
  #selected(type: RowType): string {
    const own: Record<RowType, readonly string[]> = {
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
    return [this.#at.plain, ...own[type]].join(', ')
  }

  #hashIf(column: string): string {
    return this.#columns.get(column) === 'VARCHAR' ? hashOf(column) : '0::UBIGINT'
  }

  #textIf(column: string): string {
    return this.#columns.get(column) === 'VARCHAR' ? `coalesce(${named(column)}, '')` : `''`
  }

  #fold(type: RowType, chunk: DuckDBDataChunk, intake: Intake) {
    const ats = doubles(chunk, 0)
    const who = pairs(chunk, 1)
    const owners = type.startsWith('live.viewer.') ? this.#views : this.#accounts
    const step = this.#stepOf(type, chunk)
    const rows = chunk.rowCount
    for (let i = 0; i < rows; i += 1) {
      const owner = owners.at(who, i)
      const room = owners.rooms[owner]!
      const at = ats[i]!
      live(room, type, at)
      step(room, at, owners.rows[owner]!, i)
    }
    intake.counted(rows, 0)
  }

  /** What one row does; `owner` is the row + 1 of the view, or of the account where there is one. */
  #stepOf(type: RowType, chunk: DuckDBDataChunk): Step {
    if (type === 'live.viewer.left') return (room, at, owner) => room.views.leave(owner - 1, at)
    if (type === 'live.viewer.joined') return this.#joinOf(chunk)
    const views = pairs(chunk, 2)
    if (type === 'live.comment.posted') {
      const spoken = pairs(chunk, 3)
      const replies = doubles(chunk, 4)
      const ids = texts(chunk, 5)
      return (room, at, owner, i) => {
        const row = room.comments.rowOf(ids(i))
        const view = this.#views.rowOf(views, i)
        const text = this.#texts.rowOf(spoken, i) - 1
        comment(room, at, row, view, owner, text, replies[i] === 1)
      }
    }
    if (type === 'live.product.clicked') {
      const products = pairs(chunk, 3)
      return (room, at, owner, i) =>
        click(room, at, this.#views.rowOf(views, i), owner, this.#products.rowOf(products, i))
    }
    const counts = doubles(chunk, 3)
    const ids = texts(chunk, 4)
    return (room, at, owner, i) => {
      room.likes.ids.push(ids(i))
      like(room, at, this.#views.rowOf(views, i), owner, counts[i]!)
    }
  }

  #joinOf(chunk: DuckDBDataChunk): Step {
    const [viewers, networks, apps] = [pairs(chunk, 2), pairs(chunk, 3), pairs(chunk, 4)]
    const [devices, ips] = [texts(chunk, 5), texts(chunk, 6)]
    const [entries, createdAt] = [doubles(chunk, 7), doubles(chunk, 8)]
    return (room, at, owner, i) => {
      const { views } = room
      const ip = ips(i)
      join(room, at, owner - 1, {
        account: this.#accounts.rowOf(viewers, i),
        device: withText(views.devices, devices(i)),
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

/** Types that are read row by row. */
type RowType = Exclude<HotType, 'live.viewer.watched'>

type Step = (room: Room, at: number, owner: number, i: number) => void

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

/**
 * The rows of a Parquet file that come by the million, as numbers: ids are hashed inside DuckDB and
 * only distinct ones become strings, once, so no row is ever an object. Repeats are found first, by
 * the hashes of all rows, and left out of everything that follows.
 */
import type { Room } from '../detectors/room.ts'
import { maxInto, minInto } from '../detectors/tables/fold.ts'
import type { Intake } from '../engine/intake.ts'
import { click, comment, join, like, live } from '../engine/moves.ts'
import { subnetOf } from '../engine/subnet.ts'
import { Interner } from '../sketches/interner.ts'
import { ENTRIES } from '../vocabulary/index.ts'
import { named, quoted, type Batch, type Duck, type Gathered, type Query } from './duck.ts'
import { BEATS_VALUES, beatsSql, eachBeats } from './parquet-beats.ts'
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

/** Rooms, and by each of them what is counted over a batch. */
class Rooms {
  readonly list: Room[] = []
  readonly #numbers = new Map<Room, number>()
  #count = new Float64Array(0)
  #firstAt = new Float64Array(0)
  #lastAt = new Float64Array(0)

  numberOf(room: Room): number {
    let number = this.#numbers.get(room)
    if (number === undefined) {
      this.#numbers.set(room, (number = this.list.length))
      this.list.push(room)
    }
    return number
  }

  begin(): void {
    this.#count = new Float64Array(this.list.length)
    this.#firstAt = new Float64Array(this.list.length).fill(Number.NaN)
    this.#lastAt = new Float64Array(this.list.length).fill(Number.NaN)
  }

  at(number: number, at: number): Room {
    this.#count[number]! += 1
    minInto(this.#firstAt, number, at)
    maxInto(this.#lastAt, number, at)
    return this.list[number]!
  }

  end(type: HotType): void {
    for (const [i, room] of this.list.entries())
      if (this.#count[i]! > 0) live(room, type, this.#firstAt[i]!, this.#lastAt[i], this.#count[i])
  }
}

/** Distinct ids by their hash: row + 1 of each in the table of its room, and the room's number. */
class Rows {
  readonly #numbers = new Interner({ named: false })
  readonly rows: number[] = []
  readonly rooms: number[] = []

  add(words: Uint32Array, i: number, room: number, row: number): void {
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
  readonly #rooms = new Rooms()
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
  async queries(intake: Intake, beat: () => void): Promise<readonly (Query | Gathered)[]> {
    for (const [broadcast, centre] of this.#survey.centres) intake.centre(broadcast, centre)
    await this.#leaveOutRepeats(intake, beat)
    const { products } = intake.evidence.orders
    return [
      ...this.#names('view', intake, this.#views, (room, id) => room.views.rowOf(id)),
      ...this.#names('viewer', intake, this.#accounts, (room, id) => room.accounts.rowOf(id)),
      ...this.#names('product', intake, this.#products, (_, id) => products.intern(id)),
      ...this.#names('text', intake, this.#texts, (room, id) => room.comments.texts.intern(id)),
      ...this.#names('network', intake, this.#networks, ({ views }, id) =>
        views.networks.intern(id),
      ),
      ...this.#names('app', intake, this.#apps, ({ views }, id) => views.apps.intern(id)),
      this.#beats(intake),
      this.#rows(intake),
    ]
  }

  /** SQL condition of the rows that are left over. */
  get rest(): string {
    return `NOT coalesce(${this.#isAnyOf(HOT_TYPES)}, false)`
  }

  /** One condition for all types that need no other. */
  #isAnyOf(types: readonly HotType[]): string {
    const clean = types.filter((type) => this.#isOf[type] === typeIs(type))
    const mixed = types.filter((type) => !clean.includes(type)).map((type) => this.#isOf[type])
    const isDone = clean.length === 0 ? 'false' : `"type" IN (${clean.map(quoted).join(', ')})`
    return [isDone, ...mixed].join(' OR ')
  }

  async #leaveOutRepeats(intake: Intake, beat: () => void) {
    const again: number[] = []
    intake.expect(this.#survey.rows)
    const isAny = this.#isAnyOf(HOT_TYPES)
    const values = { key: KEY, number: 'file_row_number::DOUBLE' }
    const each = (batch: Batch) => {
      beat()
      const isNew = new Uint8Array(batch.length)
      intake.areNew(batch.words('key'), batch.length, isNew)
      if (!isNew.includes(0)) return
      const numbers = batch.doubles('number')
      for (let i = 0; i < batch.length; i += 1) if (isNew[i] === 0) again.push(numbers[i]!)
    }
    await this.#duck.batches([this.#query(isAny, { values, each })])
    if (again.length === 0) return
    intake.counted(0, again.length)
    await this.#duck.keep('again', 'file_row_number', again)
    this.#from = `(SELECT * FROM ${this.#from} ANTI JOIN again USING (file_row_number))`
  }

  #query(isOf: string, query: Pick<Query, 'values' | 'texts' | 'group' | 'each'>): Query {
    const rows = `FROM ${this.#from} WHERE (${isOf})`
    return { ...query, rows, number: 'file_row_number', count: this.#survey.all, step: STEP }
  }

  #beats(intake: Intake): Gathered {
    const type = 'live.viewer.watched'
    const sql = beatsSql({
      rows: `FROM ${this.#from} WHERE ${this.#isOf[type]}`,
      view: 'hash("subject", "view")',
      at: this.#at.plain,
      // Without such a column there are no rows.
      seconds: this.#columns.has('seconds') ? '"seconds"::DOUBLE' : 'NULL::DOUBLE',
      idle: `(${this.#flag('visible')} OR ${this.#flag('playing')})`,
    })
    const each = (batch: Batch) => {
      const [hashes, firstAt] = [batch.words('view'), batch.doubles('firstAt')]
      eachBeats(batch, (i, beats) => {
        const view = this.#views.at(hashes, i)
        const room = this.#rooms.list[this.#views.rooms[view]!]!
        live(room, type, firstAt[i]!, beats.lastAt, beats.count)
        room.views.mergeBeats(this.#views.rows[view]! - 1, beats)
        intake.counted(beats.count, 0)
      })
    }
    return { sql, values: BEATS_VALUES, each }
  }

  /**
   * Gives every distinct id its row, by name, so that other readers find it there, in the order in
   * which they appear.
   */
  #names(
    column: string,
    { evidence }: Intake,
    into: Rows,
    rowOf: (room: Room, id: string) => number,
  ): readonly Gathered[] {
    if (this.#columns.get(column) !== 'VARCHAR') return []
    const id = named(column)
    const types = HOT_TYPES.filter((type) => USES[type].includes(column))
    const isNamed = this.#isAnyOf(types)
    const sql = `SELECT ${hashOf(column)} AS h, any_value("subject") AS subject, any_value(${id}) AS id
      FROM ${this.#from} WHERE ${id} IS NOT NULL AND (${isNamed})
      GROUP BY h ORDER BY min(file_row_number)`
    const each = (batch: Batch) => {
      const hashes = batch.words('h')
      const [subjects, ids] = [batch.texts('subject'), batch.texts('id')]
      for (let i = 0; i < batch.length; i += 1) {
        const room = evidence.room(subjects(i)!)
        into.add(hashes, i, this.#rooms.numberOf(room), rowOf(room, ids(i)!))
      }
    }
    return [{ sql, values: { h: 'h' }, texts: { subject: 'subject', id: 'id' }, each }]
  }

  /** Whether a column says no. */
  #flag(name: string): string {
    return this.#columns.get(name) === 'BOOLEAN' ? `coalesce(NOT ${named(name)}, false)` : 'false'
  }

  /** All other rows in one pass, apart by type: a column holds what its type puts there. */
  #rows(intake: Intake): Query {
    const values = {
      at: this.#at.plain,
      view: hashOf('view'),
      viewer: hashOf('viewer'),
      other: byType(
        {
          'live.comment.posted': this.#hash('text'),
          'live.product.clicked': this.#hash('product'),
          'live.viewer.joined': this.#hash('network'),
        },
        '0::UBIGINT',
      ),
      app: byType({ 'live.viewer.joined': this.#hash('app') }, '0::UBIGINT'),
      number: byType(
        {
          'live.like.sent': this.#if('count', '"count"::DOUBLE'),
          'live.comment.posted': this.#if('replyTo', '("replyTo" IS NOT NULL)::INT::DOUBLE'),
          'live.viewer.joined': this.#if('entry', ENTRY),
        },
        '0',
      ),
      createdAt: this.#createdAt
        ? `coalesce(${byType({ 'live.viewer.joined': this.#createdAt.checked }, 'NULL')}, 'NaN'::DOUBLE)`
        : `'NaN'::DOUBLE`,
    }
    const texts = {
      name: byType(
        {
          'live.like.sent': '"id"',
          'live.comment.posted': this.#text('comment'),
          'live.viewer.joined': this.#text('device'),
        },
        'NULL',
      ),
      ip: byType({ 'live.viewer.joined': this.#text('ip') }, 'NULL'),
    }
    const each = (batch: Batch) => {
      const type = batch.group as RowType
      const isOfView = type === 'live.viewer.joined' || type === 'live.viewer.left'
      const owners = isOfView ? this.#views : this.#accounts
      const at = batch.doubles('at')
      const hashes = batch.words(isOfView ? 'view' : 'viewer')
      const take = this.#taking[type](batch, at)
      this.#rooms.begin()
      for (let i = 0; i < batch.length; i += 1) {
        const index = owners.at(hashes, i)
        take(i, this.#rooms.at(owners.rooms[index]!, at[i]!), owners.rows[index]!)
      }
      this.#rooms.end(type)
      intake.counted(batch.length, 0)
    }
    const isAny = this.#isAnyOf(ROW_TYPES)
    return this.#query(isAny, { values, texts, group: '"type"', each })
  }

  /** What to do with each row of a batch of a type, its room and the row + 1 of its owner. */
  readonly #taking: Record<RowType, Taking> = {
    'live.like.sent': (batch, at) => {
      const [views, counts, ids] = [
        batch.words('view'),
        batch.doubles('number'),
        batch.texts('name'),
      ]
      return (i, room, account) => {
        room.likes.ids.push(ids(i)!)
        like(room, at[i]!, this.#views.rowOf(views, i), account, counts[i]!)
      }
    },
    'live.product.clicked': (batch, at) => {
      const [views, products] = [batch.words('view'), batch.words('other')]
      return (i, room, account) =>
        click(room, at[i]!, this.#views.rowOf(views, i), account, this.#products.rowOf(products, i))
    },
    'live.comment.posted': (batch, at) => {
      const [views, lines, ids] = [batch.words('view'), batch.words('other'), batch.texts('name')]
      const replies = batch.doubles('number')
      return (i, room, account) => {
        const row = room.comments.rowOf(ids(i)!)
        const view = this.#views.rowOf(views, i)
        comment(room, at[i]!, row, view, account, this.#texts.rowOf(lines, i) - 1, replies[i] === 1)
      }
    },
    'live.viewer.left': (_, at) => (i, room, view) => room.views.leave(view - 1, at[i]!),
    'live.viewer.joined': (batch, at) => {
      const [viewers, networks, apps] = [
        batch.words('viewer'),
        batch.words('other'),
        batch.words('app'),
      ]
      const [entries, createdAt] = [batch.doubles('number'), batch.doubles('createdAt')]
      const [devices, ips] = [batch.texts('name'), batch.texts('ip')]
      return (i, room, view) => {
        const ip = ips(i)
        join(room, at[i]!, view - 1, {
          account: this.#accounts.rowOf(viewers, i),
          device: withText(room.views.devices, devices(i)),
          ip: withText(room.views.ips, ip),
          subnet: withText(room.views.subnets, ip && subnetOf(ip)),
          network: this.#networks.rowOf(networks, i),
          app: this.#apps.rowOf(apps, i),
          entry: entries[i]!,
          createdAt: createdAt[i]!,
        })
      }
    },
  }

  #if(column: string, sql: string): string {
    return this.#columns.has(column) ? sql : '0::DOUBLE'
  }

  #hash(column: string): string {
    return this.#columns.get(column) === 'VARCHAR' ? hashOf(column) : '0::UBIGINT'
  }

  #text(column: string): string {
    return this.#columns.get(column) === 'VARCHAR' ? named(column) : 'NULL::VARCHAR'
  }
}

/** Rows of the file that make a batch: a batch holds some hundred bytes of each. */
const STEP = 4 * 122_880

const ENTRY = `list_position([${ENTRIES.map(quoted).join(', ')}], "entry")::DOUBLE`

const withText = (names: Interner, text: string | undefined) => (text ? names.intern(text) + 1 : 0)

/** SQL of what a row of each type puts into a column. */
const byType = (sql: Partial<Record<RowType, string>>, otherwise: string) =>
  `CASE ${Object.entries(sql)
    .map(([type, value]) => `WHEN ${typeIs(type)} THEN ${value}`)
    .join(' ')} ELSE ${otherwise} END`

/** Types that are read row by row. */
const ROW_TYPES = HOT_TYPES.filter((type) => type !== 'live.viewer.watched')
type RowType = (typeof ROW_TYPES)[number]

type Taking = (batch: Batch, at: Float64Array) => (i: number, room: Room, owner: number) => void

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

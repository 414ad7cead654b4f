/**
 * A growing table of typed columns: one row a view, an account or a like. Rows cost the bytes of
 * their columns and nothing else, so a broadcast of three million views fits where objects do not.
 */
import { loadFields, saveFields } from './kept.ts'

const KINDS = {
  f64: Float64Array,
  f32: Float32Array,
  u32: Uint32Array,
  u16: Uint16Array,
  u8: Uint8Array,
} as const
export type ColumnKind = keyof typeof KINDS
type ColumnOf<K extends ColumnKind> = InstanceType<(typeof KINDS)[K]>

export type Columns<S extends Record<string, ColumnKind>> = { [N in keyof S]: ColumnOf<S[N]> }

export class Table<S extends Record<string, ColumnKind>> {
  /** Current columns, longer than `length`. Adding a row may replace them: do not keep one. */
  columns: Columns<S>
  length = 0
  #capacity = 16
  readonly #schema: S
  /** The floating columns, which start as NaN, "not known". */
  #unknown: readonly (Float64Array | Float32Array)[] = []

  constructor(schema: S) {
    this.#schema = schema
    this.columns = Object.fromEntries(
      Object.entries(schema).map(([name, kind]) => [name, new KINDS[kind](16)]),
    ) as Columns<S>
    this.#unknown = floating(this.columns)
  }

  /** Adds a row of zeros (NaN in floating columns) and returns its index. */
  add(): number {
    if (this.length === this.#capacity) this.#grow()
    const row = this.length
    this.length += 1
    const unknown = this.#unknown
    for (let i = 0; i < unknown.length; i += 1) unknown[i]![row] = Number.NaN
    return row
  }

  /** The rows, and whatever else a kind of table keeps beside them. */
  save() {
    const rows = Object.entries(this.columns).map(([name, column]) => [
      name,
      (column as Uint8Array).slice(0, this.length),
    ])
    return {
      length: this.length,
      columns: Object.fromEntries(rows) as Columns<S>,
      beside: saveFields(this, ['columns', 'length']),
    }
  }

  load({ length, columns, beside }: ReturnType<Table<S>['save']>): void {
    this.length = length
    this.#capacity = Math.max(16, length)
    this.columns = columns
    if (length < this.#capacity) this.#widen()
    this.#unknown = floating(this.columns)
    loadFields(this, beside)
  }

  #grow() {
    this.#capacity = this.#capacity < 1 << 20 ? this.#capacity * 2 : (this.#capacity * 3) >>> 1
    this.#widen()
  }

  #widen() {
    const next: Record<string, unknown> = {}
    for (const [name, kind] of Object.entries(this.#schema)) {
      const wider = new KINDS[kind](this.#capacity)
      wider.set(this.columns[name] as never)
      next[name] = wider
    }
    this.columns = next as Columns<S>
    this.#unknown = floating(this.columns)
  }
}

const floating = (columns: Readonly<Record<string, unknown>>) =>
  Object.values(columns).filter(
    (column) => column instanceof Float64Array || column instanceof Float32Array,
  )

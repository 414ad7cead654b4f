/** What the engine asks of the outside: somebody who reads files into an intake. */
import type { Intake } from './intake.ts'

export type Progress = {
  readonly path: string
  /** Bytes as they lie on disk; `totalBytes` is 0 where unknown (standard input). */
  readonly bytes: number
  readonly totalBytes: number
}

export type ReadOptions = {
  readonly onProgress?: ((progress: Progress) => void) | undefined
  /** An AbortSignal will do; reading stops at the next block and throws its reason. */
  readonly signal?: { readonly aborted: boolean; readonly reason?: unknown } | undefined
  /** Events later than this, ms, are left out: as things stood then. */
  readonly until?: number | undefined
  /** Text of a mapping file (docs/reading.md), for CSV, NDJSON and Parquet of other makers. */
  readonly mapping?: string | undefined
  /** Set where every input is Parquet: repeats may then be known by DuckDB's own hash. */
  readonly mayHash?: boolean | undefined
  /** Name of a format, where it is not to be recognised from the content. */
  readonly format?: string | undefined
}

/** One format. `S` is what the outside hands over: a file, a pipe. */
export type Reader<S> = {
  readonly name: string
  /** From the first bytes, after decompression; `path` is a hint only. */
  readonly recognises: (head: Uint8Array, path: string) => boolean
  /** Offers every value found; refuses what is none, alone. */
  readonly read: (source: S, intake: Intake, options: ReadOptions) => Promise<void>
}

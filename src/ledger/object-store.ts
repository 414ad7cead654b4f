/**
 * What a log needs of the place it lives in. Files on disk, S3-compatible object storage and memory
 * implement it; one suite of tests runs against all three.
 */

/** Small immutable objects under slash-separated paths (`tile/0/x001/234.p/17`). */
export type ObjectStore = {
  /** The bytes, or null where nothing was ever written. @throws StoreError when it cannot tell */
  readonly read: (path: string) => Promise<Uint8Array | null>
  /**
   * Writes all of them, each whole or not at all, and returns when they would survive a power cut
   * (files: fsync of every file and of every folder that changed). The order among them is free.
   * @throws StoreError when any could not be made durable (disk full, read-only folder)
   */
  readonly write: (objects: ReadonlyMap<string, Uint8Array>) => Promise<void>
  /** Removes them; one that is not there is no error. */
  readonly remove: (paths: readonly string[]) => Promise<void>
  /** Every path that begins with `prefix`, in no particular order. */
  readonly list: (prefix: string) => AsyncIterable<string>
}

/**
 * The last signed head, kept in a second place: whoever wants to sign the next one must first swap
 * it in here. Two writers, or a restored back-up, lose the race and are refused instead of forking
 * the log (tlog-tiles, Sunlight's lock backend).
 */
export type HeadStore = {
  readonly read: () => Promise<Uint8Array | null>
  /** False, and nothing changed, when what is kept is not `expected` (null: nothing yet). */
  readonly swap: (expected: Uint8Array | null, next: Uint8Array) => Promise<boolean>
}

/** Raised by every store: `full`, `read-only`, `unreachable`, `locked` (another writer is alive). */
export class StoreError extends Error {
  readonly code: 'full' | 'read-only' | 'unreachable' | 'locked'
  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The one shape of an event type's entry in the vocabulary. */
import type { z } from 'zod'
import type { Sentence } from '../language/sentence.ts'

type Entry<S extends z.ZodType> = {
  readonly says: Sentence
  /** `material` is a ledger leaf of its own; `telemetry` is committed in chunks. */
  readonly ledger: 'material' | 'telemetry'
  /** Fields of `data` that are personal: the ledger holds only salted digests of them. */
  readonly personal: readonly string[]
  readonly data: S
  /** A small `data` that the schema accepts. */
  readonly example: DeepReadonly<z.output<S>>
}

export type Definition<S extends z.ZodType = z.ZodType> = Entry<S> & {
  /** Whether the broadcast's id must be given as `subject`. */
  readonly subject: 'required' | 'optional'
}

/** An event that happens in a broadcast and says nothing without it. */
export const inBroadcast = <S extends z.ZodType>(entry: Entry<S>) => ({
  ...entry,
  subject: 'required' as const,
})

/** An event that may stand outside any broadcast. */
export const anywhere = <S extends z.ZodType>(entry: Entry<S>) => ({
  ...entry,
  subject: 'optional' as const,
})

export type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T

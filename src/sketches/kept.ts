/**
 * State that can be put away and taken out again: a snapshot is plain data (numbers, strings, typed
 * arrays, maps, lists) that structured cloning understands, so any store can hold it.
 *
 * `load` on a fresh object is the inverse of `save`: what is folded in afterwards gives the same
 * state, row for row, as if nothing had been put away.
 */
export type Kept = {
  /** A copy: later changes of the object do not show in it. */
  readonly save: () => unknown
  /** Replaces the state; `saved` must come from `save` of the same class. */
  readonly load: (saved: never) => void
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'save' in value && 'load' in value

/** The own public fields of an object, except those named. */
export const saveFields = (object: object, except: readonly string[] = []) =>
  Object.fromEntries(
    Object.entries(object)
      .filter(([name]) => !except.includes(name))
      .map(([name, value]: [string, unknown]) => [
        name,
        isKept(value) ? value.save() : copyOf(value),
      ]),
  )

/** The inverse of `saveFields`, into an object of the same class. */
export const loadFields = (object: object, saved: Readonly<Record<string, unknown>>): void => {
  const fields = object as Record<string, unknown>
  for (const [name, value] of Object.entries(saved)) {
    const own = fields[name]
    if (isKept(own)) own.load(value as never)
    else fields[name] = value
  }
}

/** Lists, maps and the lists in maps are copied: what these hold is never changed in place. */
const copyOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice()
  if (value instanceof Map) return new Map([...value].map(([key, held]) => [key, copyOf(held)]))
  return value
}

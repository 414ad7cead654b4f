/**
 * Rows of a table into values that an intake can be offered: by a mapping file, or by the columns'
 * own names where they are the vocabulary's.
 */
import type { Intake } from '../engine/intake.ts'
import type { ReadOptions } from '../engine/ports.ts'
import { say } from '../language/say.ts'
import { isEventType, type EventType } from '../vocabulary/index.ts'
import { parseFigure } from './figures.ts'
import { toTime } from './foreign-time.ts'
import {
  columnsOf,
  fieldsOf,
  kindOf,
  parseMapping,
  type EventMapping,
  type Field,
  type Mapping,
} from './mapping.ts'
import { Unmapped, Unreadable } from './unreadable.ts'

export type Row = Readonly<Record<string, unknown>>

/** Events of a row; `number` is its place in the file, from 1. An empty list: no rule applies. */
export type RowReader = (row: Row, number: number) => readonly unknown[]

/** Columns without which a table is not in the vocabulary's own names. */
export const ENVELOPE = ['id', 'source', 'type', 'time'] as const

/** @throws Unreadable when the table has not the columns that are needed; Unmapped without a mapping */
export const rowReaderOf = (
  columns: readonly string[],
  path: string,
  { mapping }: ReadOptions,
): RowReader => {
  const rules = mapping === undefined ? undefined : parseMapping(mapping)
  const needed = rules === undefined ? ENVELOPE : columnsOf(rules)
  const column = needed.find((name) => !columns.includes(name))
  if (column !== undefined) {
    if (rules === undefined)
      throw new Unmapped(
        say('reading.needs-mapping', { path, column }),
        columns.map((name) => ({ name, values: [], isAll: false })),
      )
    throw new Unreadable(say('reading.no-column', { path, column }))
  }
  return rules === undefined ? byName(columns, undefined) : byMapping(rules)
}

/** Offers what a row became; a row that no rule of the mapping knows is counted. */
export const offerRow = (intake: Intake, events: readonly unknown[], row: number): void => {
  if (events.length === 0) intake.refuse({ code: 'not-in-mapping' }, row)
  for (const event of events) intake.offer(event, row)
}

export const byMapping = (mapping: Mapping): RowReader => {
  const rules = mapping.events.map((event, index) => ruleOf(mapping, event, index))
  return (row, number) => {
    const events: unknown[] = []
    for (const rule of rules) {
      const event = rule(row, number)
      if (event !== undefined) events.push(event)
    }
    return events
  }
}

const ruleOf = (mapping: Mapping, event: EventMapping, index: number) => {
  const { type, when, id, subject, time } = event
  const fields = Object.entries(event.data).map(([path, field]) => ({
    steps: path.split('.'),
    read: readerOf(field, kindOf(type, path), mapping.zone),
  }))
  const readId = id === undefined ? undefined : readerOf(id, 'text', undefined)
  const readSubject = subject === undefined ? undefined : readerOf(subject, 'text', undefined)
  const readTime = readerOf(time, 'time', mapping.zone)
  const allowed = when === undefined ? undefined : new Set(when.is.map(String))
  return (row: Row, number: number): unknown => {
    if (allowed !== undefined && !allowed.has(textOf(row[when!.column]) ?? '')) return undefined
    const data = {}
    for (const { steps, read } of fields) place(data, steps, read(row))
    // Two rules may make two events of one row: their ids must differ.
    const ownId = readId === undefined ? String(number) : readId(row)
    const broadcast = readSubject?.(row)
    return {
      specversion: '1.0',
      id: index === 0 ? ownId : `${String(ownId)}#${index}`,
      source: mapping.source,
      type,
      ...(broadcast === undefined ? {} : { subject: broadcast }),
      time: readTime(row),
      data,
    }
  }
}

/** Rows whose columns are `id`, `source`, `type`, `subject`, `time`, and the fields of `data` flat. */
export const byName = (columns: readonly string[], zone: string | undefined): RowReader => {
  const readers = new Map<string, readonly { name: string; read: (row: Row) => unknown }[]>()
  const readersOf = (type: EventType) => {
    let list = readers.get(type)
    if (list === undefined) {
      const known = fieldsOf(type).filter((name) => columns.includes(name))
      list = known.map((name) => ({ name, read: readerOf(name, kindOf(type, name), zone) }))
      readers.set(type, list)
    }
    return list
  }
  return (row) => {
    const type = textOf(row['type'])
    const nested = parsedData(row['data'])
    const data: Record<string, unknown> = {}
    if (type !== undefined && isEventType(type)) {
      for (const { name, read } of readersOf(type)) {
        const value = read(row)
        if (value !== undefined) data[name] = value
      }
    }
    const subject = textOf(row['subject'])
    return [
      {
        specversion: '1.0',
        id: textOf(row['id']),
        source: textOf(row['source']),
        type,
        ...(subject === undefined ? {} : { subject }),
        time: toTime(row['time'], zone) ?? row['time'],
        data: { ...data, ...nested },
      },
    ]
  }
}

const parsedData = (value: unknown): object => {
  if (typeof value === 'object' && value !== null) return value
  if (typeof value !== 'string' || value === '') return {}
  try {
    const parsed: unknown = JSON.parse(value)
    return typeof parsed === 'object' && parsed !== null ? parsed : {}
  } catch {
    return {}
  }
}

const readerOf = (field: Field, kind: string, zone: string | undefined) => {
  if (typeof field === 'object' && 'value' in field) return () => field.value
  const column = typeof field === 'string' ? field : field.column
  const { times, values, otherwise } = typeof field === 'string' ? ({} as Named) : field
  return (row: Row): unknown => {
    const text = textOf(row[column])
    if (text === undefined) return otherwise
    if (values !== undefined) return Object.hasOwn(values, text) ? values[text] : otherwise
    return coerced(row[column], text, kind, zone, times)
  }
}

type Named = Exclude<Field, string | { value: unknown }>

/** What cannot be read stays as it is: the vocabulary then refuses it and shows it. */
const coerced = (
  value: unknown,
  text: string,
  kind: string,
  zone: string | undefined,
  times: number | undefined,
): unknown => {
  if (kind === 'time') return toTime(value, zone) ?? value
  if (kind === 'bool') return BOOLS.get(text.toLowerCase()) ?? value
  if (kind !== 'number') return text
  const number = typeof value === 'number' ? value : parseFigure(text)
  if (Number.isNaN(number)) return value
  // Rounded: 19.99 × 100 is 1998.9999999999998 in binary.
  return times === undefined ? number : Math.round(number * times)
}

const BOOLS = new Map<string, boolean>([
  ...['true', '1', 'yes', 'y', '是'].map((word) => [word, true] as const),
  ...['false', '0', 'no', 'n', '否'].map((word) => [word, false] as const),
])

/** A cell as text; undefined for an empty one. */
const textOf = (value: unknown): string | undefined => {
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Sets `lines.0.product` and the like; steps come from the mapping file, so none may reach a prototype. */
const place = (data: object, steps: readonly string[], value: unknown) => {
  if (value === undefined) return
  let at = data as Record<string, unknown>
  for (const [i, step] of steps.entries()) {
    const isLast = i === steps.length - 1
    const held = Object.hasOwn(at, step) ? at[step] : undefined
    const next = isLast ? value : (held ?? (/^\d+$/.test(steps[i + 1]!) ? [] : {}))
    Object.defineProperty(at, step, {
      value: next,
      writable: true,
      enumerable: true,
      configurable: true,
    })
    at = next as Record<string, unknown>
  }
}

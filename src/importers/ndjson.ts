/**
 * CloudEvents 1.0 in JSON, one event a line; also a line that holds a batch, an array of events.
 * With a mapping file: any JSON objects, one a line.
 */
import type { Reader } from '../engine/ports.ts'
import { readLines } from './json-lines.ts'
import { parseMapping } from './mapping.ts'
import { byMapping, offerRow, type Row } from './rows.ts'
import { beat, type Source } from './source.ts'

export const ndjson: Reader<Source> = {
  name: 'ndjson',
  recognises: (head) => firstSign(head) === 0x7b,
  read: async (source, intake, options) => {
    const rows =
      options.mapping === undefined ? undefined : byMapping(parseMapping(options.mapping))
    await readLines(source.chunks(), {
      value: (value, line) => {
        if (rows !== undefined) offerRow(intake, isRow(value) ? rows(value, line) : [], line)
        else if (!Array.isArray(value)) intake.offer(value, line)
        else for (const event of value as unknown[]) intake.offer(event, line)
      },
      refuse: (refusal, line) => intake.refuse(refusal, line),
      beat: () => beat(source, options),
    })
  },
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null

/** The first byte that is neither white space nor byte order mark. */
export const firstSign = (head: Uint8Array): number | undefined =>
  head.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf)

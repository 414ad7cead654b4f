/** A file that is one JSON array of events (`application/cloudevents-batch+json`). */
import type { Reader } from '../engine/ports.ts'
import { say } from '../language/say.ts'
import { readLines } from './json-lines.ts'
import { firstSign } from './ndjson.ts'
import { beat, type Source } from './source.ts'
import { Unreadable } from './unreadable.ts'

/** An array is parsed whole: what is larger belongs into NDJSON. */
const MAX_BATCH = 256 << 20

export const jsonBatch: Reader<Source> = {
  name: 'json-batch',
  recognises: (head) => firstSign(head) === 0x5b,
  read: async (source, intake, options) => {
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of source.chunks()) {
      parts.push(part)
      length += part.length
      beat(source, options)
      if (length > MAX_BATCH) throw new Unreadable(say('reading.too-large', { path: source.path }))
    }
    const all = Buffer.concat(parts)
    const events = parsed(all.toString())
    if (Array.isArray(events)) {
      for (const [index, event] of events.entries()) intake.offer(event, index + 1)
      return
    }
    // Not one array: perhaps an array a line.
    await readLines(once(all), {
      value: (value, line) => {
        for (const event of Array.isArray(value) ? (value as unknown[]) : [value])
          intake.offer(event, line)
      },
      refuse: (refusal, line) => intake.refuse(refusal, line),
      beat: () => beat(source, options),
    })
  },
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) as unknown
  } catch {
    return undefined
  }
}

async function* once(bytes: Uint8Array) {
  yield bytes
}

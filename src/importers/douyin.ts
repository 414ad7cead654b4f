/**
 * A capture of one room as the Douyin web client sees it: `{ type, payload, timestamp }` a line,
 * seconds from the epoch. Ids may be masked, 111111 for everybody: such a viewer is a guest, for
 * one account that did everything would be the loudest fan of all.
 */
import type { Intake } from '../engine/intake.ts'
import type { Reader } from '../engine/ports.ts'
import { isEventType, type AssayEvent, type EventType } from '../vocabulary/index.ts'
import { display } from '../vocabulary/refusal.ts'
import { parseFigure } from './figures.ts'
import { readLines } from './json-lines.ts'
import { beat, type Source } from './source.ts'

/** A diamond, the coin that gifts are priced in, costs a tenth of a yuan. */
const FEN_A_DIAMOND = 10

type Payload = Readonly<Record<string, unknown>>
type Message = { readonly type: string; readonly payload: Payload; readonly at: number }
type Said = { readonly type: EventType; readonly data: Readonly<Record<string, unknown>> }

export const douyin: Reader<Source> = {
  name: 'douyin-capture',
  recognises: (head) => {
    const line = new TextDecoder().decode(head).split('\n', 1)[0]!
    try {
      return messageOf(JSON.parse(line)) !== undefined
    } catch {
      return false
    }
  },
  read: async (source, intake, options) => {
    const broadcast = nameOf(source.path)
    await readLines(source.chunks(), {
      value: (value, line) => {
        const message = messageOf(value)
        if (message === undefined) {
          const expected = '{ type, payload, timestamp }'
          intake.refuse({ code: 'not-a-message', expected, got: display(value) }, line)
        } else takeMessage(intake, message, broadcast, line)
      },
      refuse: (refusal, line) => intake.refuse(refusal, line),
      beat: () => beat(source, options),
    })
  },
}

const takeMessage = (intake: Intake, message: Message, broadcast: string, line: number) => {
  const said = eventsOf(message, `${broadcast}:${line}`)
  if (said.length === 0) intake.ignore(line)
  for (const [index, { type, data }] of said.entries()) {
    const event = {
      specversion: '1.0',
      id: index === 0 ? String(line) : `${line}#${index}`,
      source: `/importers/douyin-capture/${encodeURIComponent(broadcast)}`,
      type,
      subject: broadcast,
      time: new Date(message.at).toISOString(),
      data,
    }
    // A masked sender is left out, which the vocabulary allows to nobody else.
    intake.take(event as AssayEvent, message.at, line)
  }
}

/** What a message says; nothing where it is of another kind, or says no figure. */
const eventsOf = ({ type, payload }: Message, name: string): readonly Said[] => {
  const viewer = viewerOf(payload)
  switch (type) {
    case 'member':
      return [{ type: 'live.viewer.joined', data: { view: name, ...viewer, entry: 'unknown' } }]
    case 'chat': {
      const text = typeof payload['content'] === 'string' ? payload['content'] : ''
      return [{ type: 'live.comment.posted', data: { comment: name, ...viewer, text } }]
    }
    case 'like': {
      const count = figureOf(payload['count']) ?? 1
      return [
        { type: 'live.like.sent', data: { ...viewer, count } },
        ...displayOf({ likes: figureOf(payload['total']) }),
      ]
    }
    case 'gift': {
      const value = (figureOf(payload['gift_value']) ?? 0) * FEN_A_DIAMOND
      const gift = textOf(payload['gift_name']) || 'unknown'
      return [{ type: 'live.gift.sent', data: { ...viewer, gift, value } }]
    }
    case 'follow':
    case 'social':
      return payload['action'] === 'follow' ? [{ type: 'live.follow.added', data: viewer }] : []
    case 'room_user_stats':
      return displayOf({
        concurrent: figureOf(payload['current']),
        viewers: figureOf(payload['total']),
      })
    case 'room_stats':
      return displayOf({
        concurrent: figureOf(payload['display_short']),
        viewers: figureOf(payload['total_user']),
        likes: figureOf(payload['like_count']),
      })
    default:
      return []
  }
}

const displayOf = (figures: Readonly<Record<string, number | undefined>>): readonly Said[] => {
  const data = Object.fromEntries(Object.entries(figures).filter(([, n]) => n !== undefined))
  return Object.keys(data).length === 0 ? [] : [{ type: 'live.display.updated', data }]
}

const viewerOf = (payload: Payload): { readonly viewer?: string } => {
  const viewer = textOf(payload['user_id_str']) || textOf(payload['user_id'])
  return isMasked(viewer) || viewer.length > 128 ? {} : { viewer }
}

/** Nobody's id: empty, starred out, or one digit over and over. */
const isMasked = (id: string) => /^(0*|.*\*.*|(\d)\2*)$/.test(id)

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** A whole number from 0, or undefined. */
const figureOf = (value: unknown): number | undefined => {
  const number = typeof value === 'number' ? value : parseFigure(textOf(value))
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

const messageOf = (value: unknown): Message | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const { type, payload, timestamp } = value as Record<string, unknown>
  if (typeof type !== 'string' || isEventType(type) || typeof timestamp !== 'number')
    return undefined
  if (typeof payload !== 'object' || payload === null) return undefined
  const at = Math.round(timestamp * 1000)
  return Math.abs(at) <= 8.64e15 ? { type, payload: payload as Payload, at } : undefined
}

/** `captures/quiet-room.jsonl.gz` is the broadcast `quiet-room`. */
const nameOf = (path: string) =>
  (path.split(/[\\/]/).at(-1) ?? path).replace(/(?<=.)\..*$/, '').slice(0, 100) || 'capture'

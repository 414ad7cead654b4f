/**
 * The rooms' thread: the one writer of every room. It folds what it is sent as fast as it comes and
 * judges one room at a time in between, the most urgent first, a third of the time unless one presses.
 * Rooms where nothing happens leave memory after a snapshot and come back with their next event.
 */
import { deserialize } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { BEAT, Beat } from '../../engine/live/beat.ts'
import type { ErasedPersons } from '../../engine/fold.ts'
import { LiveRooms } from '../../engine/live/rooms.ts'
import type { WordDesk } from '../../engine/words.ts'
import { parsePolicy } from '../../law/policy.ts'
import { parseTime, type AssayEvent } from '../../vocabulary/index.ts'
import { parseClaims } from '../../wording/claims/table.ts'
import { parseLexicon } from '../../wording/lexicon.ts'
import { createReader } from '../../wording/read.ts'
import { createStance, parseStance } from '../../wording/stance.ts'
import { Shelf } from '../shelf.ts'
import type { FromRooms, RoomsStart, ToRooms } from './protocol.ts'

/** All rooms are weighed together (crowds, orders) at most this often, and not above a tenth of the time. */
const TOGETHER_MS = 2_000
const TOGETHER_SHARE = 0.1

/** Of the time, for rooms that change as rooms do: the rest is for folding, and for the door's thread. */
const JUDGING_SHARE = 1 / 3

/** The shelf's keys: what all rooms share, and the rooms. */
const SHARED = 'shared'
const roomKey = (broadcast: string) => `room:${broadcast}`

const port = parentPort!
const start = workerData as RoomsStart
const policy = parsePolicy(...start.pack)

/** Compiled at the first judgement: nobody waits for the lists while rooms are brought back. */
const words = (): WordDesk | undefined => {
  if (start.words === null) return undefined
  const lexicon = parseLexicon(start.words.lists)
  return {
    lexicon,
    reader: createReader(lexicon, policy),
    claims: parseClaims(start.words.claims),
    stance: createStance(parseStance(start.words.stance)),
  }
}

const rooms = new LiveRooms({ version: start.version, policy, words })
const beat = new Beat({ ...BEAT, idleMs: start.idleMs })
const shelf = await Shelf.open<unknown>(start.folder)
/** Broadcasts with events since the last snapshot. */
const changed = new Set<string>()
let sharedChanged = false
let position = shelf.position
let together = { at: -Infinity, tookMs: 0 }
let isTicking = false
/** While it runs only rooms that press are judged. */
let rest: NodeJS.Timeout | null = null
let poisoned = 0

const say = (message: FromRooms) => port.postMessage(message)
const now = () => performance.now()

const shared = shelf.take(SHARED)
if (shared !== undefined) rooms.loadShared(shared as never)

/** A room that left memory is read back before its next event is folded. */
const wake = (broadcast: string) => {
  if (rooms.has(broadcast)) return
  const saved = shelf.take(roomKey(broadcast))
  if (saved !== undefined) rooms.loadRoom(broadcast, saved as never)
}

const take = (bytes: Uint8Array) => {
  const at = now()
  for (const event of deserialize(bytes) as readonly AssayEvent[]) {
    const { subject } = event
    if (subject === undefined) sharedChanged = true
    else {
      wake(subject)
      changed.add(subject)
      beat.note(subject, event.type, at)
    }
    rooms.take(event, parseTime(event.time), event.id)
  }
}

/** Judges one room, and lets messages in before the next. */
const tick = () => {
  isTicking = false
  const at = now()
  const broadcast = beat.next(at, rest !== null)
  if (broadcast === null) return
  wake(broadcast)
  judge(broadcast, at)
  takeRest((now() - at) * (1 / JUDGING_SHARE - 1))
  hurry()
}

const takeRest = (ms: number) => {
  if (rest !== null) clearTimeout(rest)
  rest = setTimeout(() => {
    rest = null
    hurry()
  }, ms).unref()
}

const judge = (broadcast: string, at: number) => {
  if (at - together.at > Math.max(TOGETHER_MS, together.tookMs / TOGETHER_SHARE)) weighTogether()
  const audit = rooms.judge(broadcast)
  const waitedMs = beat.judged(broadcast, now())
  if (audit !== null)
    say({
      type: 'judged',
      broadcast,
      json: JSON.stringify(audit),
      position,
      waitedMs,
      rooms: rooms.size,
    })
  for (const poison of rooms.poisoned.slice(poisoned)) say({ type: 'poisoned', ...poison })
  poisoned = rooms.poisoned.length
}

const weighTogether = () => {
  const at = now()
  rooms.weighTogether()
  together = { at: now(), tookMs: now() - at }
}

const hurry = () => {
  if (isTicking) return
  isTicking = true
  setImmediate(tick)
}

const putAway = async (leaving: Parameters<typeof shelf.put>[2] = {}) => {
  const until = position
  const idle = [...rooms.broadcasts].filter((broadcast) => beat.isIdle(broadcast, now()))
  const saved: [string, unknown][] = [[SHARED, rooms.saveShared()]]
  for (const broadcast of changed)
    if (rooms.has(broadcast)) saved.push([roomKey(broadcast), rooms.saveRoom(broadcast)])
  if (changed.size > 0 || sharedChanged || leaving.anew === true) {
    changed.clear()
    sharedChanged = false
    await shelf.put(until, saved, leaving)
  }
  // An event may have come while the snapshot was written.
  const left = idle.filter((broadcast) => !changed.has(broadcast))
  for (const broadcast of left) {
    rooms.forget(broadcast)
    beat.forget(broadcast)
  }
  if (left.length > 0) say({ type: 'left', broadcasts: left })
  return until
}

/** Rooms that are read back at a time to take persons out: bounds the memory. */
const TOGETHER = 32

/** Rooms on the shelf are read back, changed and put away again; those in memory stay there. */
const erase = async (broadcasts: readonly string[], persons: ErasedPersons) => {
  rooms.eraseShared(persons)
  sharedChanged = true
  const asleep = broadcasts.filter((id) => !rooms.has(id) && shelf.has(roomKey(id)))
  for (const id of broadcasts)
    if (rooms.has(id)) {
      rooms.eraseRoom(id, persons.ids)
      changed.add(id)
    }
  for (let i = 0; i < asleep.length; i += TOGETHER) {
    for (const id of asleep.slice(i, i + TOGETHER)) {
      wake(id)
      rooms.eraseRoom(id, persons.ids)
      changed.add(id)
    }
    await putAway()
  }
  await putAway({ anew: true })
}

const drop = async (broadcasts: readonly string[]) => {
  for (const id of broadcasts) {
    rooms.forget(id)
    beat.forget(id)
    changed.delete(id)
  }
  sharedChanged = true
  await putAway({ anew: true, gone: broadcasts.map(roomKey) })
}

/** Messages are handled in order: a snapshot that is being written is waited for. */
let busy: Promise<unknown> = Promise.resolve()

const handle = (message: ToRooms) => {
  switch (message.type) {
    case 'take':
      take(message.bytes)
      position = message.position
      say({ type: 'took', position, bytes: message.bytes.length })
      hurry()
      return
    case 'snapshot':
      busy = busy
        .then(() => putAway())
        .then((until) => say({ type: 'saved', position: until, rooms: rooms.size }))
      return
    case 'audit': {
      wake(message.broadcast)
      weighTogether()
      const audit = rooms.judge(message.broadcast)
      say({ type: 'answer', ask: message.ask, json: audit === null ? null : JSON.stringify(audit) })
      return
    }
    case 'settle':
      weighTogether()
      for (const broadcast of rooms.broadcasts) judge(broadcast, now())
      say({ type: 'answer', ask: message.ask, json: null })
      return
    case 'owe':
      for (const broadcast of message.broadcasts)
        if (rooms.has(broadcast) || shelf.has(roomKey(broadcast))) beat.owe(broadcast, now())
      hurry()
      return
    case 'erase':
    case 'drop': {
      const { ask } = message
      busy = busy
        .then(() =>
          message.type === 'drop'
            ? drop(message.broadcasts)
            : erase(message.broadcasts, message.persons),
        )
        .then(() => say({ type: 'answer', ask, json: null }))
      return
    }
    case 'stop':
      void busy.then(() => putAway()).then(() => port.close())
  }
}

/** Waiting alone makes a room urgent in time, without a message to set off the next judgement. */
const timer = setInterval(hurry, 250)
timer.unref()

port.on('message', handle)
say({ type: 'ready', position })

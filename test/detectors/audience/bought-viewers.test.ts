/** Who is taken for bought, and above all who is not. */
import { describe, expect, it } from 'vitest'
import { boughtViewers } from '../../../src/detectors/audience/bought-viewers.ts'
import { Evidence, type Room } from '../../../src/detectors/room.ts'
import { MINUTE, Scene, START, type Person } from './scene.ts'

const SEEDS = [11, 222, 3333]

const weigh = (room: Room) => boughtViewers.weigh(room, new Evidence())

/** Precision and recall of the views that start with `b`, at a probability of one half. */
const hits = (room: Room) => {
  const [signal] = weigh(room)
  const listed = signal?.suspicions.find(({ kind }) => kind === 'view')
  const accused = [...(listed?.rows ?? [])].filter((_, i) => listed!.probabilities[i]! >= 0.5)
  const right = accused.filter((row) => room.views.ids.nameOf(row).startsWith('view-b')).length
  let bought = 0
  for (let row = 0; row < room.views.length; row += 1)
    if (room.views.ids.nameOf(row).startsWith('view-b')) bought += 1
  return {
    precision: right / Math.max(1, accused.length),
    recall: right / bought,
    accused: accused.length,
    signal,
  }
}

/** `count` hired views on top of 1,500 ordinary people. */
const withHired = (seed: number, count: number, hired: (i: number, scene: Scene) => Person) => {
  const scene = new Scene({ seed }).audience(1500)
  for (let i = 0; i < count; i += 1) scene.visit(hired(i, scene))
  return scene.room()
}

/** What is said of a room and of whom, by name, in an order of its own. */
const named = (room: Room) => {
  const [signal] = weigh(room)
  const list = signal!.suspicions[0]!
  const names = [...list.rows].map(
    (row, i) => `${room.views.ids.nameOf(row)} ${list.probabilities[i]!.toFixed(9)}`,
  )
  return { weights: signal!.hypotheses, names: names.sort() }
}

describe('an ordinary audience', () => {
  it.each(SEEDS)('is left alone (seed %d)', (seed) => {
    expect(weigh(new Scene({ seed }).audience(2000).room())).toEqual([])
  })

  it.each(SEEDS)(
    'is left alone when a push nobody recorded brings a crowd (S1-16, seed %d)',
    (seed) => {
      const scene = new Scene({ seed }).audience(1500)
      for (let i = 0; i < 800; i += 1)
        scene.person(`push${i}`, 40 * MINUTE + scene.random() ** 2 * 4 * MINUTE, { entry: 'push' })
      expect(weigh(scene.room())).toEqual([])
    },
  )

  it.each(SEEDS)('is left alone behind one campus address (seed %d)', (seed) => {
    const scene = new Scene({ seed }).audience(800)
    for (let i = 0; i < 700; i += 1)
      scene.person(`campus${i}`, scene.random() * 80 * MINUTE, {
        ip: `202.38.64.${i % 5}`,
        network: 'residential',
      })
    expect(weigh(scene.room())).toEqual([])
  })

  it.each(SEEDS)('is left alone when everybody leaves with the prize draw (seed %d)', (seed) => {
    const scene = new Scene({ seed }).audience(1200)
    for (let i = 0; i < 500; i += 1) {
      const at = (30 + scene.random() * 8) * MINUTE
      scene.person(`draw${i}`, at, {
        staySeconds: (45 * MINUTE - at) / 1000 + scene.random() * 9,
        comments: scene.random() < 0.6 ? 1 : 0,
      })
    }
    expect(weigh(scene.room())).toEqual([])
  })

  it.each(SEEDS)('is left alone where one build of the app keeps exact time (seed %d)', (seed) => {
    const scene = new Scene({ seed }).audience(1000)
    for (let i = 0; i < 600; i += 1)
      scene.person(`exact${i}`, scene.random() * 85 * MINUTE, { app: '31.0-tv', jitterMs: 0 })
    expect(weigh(scene.room())).toEqual([])
  })

  it.each(SEEDS)(
    'is left alone when a promotion brings new users who behave as people do (seed %d)',
    (seed) => {
      const scene = new Scene({ seed }).audience(1200)
      for (let i = 0; i < 600; i += 1)
        scene.person(`new${i}`, scene.random() * 85 * MINUTE, { ageDays: scene.random() * 2 })
      expect(weigh(scene.room())).toEqual([])
    },
  )

  it('is left alone when it is small', () => {
    const scene = new Scene({ seed: 5 })
    for (let i = 0; i < 25; i += 1) scene.visit({ id: `b${i}`, at: 10 * MINUTE, staySeconds: 600 })
    expect(weigh(scene.room())).toEqual([])
  })
})

describe('hired views', () => {
  it.each(SEEDS)('are found by their constant stay, one view in eight (seed %d)', (seed) => {
    const room = withHired(seed, 200, (i, scene) => ({
      id: `b${i}`,
      at: scene.random() * 75 * MINUTE,
      staySeconds: 600 + scene.random() * 2,
      ageDays: 400 * scene.random(),
    }))
    const { precision, recall, signal } = hits(room)
    expect(precision).toBeGreaterThan(0.9)
    expect(recall).toBeGreaterThan(0.9)
    expect(signal!.hypotheses[0]!.name).toBe('bought-traffic')
  })

  it.each(SEEDS)('are found when four fifths of the room are hired (seed %d)', (seed) => {
    const room = withHired(seed, 6000, (i, scene) => ({
      id: `b${i}`,
      at: scene.random() * 60 * MINUTE,
      staySeconds: [300, 900, 1500][i % 3]! + scene.random() * 3,
      ageDays: 300 * scene.random(),
    }))
    const { precision, recall } = hits(room)
    expect(precision).toBeGreaterThan(0.9)
    expect(recall).toBeGreaterThan(0.9)
  })

  it.each(SEEDS)('are found on handsets that change between accounts (seed %d)', (seed) => {
    const room = withHired(seed, 300, (i, scene) => ({
      id: `b${i}`,
      at: scene.random() * 80 * MINUTE,
      staySeconds: 60 + 900 * scene.random(),
      device: `farm-${i % 20}`,
      ageDays: 500 * scene.random(),
    }))
    const { precision, recall, signal } = hits(room)
    expect(precision).toBeGreaterThan(0.9)
    expect(recall).toBeGreaterThan(0.9)
    expect(
      signal!.reasons.some(({ family, weightBans }) => family === 'network' && weightBans > 1),
    ).toBe(true)
  })

  it.each(SEEDS)('are found by accounts registered in one batch long ago (seed %d)', (seed) => {
    const room = withHired(seed, 300, (i, scene) => ({
      id: `b${i}`,
      at: scene.random() * 80 * MINUTE,
      staySeconds: 60 + 1200 * scene.random(),
      ageDays: 211 + scene.random() * 0.4 - scene.random() * 0.01,
    }))
    const { precision, recall } = hits(room)
    expect(precision).toBeGreaterThan(0.85)
    expect(recall).toBeGreaterThan(0.85)
  })

  it.each(SEEDS)('are found when they come together and stay to the end (seed %d)', (seed) => {
    const room = withHired(seed, 400, (i, scene) => ({
      id: `b${i}`,
      at: (33 + scene.random()) * MINUTE,
      staySeconds: 99_999,
      ageDays: 20 * scene.random(),
    }))
    const { precision, recall } = hits(room)
    expect(precision).toBeGreaterThan(0.9)
    expect(recall).toBeGreaterThan(0.9)
  })

  it.each(SEEDS)(
    'are said to be there since they came, not since one like them (seed %d)',
    (seed) => {
      const stays = { staySeconds: 99_999, ageDays: 20, network: 'datacenter' }
      const room = withHired(seed, 401, (i, scene) =>
        i === 0
          ? { id: 'b-early', at: 20 * MINUTE, ...stays }
          : { id: `b${i}`, at: (33 + scene.random()) * MINUTE, ...stays },
      )
      const [signal] = weigh(room)
      const { rows } = signal!.suspicions[0]!
      expect([...rows]).not.toContain(room.views.rowOf('view-b-early'))
      expect(signal!.from).toBeGreaterThanOrEqual(START + 33 * MINUTE)
      expect(signal!.from).toBeLessThan(START + 34 * MINUTE)
      // They stay to the end, of which their telemetry's last heartbeat tells within its half minute.
      expect(signal!.until).toBeGreaterThan(START + 89 * MINUTE)
      expect(signal!.evidence).toHaveLength(20)
      expect(signal!.evidence).not.toContain('view-b-early')
    },
  )

  it('weigh more by two families than by one', () => {
    const alone = hits(
      withHired(11, 300, (i, s) => ({
        id: `b${i}`,
        at: s.random() * 75 * MINUTE,
        staySeconds: 600,
        ageDays: Math.exp(6.2 + 1.2 * s.normal()),
      })),
    ).signal!
    const both = hits(
      withHired(11, 300, (i, s) => ({
        id: `b${i}`,
        at: s.random() * 75 * MINUTE,
        staySeconds: 600,
        network: 'datacenter',
        ageDays: Math.exp(6.2 + 1.2 * s.normal()),
      })),
    ).signal!
    expect(both.hypotheses[0]!.weightBans).toBeGreaterThan(alone.hypotheses[0]!.weightBans + 1)
  })
})

describe('the weighing', () => {
  it('does not depend on the order of events', () => {
    const scene = new Scene({ seed: 77 }).audience(800)
    for (let i = 0; i < 200; i += 1)
      scene.visit({ id: `b${i}`, at: scene.random() * 70 * MINUTE, staySeconds: 480, ageDays: 5 })
    const shuffled = new Scene({ seed: 77 })
    shuffled.events.length = 0
    shuffled.events.push(...scene.events)
    for (let i = shuffled.events.length - 1; i > 0; i -= 1) {
      const j = Math.floor(shuffled.random() * (i + 1))
      ;[shuffled.events[i], shuffled.events[j]] = [shuffled.events[j]!, shuffled.events[i]!]
    }
    expect(named(shuffled.room())).toEqual(named(scene.room()))
  })
})

/** Steps that nothing on record explains, and those that something does. */
import { describe, expect, it } from 'vitest'
import { undisclosedBoost } from '../../../src/detectors/audience/undisclosed-boost.ts'
import { Evidence, type Room } from '../../../src/detectors/room.ts'
import { judge } from '../../../src/judgement/judge.ts'
import { build, display, START as BUILT } from '../build.ts'
import { POLICY } from '../policy.ts'
import { MINUTE, Scene, START } from './scene.ts'

const findings = (room: Room) =>
  undisclosedBoost.weigh(room, new Evidence()).map((signal) => judge(signal, POLICY))

/** 4,000 to 10,000 people on display within 50 s, then a slow decay. */
const step = (room: Room) => {
  for (let s = 0; s < 3600; s += 10) {
    const concurrent = s < 1200 ? 4000 : s < 1250 ? 4000 + (s - 1200) * 120 : 10_000 - (s - 1250)
    display(room, { at: s * 1000, concurrent })
  }
}

describe('S1-15: a shown audience that goes from 4,000 to over 10,000 in less than a minute', () => {
  it('raises a finding with the jump, its rate, and the display events it rests on', () => {
    const { room } = build({ capture: true })
    step(room)
    const [finding, ...others] = findings(room)
    expect(others).toEqual([])
    expect(finding!.kind).toBe('undisclosed-boost')
    const [reason] = finding!.reasons
    expect(reason!.observed).toBe(6000)
    // 6,000 people in 50 s.
    expect(reason!.text.en).toContain('120 a second')
    expect(finding!.evidence.length).toBeGreaterThan(0)
  })

  it('is undetermined while no second family speaks', () => {
    const { room } = build({ capture: true })
    step(room)
    const [finding] = findings(room)
    expect(finding!.verdict).toBe('undetermined')
    expect(finding!.weightBans).toBeLessThan(1)
  })

  it('is supported when the people who came are silent and sit in data centres', () => {
    const scene = new Scene({ seed: 9 }).audience(1500)
    for (let i = 0; i < 700; i += 1)
      scene.visit({
        id: `b${i}`,
        at: 40 * MINUTE + scene.random() * 50_000,
        staySeconds: 300 + 600 * scene.random(),
        network: 'datacenter',
        ageDays: 30 * scene.random(),
      })
    const [finding] = findings(scene.room())
    expect(finding!.verdict).toBe('supported')
    expect(finding!.families).toContain('network')
    expect(finding!.families).toContain('behaviour')
    expect(finding!.weightBans).toBeGreaterThan(1)
  })
})

describe('S1-16: the same curve from a home-page push on record', () => {
  it('raises nothing from the display', () => {
    const { room } = build({ capture: true })
    step(room)
    room.boosts.push({
      id: 'boost-1',
      channel: 'homepage',
      from: BUILT + 1_190_000,
      until: BUILT + 1_500_000,
      expectedViews: 8000,
    })
    expect(findings(room)).toEqual([])
  })

  it('raises nothing from the arrivals', () => {
    const scene = new Scene({ seed: 9 }).audience(1500)
    scene.send('live.boost.placed', START, {
      channel: 'homepage',
      from: new Date(START + 40 * MINUTE).toISOString(),
      until: new Date(START + 45 * MINUTE).toISOString(),
    })
    for (let i = 0; i < 700; i += 1)
      scene.person(`push${i}`, 40 * MINUTE + scene.random() * 50_000, { entry: 'push' })
    expect(findings(scene.room())).toEqual([])
  })

  it('still asks when the push was to bring a tenth of those who came', () => {
    const scene = new Scene({ seed: 9 }).audience(1500)
    scene.send('live.boost.placed', START, {
      channel: 'homepage',
      from: new Date(START + 40 * MINUTE).toISOString(),
      until: new Date(START + 45 * MINUTE).toISOString(),
      expectedViews: 70,
    })
    for (let i = 0; i < 700; i += 1)
      scene.person(`push${i}`, 40 * MINUTE + scene.random() * 50_000, { entry: 'push' })
    expect(findings(scene.room()).length).toBeGreaterThan(0)
  })
})

describe('a home-page push that nobody recorded', () => {
  it('accuses nobody: the crowd acts, so innocence leads', () => {
    const scene = new Scene({ seed: 21 }).audience(1500)
    for (let i = 0; i < 700; i += 1)
      scene.person(`push${i}`, 40 * MINUTE + scene.random() * 90_000, { entry: 'push' })
    for (const finding of findings(scene.room())) {
      expect(finding.verdict).toBe('undetermined')
      expect(finding.weightBans).toBeLessThan(1)
    }
  })
})

describe('people who come back after the network failed', () => {
  it('are no new crowd', () => {
    const scene = new Scene({ seed: 31 })
    for (let i = 0; i < 900; i += 1) {
      scene.person(`p${i}`, scene.random() * 38 * MINUTE, {
        staySeconds: 60 + scene.random() * 3000,
      })
    }
    for (let i = 0; i < 500; i += 1)
      scene.visit({
        id: `p${i}`,
        at: 40 * MINUTE + scene.random() * 20_000,
        staySeconds: 300 + 900 * scene.random(),
      })
    expect(findings(scene.room())).toEqual([])
  })
})

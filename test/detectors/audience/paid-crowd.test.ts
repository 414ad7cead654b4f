/** The same accounts in many rooms: paid crowds against fan clubs and people who like to shop. */
import { describe, expect, it } from 'vitest'
import { paidCrowd } from '../../../src/detectors/audience/paid-crowd.ts'
import { Evidence } from '../../../src/detectors/room.ts'
import { judge } from '../../../src/judgement/judge.ts'
import { POLICY } from '../policy.ts'
import { MINUTE, Scene, START } from './scene.ts'

/** Eight broadcasts; `visit` adds whoever is to come besides 300 ordinary people a room. */
const evening = (
  operatorOf: (i: number) => string,
  visit: (scene: Scene, i: number) => void,
): Evidence => {
  const evidence = new Evidence()
  for (let i = 0; i < 8; i += 1) {
    const scene = new Scene({ seed: 100 + i, broadcast: `broadcast-${i}`, operator: operatorOf(i) })
    for (let p = 0; p < 300; p += 1) scene.person(`local-${i}-${p}`, scene.random() * 85 * MINUTE)
    visit(scene, i)
    scene.evidence(evidence)
  }
  return evidence
}

const everyOperator = (i: number) => `operator-${i}`
const findings = (evidence: Evidence) =>
  paidCrowd.weigh(evidence).map((signal) => judge(signal, POLICY))

describe('S3-5, S3-11: sixty real accounts that enter eight rooms together and leave after five minutes', () => {
  const evidence = evening(everyOperator, (scene, i) => {
    for (let m = 0; m < 60; m += 1)
      if (scene.random() < 0.9)
        scene.visit({
          id: `crowd-${m}`,
          at: (10 + 5 * i) * MINUTE + scene.random() * 60_000,
          staySeconds: 290 + 25 * scene.random(),
          ageDays: 900,
          ip: `10.0.${m}.1`,
        })
  })

  it('are one crowd, on two families of evidence', () => {
    const [finding, ...others] = findings(evidence)
    expect(others).toEqual([])
    expect(finding!.verdict).toBe('supported')
    expect(finding!.families).toEqual(expect.arrayContaining(['network', 'behaviour']))
    expect(finding!.weightBans).toBeGreaterThan(2)
  })

  it('are named, account by account, and nobody else is', () => {
    const [signal] = paidCrowd.weigh(evidence)
    const named = new Set<string>()
    for (const { kind, broadcast, rows } of signal!.suspicions)
      if (kind === 'account')
        for (const row of rows) named.add(evidence.room(broadcast!).accounts.ids.nameOf(row))
    expect([...named].filter((id) => !id.startsWith('crowd-'))).toEqual([])
    expect(named.size).toBeGreaterThan(54)
  })
})

describe('a crowd one of whom comes to the first room four minutes before the others', () => {
  it('is said to be there from when the others entered the first room until they left the last', () => {
    const evidence = evening(everyOperator, (scene, i) => {
      for (let m = 0; m < 60; m += 1)
        scene.visit({
          id: `crowd-${m}`,
          at: (10 + 5 * i - (m + i === 0 ? 4 : 0)) * MINUTE + m * 1000,
          staySeconds: 290 + (m % 25),
          ageDays: 900,
        })
    })
    const [signal] = paidCrowd.weigh(evidence)
    // The first of those who came in step is m = 1.
    expect(signal!.from).toBe(START + 10 * MINUTE + 1000)
    // The last to leave the last room is m = 49, after 290 + 24 s.
    expect(signal!.until).toBe(START + 45 * MINUTE + (49 + 290 + 24) * 1000)
  })
})

describe('a fan club', () => {
  it('comes together too, to one host, and is not accused', () => {
    const evidence = evening(
      () => 'operator-a',
      (scene) => {
        for (let m = 0; m < 60; m += 1)
          scene.visit({
            id: `fan-${m}`,
            at: scene.random() * 2 * MINUTE,
            staySeconds: 3000 + 2000 * scene.random(),
            ageDays: 900,
            comments: 3,
            buys: m % 5 === 0,
          })
      },
    )
    for (const finding of findings(evidence)) expect(finding.weightBans).toBeLessThan(0.3)
    expect(paidCrowd.weigh(evidence).flatMap(({ suspicions }) => suspicions)).toEqual([])
  })
})

describe('people who hop from room to room all evening', () => {
  it('are not in step and are left alone', () => {
    const evidence = evening(everyOperator, (scene, i) => {
      for (let m = 0; m < 200; m += 1) scene.person(`hopper-${m}`, scene.random() * 80 * MINUTE + i)
    })
    expect(findings(evidence)).toEqual([])
  })
})

describe('two broadcasts', () => {
  it('are too few to speak of a habit', () => {
    const evidence = new Evidence()
    for (const i of [0, 1]) {
      const scene = new Scene({
        seed: 5 + i,
        broadcast: `broadcast-${i}`,
        operator: `operator-${i}`,
      })
      for (let m = 0; m < 60; m += 1)
        scene.visit({ id: `crowd-${m}`, at: 10 * MINUTE, staySeconds: 300 })
      scene.evidence(evidence)
    }
    expect(findings(evidence)).toEqual([])
  })
})

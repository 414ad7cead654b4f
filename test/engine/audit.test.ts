/** The audit as a whole: equal evidence, equal report; every figure three ways. */
import { describe, expect, it } from 'vitest'
import { Evidence } from '../../src/detectors/room.ts'
import { audit } from '../../src/engine/audit.ts'
import { Fold } from '../../src/engine/fold.ts'
import { MINUTE, Scene, START } from '../detectors/audience/scene.ts'
import { POLICY } from '../detectors/policy.ts'

const options = {
  version: 'test',
  policy: POLICY,
  at: null,
  inputs: [],
  refusedByBroadcast: new Map(),
}

/** 1,500 people, 400 hired views that stay eight minutes, and a page that shows twice the truth. */
const inflated = (): Scene => {
  const scene = new Scene({ seed: 42 }).audience(1500)
  for (let i = 0; i < 400; i += 1)
    scene.visit({
      id: `b${i}`,
      at: (20 + 40 * scene.random()) * MINUTE,
      staySeconds: 480,
      ageDays: 100 * scene.random(),
      network: 'datacenter',
    })
  for (let minute = 1; minute <= 90; minute += 1)
    scene.send('live.display.updated', START + minute * MINUTE, {
      viewers: Math.round((3800 * minute) / 90),
      concurrent: 300,
    })
  return scene
}

const fold = (events: Scene['events']): Evidence => {
  const evidence = new Evidence()
  const into = new Fold(evidence)
  for (const { event, at } of events) into.take(event, at)
  return evidence
}

describe('an audit', () => {
  const scene = inflated()
  scene.evidence()
  const report = audit(fold(scene.events), options).report

  it('is the same to the byte when run again', () => {
    expect(
      JSON.stringify(audit(fold(scene.events), options).report) === JSON.stringify(report),
    ).toBe(true)
  })

  it('is the same to the byte in any order of events', () => {
    const reversed = audit(fold(scene.events.toReversed()), options).report
    for (const key of ['figures', 'findings', 'series', 'dwell', 'contents', 'suspects'] as const)
      expect(reversed.broadcasts[0]![key], key).toEqual(report.broadcasts[0]![key])
    expect(JSON.stringify(reversed) === JSON.stringify(report)).toBe(true)
  })

  it('gives viewers three ways, and the water between', () => {
    const { viewers } = report.broadcasts[0]!.figures
    expect(viewers.displayed).toBe(3800)
    expect(viewers.observed).toBe(1900)
    expect(viewers.genuine!.low).toBeLessThanOrEqual(1500)
    expect(viewers.genuine!.high).toBeGreaterThanOrEqual(1500)
    expect(viewers.water).toBeCloseTo(1 - viewers.genuine!.estimate! / 3800, 3)
  })

  it('has curves whose points agree with the figures', () => {
    const [broadcast] = report.broadcasts
    const { arrivals, audience } = broadcast!.series
    const joins = Object.values(arrivals.values)
      .flat()
      .reduce<number>((sum, n) => sum + (n ?? 0), 0)
    expect(joins).toBe(broadcast!.figures.views.observed)
    expect(Math.max(...audience.values['observed']!.map((n) => n ?? 0))).toBe(
      broadcast!.figures.concurrent.observed,
    )
    const dwell = broadcast!.dwell.reduce((sum, bar) => sum + bar.genuine + bar.suspected, 0)
    expect(dwell).toBe(broadcast!.figures.views.observed)
  })

  it('counts the host and the crew as staff, not as audience', () => {
    const crewed = new Scene({ seed: 42 }).audience(200)
    crewed.visit({ id: 'host-a', at: 0, staySeconds: 99_999 })
    const figures = audit(crewed.evidence(), options).report.broadcasts[0]!.figures
    expect(figures.viewers.observed).toBe(200)
    expect(figures.views.observed).toBe(201)
  })

  it('names suspects from the likeliest down, and nobody in an honest room', () => {
    const { suspects } = audit(fold(scene.events), options)
    const views = suspects.filter(({ kind }) => kind === 'view')
    expect(views.length).toBeGreaterThan(350)
    for (let i = 1; i < views.length; i += 1)
      expect(views[i]!.probability).toBeLessThanOrEqual(views[i - 1]!.probability)
    expect(audit(new Scene({ seed: 8 }).audience(1500).evidence(), options).suspects).toEqual([])
  })

  it('says of nothing that it knows nothing', () => {
    const { report: empty, suspects } = audit(new Evidence(), options)
    expect(empty.broadcasts).toEqual([])
    expect(empty.merchants).toEqual([])
    expect(suspects).toEqual([])
  })
})

/** Provisions that the bought viewers of an inflated room touch, by the form of the room. */
const cited = (form: string) => {
  const scene = inflated()
  Object.assign(scene.events[0]!.event.data, { form })
  scene.evidence()
  const { findings } = audit(fold(scene.events), options).report.broadcasts[0]!
  return findings.find(({ kind }) => kind === 'bought-viewers')!.provisions.map(({ id }) => id)
}

describe('a picture-text room', () => {
  it('falls under the measures of 2021 and not under those of 2026 (M21-2, M26-2)', () => {
    expect(cited('video')).toEqual(expect.arrayContaining(['M21-18-4', 'M26-34a']))
    expect(cited('picture-text')).toContain('M21-18-4')
    expect(cited('picture-text')).not.toContain('M26-34a')
  })
})

describe('an outsider’s capture', () => {
  const scene = new Scene({ seed: 3 })
  for (let minute = 1; minute <= 60; minute += 1) {
    scene.send('live.display.updated', START + minute * MINUTE, {
      viewers: 100 * minute,
      concurrent: 250,
    })
    scene.send('live.comment.posted', START + minute * MINUTE, {
      comment: `c${minute}`,
      viewer: `p${minute % 40}`,
      text: `line ${minute}`,
    })
  }
  const [broadcast] = audit(scene.evidence(), options).report.broadcasts

  it('is known as one', () => expect(broadcast!.vantage).toBe('capture'))

  it('gets bounds and no point estimate: those who spoke, up to what was shown', () => {
    const { genuine } = broadcast!.figures.viewers
    expect(genuine!.estimate).toBeNull()
    expect(genuine!.low).toBeLessThanOrEqual(40)
    // 6,000 on a page may be a rounded figure, up to 6,500, and one in a hundred came after it.
    expect(genuine!.high).toBeLessThanOrEqual(6560)
    expect(genuine!.high).toBeGreaterThan(40)
  })

  it('does not take taps that it was not told of for water', () => {
    const partial = new Scene({ seed: 5 })
    for (let minute = 1; minute <= 30; minute += 1)
      partial.send('live.display.updated', START + minute * MINUTE, {
        viewers: 900,
        likes: 140 * minute,
      })
    partial.send('live.like.sent', START + MINUTE, { viewer: 'p1', count: 3 })
    const { likes } = audit(partial.evidence(), options).report.broadcasts[0]!.figures
    expect(likes).toMatchObject({ displayed: 4200, observed: 3, water: null })
    expect(likes.genuine).toMatchObject({ estimate: null, high: 4200 })
  })

  it('says null, not zero, where the events cannot know', () => {
    expect(broadcast!.figures.concurrent).toMatchObject({
      displayed: 250,
      observed: null,
      genuine: null,
    })
    expect(broadcast!.figures.sales).toMatchObject({ observed: null, net: null })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ViewTable, type Beats } from '../../src/detectors/tables/views.ts'

type Beat = { readonly at: number; readonly seconds: number; readonly idle: boolean }

/** Quarters of a second add up exactly in binary, so sums do not depend on their order. */
const beat: fc.Arbitrary<Beat> = fc.record({
  at: fc.integer({ min: 1.7e12, max: 1.7e12 + 5000 }),
  seconds: fc.oneof(
    fc.constantFrom(30, 10),
    fc.integer({ min: 0, max: 400 }).map((quarters) => quarters / 4),
  ),
  idle: fc.boolean(),
})

const summed = (beats: readonly Beat[]): Beats => {
  const seconds = beats.map((one) => one.seconds)
  const phases = beats.map(({ at }) => at % 1000)
  const turned = phases.map((phase) => (phase + 500) % 1000)
  const most = Math.max(...seconds)
  return {
    count: beats.length,
    seconds: seconds.reduce((sum, one) => sum + one, 0),
    most,
    least: Math.min(...seconds),
    atMost: seconds.filter((one) => one === most).length,
    phaseMin: Math.min(...phases),
    phaseMax: Math.max(...phases),
    turnedMin: Math.min(...turned),
    turnedMax: Math.max(...turned),
    idle: beats.filter((one) => one.idle).length,
    lastAt: Math.max(...beats.map(({ at }) => at)),
  }
}

const rowOf = (views: ViewTable) =>
  Object.fromEntries(Object.entries(views.columns).map(([name, column]) => [name, column[0]]))

describe('heartbeats merged by the view', () => {
  it('give the row that they give one by one, in any parts and order', () => {
    const parts = fc.array(fc.array(beat, { minLength: 1, maxLength: 6 }), { maxLength: 5 })
    fc.assert(
      fc.property(parts, fc.boolean(), (groups, reversed) => {
        const [single, merged] = [new ViewTable(), new ViewTable()]
        single.rowOf('w')
        merged.rowOf('w')
        const inOrder = reversed ? groups.toReversed() : groups
        for (const { at, seconds, idle } of inOrder.flat()) single.watch(0, at, seconds, idle)
        // Every other part stays single: the two ways may be mixed.
        for (const [i, group] of groups.entries()) {
          if (i % 2 === 0) merged.mergeBeats(0, summed(group))
          else for (const { at, seconds, idle } of group) merged.watch(0, at, seconds, idle)
        }
        expect(rowOf(merged)).toEqual(rowOf(single))
      }),
    )
  })
})

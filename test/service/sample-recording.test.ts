/** The recording of the sample evening: whose it is, what is in it, and that it goes on live. */
import { describe, expect, it } from 'vitest'
import type { PushedPiece } from '../../src/archive/recordings.ts'
import { sampleEvening } from '../../src/service/sample.ts'
import { recordSample, type SampleRecordingOptions } from '../../src/service/sample-recording.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')

/** Everything that is pushed before `now` no longer advances. */
const recorded = async (options: Partial<SampleRecordingOptions>, most: number) => {
  const pushed: PushedPiece[] = []
  const failures: string[] = []
  const player = recordSample({
    recordings: {
      storeInit: async () => 'init',
      push: async (_, piece) => {
        pushed.push(piece)
        if (pushed.length === most) player.stop()
        return { outcome: 'unknown-init' }
      },
    },
    broadcast: 'b1',
    startsAt: NOW - 60_200,
    endsAt: NOW + 3_600_000,
    isKnown: () => true,
    now: () => NOW,
    failed: (what, error) => void failures.push(`${what}: ${String(error)}`),
    ...options,
  })
  await player.done
  return { pushed, failures }
}

describe('the recording of the sample evening', () => {
  it('is of the inflated room, whose platform says nothing of another', () => {
    const { events, recorded: of } = sampleEvening(NOW, 'x', 1, '/samples')
    const its = events.filter(({ event }) => event.subject === of.broadcast)
    expect(its[0]).toMatchObject({ at: of.startsAt, event: { type: 'live.broadcast.started' } })
    expect(its.some(({ event }) => event.type === 'live.segment.recorded')).toBe(false)
    expect(of.startsAt).toBeLessThan(NOW)
    expect(of.endsAt).toBeGreaterThan(NOW)
  })

  it('begins with the broadcast, on a whole second, and gives what is over at once', async () => {
    const { pushed } = await recorded({}, 5)
    const began = NOW - 60_000
    expect(pushed.map(({ sequence, startsAt }) => [sequence, startsAt])).toEqual([
      [0, began],
      [1, began + 4_000],
      [2, began + 8_000],
      [3, began + 12_000],
      [4, began + 16_000],
    ])
    expect(pushed.every(({ init, durationMs }) => init === 'init' && durationMs === 4_000)).toBe(
      true,
    )
  })

  it('ends with the broadcast', async () => {
    const { pushed } = await recorded({ endsAt: NOW - 60_000 + 9_000 }, 10)
    expect(pushed.map(({ sequence }) => sequence)).toEqual([0, 1])
  })

  it('does not come before its broadcast is on record', async () => {
    let asked = 0
    const { pushed } = await recorded({ isKnown: () => (asked += 1) > 2 }, 1)
    expect([pushed.length, asked]).toEqual([1, 3])
  })

  it('is given a piece at a time, each when it is over', async () => {
    const times = [NOW - 1, NOW, NOW + 3_999, NOW + 4_000]
    let asked = 0
    const { pushed } = await recorded({ startsAt: NOW - 4_000, now: () => times[asked++]! }, 2)
    expect(pushed.map(({ startsAt }) => startsAt)).toEqual([NOW - 4_000, NOW])
    // A millisecond before the end of each it was asked as well, in vain.
    expect(asked).toBe(4)
  })
})

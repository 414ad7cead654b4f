/** What was said lately: removals keep who and why, in whatever order they come, within bounds. */
import { describe, expect, it } from 'vitest'
import { MOST_MOMENTS, Moments } from '../../../src/engine/live/moments.ts'
import type { AssayEvent } from '../../../src/vocabulary/index.ts'

const event = (type: string, data: object, minute = 0): AssayEvent =>
  ({
    specversion: '1.0',
    id: `${type}-${minute}-${JSON.stringify(data).length}`,
    source: '/platforms/a',
    type,
    subject: 'b-1',
    time: `2026-03-01T12:${String(minute).padStart(2, '0')}:00.000Z`,
    data,
  }) as never
const posted = (comment: string, text: string) =>
  event('live.comment.posted', { comment, viewer: 'viewer-1', text })
const removed = event(
  'live.comment.removed',
  { comment: 'c1', by: 'assistant-a', reason: 'none' },
  5,
)

describe('moments of a room', () => {
  it('never name a viewer', () => {
    const moments = new Moments()
    moments.take(posted('c1', 'how much?'))
    expect(JSON.stringify(moments.of('b-1', 0))).not.toContain('viewer-1')
  })

  it('keep a removed comment with who removed it and why, and tell it again', () => {
    const moments = new Moments()
    moments.take(posted('c1', 'it broke'))
    const [first] = moments.of('b-1', 0)
    moments.take(removed)
    const [again, ...none] = moments.of('b-1', first!.number)
    expect(none).toEqual([])
    expect(again).toMatchObject({
      id: 'c1',
      text: 'it broke',
      removed: { by: 'assistant-a', reason: 'none', at: '2026-03-01T12:05:00.000Z' },
    })
  })

  it('know of a removal that came before the comment', () => {
    const moments = new Moments()
    moments.take(removed)
    moments.take(posted('c1', 'late'))
    expect(moments.of('b-1', 0)).toMatchObject([{ text: 'late', removed: { by: 'assistant-a' } }])
  })

  it('keep the newest where somebody floods the room, and the marks beside them', () => {
    const moments = new Moments()
    moments.take(event('live.caption.spoken', { speaker: 'host-a', text: '全网最低价' }))
    for (let i = 0; i < MOST_MOMENTS + 50; i += 1) moments.take(posted(`c${i}`, 'x'.repeat(5_000)))
    const kept = moments.of('b-1', 0)
    expect(kept).toHaveLength(MOST_MOMENTS + 1)
    expect(kept[0]).toMatchObject({ kind: 'caption', text: '全网最低价' })
    expect(kept.at(-1)!.id).toBe(`c${MOST_MOMENTS + 49}`)
    expect(kept.at(-1)!.text).toHaveLength(500)
  })

  it('are nobody’s where the broadcast is not known', () => {
    expect(new Moments().of('b-2', 0)).toEqual([])
  })
})

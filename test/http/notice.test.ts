/** What the player says beside its counters: of what is in question, and of nothing else. */
import { expect, it } from 'vitest'
import type { EmbedView, MeasureView } from '../../src/http/contract.ts'
import type { Door } from '../../src/http/door.ts'
import { embedMessage } from '../../src/http/routes/embed.ts'

const noticeOf = (...measures: readonly Pick<MeasureView, 'name' | 'kind'>[]) => {
  const desk = { figures: () => undefined, measures: () => measures }
  const door = { desk, register: { get: () => undefined } } as unknown as Door
  return (embedMessage(door, 'broadcast-a').data as EmbedView).notice
}

it('is none where nothing is said to viewers', () => {
  expect(noticeOf()).toBeNull()
  expect(noticeOf({ name: 'warning', kind: 'bought-viewers' })).toBeNull()
})

it('does not say of a broken promise that figures are in question', () => {
  const notice = noticeOf({ name: 'prompt', kind: 'promise-broken' })!
  expect(notice.en).toContain('promise')
  expect(notice.en).not.toContain('figures')
  expect(notice.zh).toContain('承诺')
  expect(notice.zh).not.toContain('数据')
})

it('says neither of what a person marked for another reason', () => {
  const notice = noticeOf({ name: 'mark', kind: 'red-line' })!
  expect(notice.en).not.toMatch(/figures|promise/)
  expect(notice.zh).not.toMatch(/数据|承诺/)
})

it('says each once where both are', () => {
  const notice = noticeOf(
    { name: 'mark', kind: 'bought-viewers' },
    { name: 'prompt', kind: 'bought-viewers' },
    { name: 'prompt', kind: 'promise-broken' },
  )!
  expect(notice.en.match(/figures/g)).toHaveLength(1)
  expect(notice.en.match(/promise/g)).toHaveLength(1)
})

/** Work that takes its turn: order, failure, and nothing kept of what is over. */
import { expect, it } from 'vitest'
import { oneByOne, Turns } from '../../src/archive/turns.ts'

const fail = async () => {
  throw new Error('no')
}

it('goes one after another, and a failure is its asker’s alone', async () => {
  const alone = oneByOne()
  const told: string[] = []
  const slow = alone(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    told.push('slow')
  })
  const failed = alone(fail)
  const quick = alone(async () => told.push('quick'))
  await expect(failed).rejects.toThrow('no')
  await Promise.all([slow, quick])
  expect(told).toEqual(['slow', 'quick'])
})

it('waits for its own key only, and is settled when nothing is under way', async () => {
  const turns = new Turns()
  const told: string[] = []
  const gate: { open?: () => void } = {}
  const held = new Promise<void>((resolve) => {
    gate.open = resolve
  })
  const first = turns.take('a', async () => {
    await held
    told.push('a')
  })
  const behind = turns.take('a', async () => told.push('behind a'))
  await turns.take('b', async () => told.push('b'))
  expect(told).toEqual(['b'])
  const broken = turns.take('c', fail).catch(() => told.push('c broke'))
  gate.open?.()
  await turns.settled()
  await Promise.all([first, behind, broken])
  expect(told.filter((what) => what.includes('a'))).toEqual(['a', 'behind a'])
  expect(told).toContain('c broke')
})

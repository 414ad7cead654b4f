/** Price routines, each with the innocent evening that looks like it. */
import { describe, expect, it } from 'vitest'
import { scriptSigns } from '../../src/pricing/scripts.ts'
import { Story } from './story.ts'

const begin = (story: Story, broadcast: string, when: string, room = 'room-a') => {
  story.send(
    'live.broadcast.started',
    when,
    { room, operator: 'operator-a', title: 't', form: 'video', currency: 'CNY', hosts: [] },
    broadcast,
  )
  return story
}

const say = (story: Story, broadcast: string, minute: number, text: string, when: string) => {
  const startMs = minute * 60_000
  const data = { speaker: 'host-a', text, language: 'zh-CN', startMs, endMs: startMs + 3000 }
  story.send('live.caption.spoken', when, data, broadcast)
}

const stepByStep = ({ filed = true, said = true, steps = [15_000, 12_000, 9800] } = {}) => {
  const story = new Story().product('pan', 19_900, 'room-a', '10-20')
  if (filed) story.price('pan', 9800, { when: '10-31', from: '11-01 20:40' })
  begin(story, 'b-1', '11-01 20:00')
  for (const [i, price] of steps.entries())
    story.price('pan', price, { when: `11-01 20:${10 + i * 10}` })
  if (said) say(story, 'b-1', 20, '我再降一次，工厂补贴！', '11-01 20:20')
  return scriptSigns(story.events)
}

describe('S1-8: step by step down to a price that was filed before', () => {
  it('is a script where the steps were called concessions', () => {
    const [sign] = stepByStep()
    expect(sign).toMatchObject({
      script: 'planned-concession',
      verdict: 'supported',
      product: 'pan',
    })
    expect(sign).toMatchObject({ steps: [{ price: 15_000 }, { price: 12_000 }, { price: 9800 }] })
    expect(sign).toMatchObject({ clips: [{ broadcast: 'b-1', startMs: 1_200_000 }] })
  })

  it('stays undetermined where nobody called them that: a filed sale is lawful', () => {
    expect(stepByStep({ said: false })).toMatchObject([{ verdict: 'undetermined', clips: [] }])
  })

  it('is nothing where the price was not filed, or fell once', () => {
    expect(stepByStep({ filed: false })).toEqual([])
    expect(stepByStep({ steps: [12_000, 9800] })).toEqual([])
  })
})

const quarrels = (rooms: readonly string[], text = '这个价格我亏本，不同意！') => {
  const story = new Story().product('ring', 159_900, 'room-a', '10-20')
  for (const [i, room] of rooms.entries()) {
    const day = `11-0${i + 1}`
    story.price('ring', 159_900, { when: `${day} 12:00` })
    begin(story, `b-${i}`, `${day} 20:00`, room)
    say(story, `b-${i}`, 15, text, `${day} 20:15`)
    story.price('ring', 9800, { when: `${day} 20:20` })
    story.send('live.broadcast.ended', `${day} 22:00`, {}, `b-${i}`)
  }
  return scriptSigns(story.events).filter(({ script }) => script === 'staged-conflict')
}

describe('S1-6: the same quarrel in two broadcasts', () => {
  it('goes to a person with its clips, and is no penalty', () => {
    expect(quarrels(['room-a', 'room-a'])).toMatchObject([
      {
        verdict: 'review',
        room: 'room-a',
        scenes: [
          { broadcast: 'b-0', before: 159_900, after: 9800, clips: [{ startMs: 900_000 }] },
          { broadcast: 'b-1', clips: [{ startMs: 900_000 }] },
        ],
      },
    ])
  })

  it('is nothing once, in two rooms, or without a quarrel', () => {
    expect(quarrels(['room-a'])).toEqual([])
    expect(quarrels(['room-a', 'room-b'])).toEqual([])
    expect(quarrels(['room-a', 'room-a'], '今天很高兴')).toEqual([])
  })
})

const wrongPrice = ({ filed = false, back = false } = {}) => {
  const story = new Story().product('pan', 19_000, 'room-a', '10-20')
  if (filed) story.price('pan', 18_000, { when: '10-31', from: '11-03', until: '11-04' })
  begin(story, 'b-1', '11-01 20:00')
  story.price('pan', 18_000, { when: '11-01 20:20' })
  say(story, 'b-1', 21, 'sorry, wrong price!', '11-01 20:21')
  if (back) story.price('pan', 19_000, { when: '11-01 20:25' })
  const signs = scriptSigns([...story.events, ...story.events])
  return signs.filter(({ script }) => script === 'planned-mistake')
}

describe('S1-9: a price set by mistake', () => {
  it('is planned where it had been filed, even if it is put back', () => {
    expect(wrongPrice({ filed: true, back: true })).toMatchObject([
      { verdict: 'supported', price: 18_000 },
    ])
  })

  it('is an honest mistake where nobody had planned it and it was put right', () => {
    expect(wrongPrice({ back: true })).toMatchObject([{ verdict: 'honest-mistake', filed: null }])
  })

  it('stays undetermined otherwise', () => {
    expect(wrongPrice()).toMatchObject([{ verdict: 'undetermined', corrected: null }])
  })
})

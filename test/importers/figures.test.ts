import { describe, expect, it } from 'vitest'
import { parseFigure } from '../../src/importers/figures.ts'
import { toTime } from '../../src/importers/foreign-time.ts'

describe('figures as Chinese pages write them', () => {
  it.each([
    ['5388', 5388],
    ['6.8万', 68_000],
    ['1.2亿', 120_000_000],
    ['10万+', 100_000],
    ['12,345', 12_345],
    ['¥1,019.90', 1019.9],
    ['￥5', 5],
    ['19.90元', 19.9],
    ['６．８万', 68_000],
    ['3千万', 30_000_000],
    ['1.5w', 15_000],
    ['2.3K', 2300],
    [' 7 ', 7],
    ['0', 0],
    ['-12.50', -12.5],
  ])('%s is %d', (text, expected) => {
    expect(parseFigure(text)).toBe(expected)
  })

  it.each(['', '万', '20在线观众', '1.2.3', '1e5', 'NaN', '一万'])('%j is not one', (text) => {
    expect(parseFigure(text)).toBeNaN()
  })
})

describe('instants as files write them', () => {
  it.each([
    ['2026-03-01T20:00:00+08:00', undefined, '2026-03-01T20:00:00+08:00'],
    ['2019-12-27 12:00:27', '+08:00', '2019-12-27T12:00:27.000+08:00'],
    ['2019/1/7 9:05', '+08:00', '2019-01-07T09:05:00.000+08:00'],
    ['2019-12-27', 'Z', '2019-12-27T00:00:00.000Z'],
    [1_577_419_227, undefined, '2019-12-27T04:00:27.000Z'],
    ['1577419227000', undefined, '2019-12-27T04:00:27.000Z'],
  ])('%j in zone %j is %s', (value, zone, expected) => {
    expect(toTime(value, zone)).toBe(expected)
  })

  it('a local time without a zone is not an instant', () => {
    expect(toTime('2019-12-27 12:00:27', undefined)).toBeUndefined()
  })

  it('a day that the month has not is none', () => {
    expect(toTime('2019-02-30 12:00:00', '+08:00')).toBeUndefined()
  })
})

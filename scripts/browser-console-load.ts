/**
 * How the console does under load, by the browser's own tracing: two thousand rooms on the wall
 * while five hundred figures a second come in and one scrolls; a room with a thousand comments a
 * minute; and how much script the first page takes. The service's answers are played to the page.
 */
import type { CDPSession, Page } from 'playwright-core'

export type Load = {
  /** Frames shown a second while something moved. */
  readonly framesPerSecond: number
  /** Share of frames that came too late, 0 to 1. */
  readonly lateShare: number
  /** The longest that the page was busy at once, ms. */
  readonly longestTaskMs: number
}

const TRACED_MS = 6_000
/** Half a frame of 60 a second beyond its time. */
const LATE_MS = 25

/** @param isStill true where nothing is scrolled */
const traced = async (page: Page, isStill: boolean): Promise<Load> => {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as never[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'],
    },
  } as never)
  // A frame is asked for each time one can be, and the list is moved as a finger would.
  const gaps = await page.evaluate<number[]>(`new Promise((done) => {
      const list = document.querySelector('.rows')
      const gaps = []
      const begun = performance.now()
      let last = begun
      const step = (now) => {
        gaps.push(now - last)
        last = now
        if (list !== null && ${!isStill}) list.scrollTop += 14
        now - begun < ${TRACED_MS} ? requestAnimationFrame(step) : done(gaps.slice(1))
      }
      requestAnimationFrame(step)
  })`)
  const ended = new Promise<void>((resolve) =>
    session.on('Tracing.tracingComplete', () => resolve()),
  )
  await session.send('Tracing.end')
  await ended
  await session.detach()
  const tasks = events.filter(({ name, dur }) => name.endsWith('RunTask') && dur !== undefined)
  return {
    framesPerSecond: (gaps.length * 1000) / TRACED_MS,
    lateShare: gaps.filter((gap) => gap > LATE_MS).length / gaps.length,
    longestTaskMs: tasks.reduce((most, { dur = 0 }) => Math.max(most, dur / 1000), 0),
  }
}

type TraceEvent = { readonly name: string; readonly dur?: number }

/** @param figures of some room, the pattern for the others */
export const measureWall = async (page: Page, origin: string, figures: object): Promise<Load> => {
  const rooms = Array.from({ length: 2_000 }, (_, i) => ({
    ...figures,
    broadcast: `broadcast-${i}`,
    room: `room-${i}`,
    title: `Room ${i} 直播间`,
    risk: i % 40 === 0 ? (i % 7) + 0.5 : 0,
  }))
  await page.route('**/v1/broadcasts', (route) => route.fulfill({ json: { broadcasts: rooms } }))
  // The stream as the service sends it: each message is the whole state of one room.
  await page.addInitScript(`window.EventSource = class extends EventTarget {
    constructor() {
      super()
      const rooms = ${JSON.stringify(rooms.slice(0, 500))}
      let next = 0
      this.timer = setInterval(() => {
        for (let i = 0; i < 25; i += 1) {
          const room = rooms[(next += 1) % rooms.length]
          const data = JSON.stringify({ ...room, judgedAt: new Date().toISOString() })
          this.dispatchEvent(new MessageEvent('figures', { data }))
        }
      }, 50)
    }
    close() { clearInterval(this.timer) }
  }`)
  await page.goto(origin)
  await page.locator('.rows-body .room-row').first().waitFor()
  await page.waitForTimeout(1_000)
  return traced(page, false)
}

/** A thousand comments a minute, as the page asks for them. */
export const measureComments = async (page: Page, url: string): Promise<Load> => {
  let number = 0
  await page.route('**/moments?*', (route) => {
    const moments = Array.from({ length: 34 }, () => ({
      number: (number += 1),
      id: `comment-${number}`,
      at: new Date().toISOString(),
      kind: 'comment',
      text: `评论 ${number}: how much is it with the coupon?`,
      product: null,
      price: null,
      removed: null,
    }))
    return route.fulfill({ json: { moments } })
  })
  await page.goto(url)
  await page.locator('.comments li').first().waitFor()
  return traced(page, true)
}

/** Compressed bytes of script until the wall stands, and how long that takes, ms. */
export const measureFirst = async (
  page: Page,
  origin: string,
): Promise<{ readonly scriptBytes: number; readonly ms: number }> => {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const scripts = new Set<string>()
  let scriptBytes = 0
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength
  })
  const begun = performance.now()
  await page.goto(origin)
  await page.locator('.rows-body .room-row').first().waitFor()
  const ms = performance.now() - begun
  await session.detach()
  return { scriptBytes, ms }
}

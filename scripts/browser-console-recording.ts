/**
 * The recording in a real browser, for browser-console.ts: it plays on the page of the room and of the
 * finding, a click on a mark leads to that second by the programme's time and by the clock in the
 * picture, and an evidence bundle of the broadcast has the clip and plays it.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { readEvents } from '../src/archive/read-log.ts'
import { Vault } from '../src/archive/vault.ts'
import { readLedgerFolder } from '../src/store/ledger-folder.ts'
import { latestCheckpoint } from '../src/store/open-ledger.ts'

export type Check = (isTrue: boolean, complaint: string) => void

/** Presses the button and sees the picture move. */
export const playRecording = async (page: Page, name: string, play: string, check: Check) => {
  await page.getByText(play, { exact: true }).click()
  await moves(page, name, check)
}

/** A click on each mark that was recorded: the first of its kind. */
export const seekByMarks = async (page: Page, name: string, check: Check): Promise<void> => {
  // What lay before the start of the service comes in meanwhile.
  check(await until(page, CAUGHT_UP, 120_000), `${name}: the recording lags behind`)
  await page.evaluate(`${VIDEO}.pause()`)
  for (const kind of ['finding', 'caption']) {
    const mark = page.locator(`.timeline .mark-${kind}`).first()
    // The host may not have spoken yet.
    if (kind === 'caption' && (await mark.count()) === 0) continue
    const label = (await mark.getAttribute('aria-label')) ?? ''
    const second = /\d{2}:\d{2}:\d{2}/.exec(label)?.[0]
    await mark.click({ force: true })
    await until(page, `${SHOWN} && (${CLOCK}) === '${second}'`, 15_000)
    const clock = await page.evaluate<string>(CLOCK)
    check(clock === second, `${name}: ${label} leads to a picture of ${clock}`)
    const programme = await page.evaluate<string>(PROGRAMME)
    check(programme === second, `${name}: ${label} leads to ${programme} of the programme`)
  }
}

/** A bundle of the order nearest to something said: its clip is out of the middle of the recording. */
export const playBundle = async (
  page: Page,
  root: string,
  data: string,
  broadcast: string,
  check: Check,
): Promise<void> => {
  const { order, marginSeconds, beganAt } = await nearestOrder(join(data, 'ledger'), broadcast)
  const folder = join(data, 'bundle')
  const args = [
    'bundle',
    'order',
    order,
    `--ledger=${join(data, 'ledger')}`,
    `--out=${folder}`,
    `--margin=${marginSeconds}`,
  ]
  execFileSync(process.execPath, [join(root, 'bin/assay.js'), ...args], { stdio: 'ignore' })
  await page.goto(`file://${folder}/index.html`)
  const said = page.locator('button.seek').first()
  await said.click()
  await moves(page, 'bundle', check)
  // `2026-03-01 20:00:00 Z`; the sample's pieces count from the second in which the broadcast began.
  const text = await said.innerText()
  const seconds = (Date.parse(text.replace(' ', 'T').replace(' ', '')) - beganAt) / 1000
  const at = Number(await page.evaluate(`${VIDEO}.currentTime`))
  check(at > seconds - 2 && at < seconds + 30, `bundle: ${text} leads to second ${at}`)
}

const moves = async (page: Page, name: string, check: Check): Promise<void> => {
  check(await until(page, `${SHOWN} && !${VIDEO}.paused`, 30_000), `${name}: nothing is played`)
  const from = Number(await page.evaluate(`${VIDEO}.currentTime`))
  check(
    await until(page, `${VIDEO}.currentTime > ${from + 0.5}`, 15_000),
    `${name}: the picture stands still`,
  )
  const error = await page.evaluate(`${VIDEO}.error?.message ?? null`)
  check(error === null, `${name}: ${String(error)}`)
}

/** Asked again and again: the page's policy lets nothing be evaluated from within. */
const until = async (page: Page, isSo: string, withinMs: number): Promise<boolean> => {
  for (const endsAt = Date.now() + withinMs; Date.now() < endsAt; await page.waitForTimeout(100))
    if ((await page.evaluate(isSo)) === true) return true
  return false
}

const VIDEO = `document.querySelector('video')`
const SHOWN = `(${VIDEO}?.readyState >= 2 && !${VIDEO}.seeking && ${VIDEO}.videoWidth > 0)`

const nearestOrder = async (ledger: string, broadcast: string) => {
  const folder = await readLedgerFolder(ledger)
  const { size } = await latestCheckpoint(folder)
  const orders: { readonly order: string; readonly at: number }[] = []
  const said: number[] = []
  let beganAt = Number.NaN
  const logged = { log: folder.log, vault: new Vault(folder.vault), size }
  for await (const { event } of readEvents(logged)) {
    if (event.subject !== broadcast) continue
    const at = Date.parse(event.time)
    if (event.type === 'live.broadcast.started') beganAt = at
    if (event.type === 'live.order.placed') orders.push({ order: event.data.order, at })
    if (event.type === 'live.caption.spoken') said.push(at)
  }
  const [nearest] = orders
    .map(({ order, at }) => ({
      order,
      marginSeconds: 10 + Math.ceil(Math.min(...said.map((one) => Math.abs(at - one))) / 1000),
    }))
    .sort((a, b) => a.marginSeconds - b.marginSeconds)
  if (nearest === undefined) throw new Error('nothing was ordered')
  return { ...nearest, beganAt }
}

/** Reads the sample's clock (src/simulator/video/picture.ts) off the picture, big pixel by big pixel. */
const CLOCK = `(() => {
  const canvas = document.createElement('canvas')
  canvas.width = 160
  canvas.height = 96
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context.drawImage(document.querySelector('video'), 0, 0, 160, 96)
  const { data } = context.getImageData(0, 0, 160, 96)
  const glyphs = { 75557: 0, 26227: 1, 71747: 2, 71717: 3, 55711: 4, 74717: 5, 74757: 6, 71111: 7, 75757: 8, 75717: 9, '02020': ':' }
  return Array.from({ length: 8 }, (_, i) => {
    const rows = Array.from({ length: 5 }, (_, row) => [0, 1, 2].reduce((bits, column) =>
      bits * 2 + (data[4 * ((16 + row * 6 + 3) * 160 + 16 + i * 16 + 2 + column * 4 + 2)] > 128), 0))
    return glyphs[rows.join('')] ?? '?'
  }).join('')
})()`

/** Programme time of the picture by the playlist's EXT-X-PROGRAM-DATE-TIME, as the page writes it. */
const PROGRAMME = `(async () => {
  const broadcast = location.pathname.split('/').at(-1)
  const text = await (await fetch('/v1/broadcasts/' + broadcast + '/recording')).text()
  const at = document.querySelector('video').currentTime
  let [start, programme] = [0, NaN]
  for (const line of text.split('\\n')) {
    if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) programme = Date.parse(line.slice(25))
    if (!line.startsWith('#EXTINF:')) continue
    const seconds = parseFloat(line.slice(8))
    if (at < start + seconds)
      return new Date(programme + (at - start) * 1000).toLocaleTimeString('en-GB')
    start += seconds
    programme += seconds * 1000
  }
  return 'nowhere'
})()`

/** Whether the player knows of pieces up to a quarter of a minute ago. */
const CAUGHT_UP = `(async () => {
  const broadcast = location.pathname.split('/').at(-1)
  const text = await (await fetch('/v1/broadcasts/' + broadcast + '/recording')).text()
  const began = Date.parse(/DATE-TIME:(.*)/.exec(text)[1])
  return began + 1000 * document.querySelector('video').duration > Date.now() - 15_000
})()`

/**
 * The pages of evidence in a real browser: `npm run browser:evidence`. Opens a bundle's page from
 * disk in both languages, light and dark, wide and narrow, and on paper; plays the clip; checks the
 * bundle in the page as a folder and as a zip, whole and with one bit turned. Fails on any request
 * to the outside, any error in the console, and any text that is cut off. Screenshots go to out/.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { writeBundle } from '../src/archive/bundle.ts'
import { folderPlace, memoryPlace } from '../src/archive/bundle-folder.ts'
import { zip } from '../src/archive/zip.ts'
import { renderBundlePage } from '../src/verifier/bundle-page.ts'
import { renderVerifyPage } from '../src/verifier/verify-page.ts'
import { story } from '../test/archive/bundle-story.ts'
import { buildVerifier } from './build-verifier.ts'
import { openChromium } from './chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = `${root}out/evidence`
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const script = await buildVerifier()
const request = {
  matter: { kind: 'complaint', id: 'complaint-1' },
  marginMs: 5000,
  disclose: 'needed',
  madeAt: Date.UTC(2026, 2, 3),
  version: '0.0.0',
  page: (facts: Parameters<typeof renderBundlePage>[0]) => renderBundlePage(facts, 'en', script),
} as const
for (const video of ['ts', 'fmp4'] as const)
  await writeBundle((await story({ video })).source, request, folderPlace(`${out}/${video}`))
const inMemory = new Map<string, Uint8Array>()
await writeBundle((await story()).source, request, memoryPlace(inMemory))
writeFileSync(`${out}/bundle.zip`, zip('bundle', inMemory))
const changed = Uint8Array.from(inMemory.get('data/events.jsonl')!)
changed[100] = changed[100]! ^ 1
writeFileSync(
  `${out}/changed.zip`,
  zip('bundle', new Map([...inMemory, ['data/events.jsonl', changed]])),
)
writeFileSync(`${out}/verify.html`, renderVerifyPage('en', script))

const browser = await openChromium()
const complaints: string[] = []
const check = (isTrue: boolean, complaint: string) => {
  if (!isTrue) complaints.push(complaint)
}
const watch = (page: Page) => {
  page.on('console', (message) => check(message.type() !== 'error', `console: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('request', (sent) =>
    check(/^(file|data|blob):/.test(sent.url()), `request to ${sent.url()}`),
  )
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1280]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
    const page = await context.newPage()
    watch(page)
    await page.goto(`file://${out}/ts/index.html`)
    for (const [language, word] of [
      ['English', 'It holds'],
      ['中文', '核验通过'],
    ] as const) {
      await page.getByText(language, { exact: true }).first().click()
      const text = await page.locator('body').innerText()
      check(text.includes(word), `${language}: the result is not shown`)
      check(text.includes('全网最低价'), `${language}: the words are not shown`)
      check(!/\{\w+\}/.test(text), `${language}: a value is missing in a sentence`)
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      check(Number(overflow) <= 0, `${language}, ${width} px: ${String(overflow)} px too wide`)
      await page.screenshot({
        path: `${out}/page-${language === 'English' ? 'en' : 'zh'}-${colorScheme}-${width}.png`,
        fullPage: true,
      })
    }
    check((await page.title()).endsWith('· Assay'), 'text from the data became markup')
    await context.close()
  }

const page = await browser.newPage()
watch(page)
for (const video of ['ts', 'fmp4']) {
  await page.goto(`file://${out}/${video}/index.html`)
  await page.waitForFunction('document.querySelector("video").readyState >= 1')
  const seconds = Number(await page.evaluate('document.querySelector("video").duration'))
  check(seconds > 15 && seconds < 20, `${video}: the clip lasts ${seconds} s`)
  await page.locator('button.seek').first().click()
  await page.waitForFunction('document.querySelector("video").currentTime > 5')
}
await page.goto(`file://${out}/ts/index.html`)
await page.pdf({ path: `${out}/page.pdf`, format: 'A4' })

const result = async (name: string): Promise<string> => {
  await page.waitForSelector('#result .verdict')
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: true })
  return page.locator('#result').innerText()
}
for (const place of ['ts/index.html', 'verify.html']) {
  const name = place.replace(/\W/g, '-')
  await page.goto(`file://${out}/${place}`)
  await page.setInputFiles('#folder', `${out}/ts`)
  check((await result(`${name}-folder`)).includes('It holds'), `${place}: a folder does not pass`)
  await page.goto(`file://${out}/${place}`)
  await page.setInputFiles('#zip', `${out}/bundle.zip`)
  check((await result(`${name}-zip`)).includes('It holds'), `${place}: a zip does not pass`)
  await page.goto(`file://${out}/${place}`)
  await page.setInputFiles('#zip', `${out}/changed.zip`)
  const failed = await result(`${name}-changed`)
  check(failed.includes('data/events.jsonl'), `${place}: a turned bit is not named`)
}
await page.setInputFiles('#policy', `${out}/ts/proofs/policy.txt`)
await page.setInputFiles('#zip', `${out}/bundle.zip`)
await page.waitForSelector('#result .passes')
check(
  !(await page.locator('#result').innerText()).includes('which its maker chose'),
  "the verifier's own policy is not used",
)
/** A zip that falls out of the hand onto the page. */
await page.evaluate(`
  const bytes = Uint8Array.from(atob('${readFileSync(`${out}/bundle.zip`).toString('base64')}'), (c) => c.charCodeAt(0))
  const transfer = new DataTransfer()
  transfer.items.add(new File([bytes], 'dropped.zip'))
  document.querySelector('#result').innerHTML = ''
  document.querySelector('#drop').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }))
`)
check((await result('verify-html-dropped')).includes('It holds'), 'a dropped zip does not pass')
await browser.close()

for (const complaint of new Set(complaints)) console.error(complaint)
console.log(
  `evidence in a browser: ${complaints.length === 0 ? 'as it should be' : `${complaints.length} complaints`}; screenshots in out/evidence/`,
)
process.exitCode = complaints.length === 0 ? 0 : 1

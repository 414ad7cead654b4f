/**
 * The report in a real browser: `npm run browser`. Opens the demo's report from disk and walks it in
 * both languages, light and dark, wide and narrow, and on paper. Fails on any request to the
 * outside, any error in the console, and any text that is cut off. Screenshots go to out/.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openChromium } from './chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = `${root}out`
mkdirSync(out, { recursive: true })
execFileSync(process.execPath, [`${root}bin/assay.js`, 'demo', '--html', `${out}/report.html`], {
  stdio: 'ignore',
})

const browser = await openChromium()
const complaints: string[] = []
const check = (isTrue: boolean, complaint: string) => {
  if (!isTrue) complaints.push(complaint)
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1280]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
    const page = await context.newPage()
    page.on('console', (message) => check(message.type() !== 'error', `console: ${message.text()}`))
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
    page.on('request', (request) =>
      check(/^(file|data):/.test(request.url()), `request to ${request.url()}`),
    )
    await page.goto(`file://${out}/report.html`)
    for (const language of ['English', '中文']) {
      await page.getByText(language, { exact: true }).first().click()
      const text = await page.locator('body').innerText()
      check(
        language === 'English' ? text.includes('genuine') : text.includes('真实'),
        `${language}: not shown`,
      )
      check(!/\{\w+\}/.test(text), `${language}: a value is missing in a sentence`)
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      check(
        Number(overflow) <= 0,
        `${language}, ${width} px: the page is ${String(overflow)} px too wide`,
      )
      await page.screenshot({
        path: `${out}/report-${language === 'English' ? 'en' : 'zh'}-${colorScheme}-${width}.png`,
      })
    }
    await context.close()
  }

const page = await browser.newPage()
await page.goto(`file://${out}/report.html`)
await page.pdf({ path: `${out}/report.pdf`, format: 'A4' })
await browser.close()

for (const complaint of new Set(complaints)) console.error(complaint)
console.log(
  `the report in a browser: ${complaints.length === 0 ? 'as it should be' : `${complaints.length} complaints`}; screenshots in out/`,
)
process.exitCode = complaints.length === 0 ? 0 : 1

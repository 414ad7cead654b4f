/**
 * The console in a real browser: `npm run browser:console`, after a build. Starts the service with
 * the sample evening, sees the inflated room rise on the wall, opens it and its finding, imposes a
 * measure and takes it back, plays the recording there and in a bundle, and sees a promise broken, in
 * both languages; light and dark, 360 px to 4k. Fails on any violation of the policy, request to the
 * outside, error, serious complaint of axe, or page too wide. Then the wall with two thousand rooms, by
 * the browser's own tracing, and a finding whose every piece of evidence is proved in the page.
 * Screenshots go to out/console/.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { playBundle, playRecording, seekByMarks } from './browser-console-recording.ts'
import { simulateWhole } from '../src/simulator/simulate.ts'
import { measureComments, measureFirst, measureWall, type Load } from './browser-console-load.ts'
import { openChromium } from './chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'out', 'console')
mkdirSync(out, { recursive: true })
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PORT = Number(process.env['PORT'] ?? 4319)
const origin = `http://127.0.0.1:${PORT}`
const INFLATE_AFTER_SECONDS = 20
/** The room must have risen so long after it is inflated, at the latest. */
const RISEN_MS = 180_000
/** And the promise broken. */
const BROKEN_MS = 120_000

const complaints: string[] = []
const check = (isTrue: boolean, complaint: string): void => {
  if (!isTrue) complaints.push(complaint)
}

const data = mkdtempSync(join(tmpdir(), 'assay-console-'))
const service = spawn(
  process.execPath,
  [
    '--import=tsx',
    'src/cli/main.ts',
    'serve',
    '--sample=1',
    '--log=error',
    `--inflate-after=${INFLATE_AFTER_SECONDS}`,
    `--data=${data}`,
    `--port=${PORT}`,
  ],
  { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
)
let printed = ''
await new Promise<void>((resolve, reject) => {
  service.stdout.on('data', (text: Buffer) => {
    printed += String(text)
    if (printed.includes('regulator@example.test')) resolve()
  })
  service.on('exit', () => reject(new Error('the service stopped')))
})
type Account = { readonly email: string; readonly password: string; readonly role: string }
const accounts = JSON.parse(readFileSync(join(data, 'sample-accounts.json'), 'utf8')) as Account[]

const browser = await openChromium()

const WORDS = {
  en: {
    signIn: 'Sign in',
    play: 'Play the recording',
    impose: 'Impose a measure',
    reasons: 'Reasons',
    done: 'Done and on record',
    doImpose: 'Impose',
    lift: 'Take back',
    confirm: 'Take back with these reasons',
    suspected: 'Suspected',
    limit: 'no recommendation',
    broken: 'broken',
    verified: 'verified',
    language: 'English',
  },
  zh: {
    signIn: '登录',
    play: '播放录像',
    impose: '采取措施',
    reasons: '理由',
    done: '已执行并记录在案',
    doImpose: '执行',
    lift: '解除',
    confirm: '附理由解除',
    suspected: '疑似',
    limit: '限制流量',
    broken: '未兑现',
    verified: '核验',
    language: '中文',
  },
} as const
type Language = keyof typeof WORDS

const watched = async (context: BrowserContext, name: string): Promise<Page> => {
  const page = await context.newPage()
  page.on('console', (message) => {
    // A first visit asks who one is, and is told: nobody.
    if (message.type() === 'error' && !message.text().includes('401'))
      complaints.push(`${name}: console: ${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(`${name}: error: ${error.message}`))
  page.on('request', (request) =>
    check(
      /^(data|blob):/.test(request.url()) || request.url().startsWith(origin),
      `${name}: request to ${request.url()}`,
    ),
  )
  return page
}

const signIn = async (page: Page, role: string, language: Language): Promise<void> => {
  const account = accounts.find((one) => one.role === role)!
  await page.goto(origin)
  await page.getByText(WORDS[language].language, { exact: true }).click()
  await page.locator('input[name=email]').fill(account.email)
  await page.locator('input[name=password]').fill(account.password)
  await page.locator('form button[type=submit]').click()
  await page.locator('.rows').waitFor({ timeout: 60_000 })
}

/** Serious and critical complaints of axe; text cut off at the side. */
const examine = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(300)
  await page.evaluate(AXE)
  const violations = await page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
       violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
         .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ target, failureSummary }) => target.join(' ') + ' ' + (id === 'color-contrast' ? failureSummary.split('\\n')[1] : '')).join(' | ')))`,
  )
  for (const violation of violations) complaints.push(`${name}: axe: ${violation}`)
  const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
  check(overflow <= 0, `${name}: the page is ${overflow} px too wide`)
  check(!/\{\w+\}/.test(await page.locator('body').innerText()), `${name}: a value is missing`)
  await page.screenshot({ path: join(out, `${name}.png`) })
}

type Story = {
  readonly room: string
  readonly cookies: Awaited<ReturnType<BrowserContext['cookies']>>
}

const story = async (language: Language, role: 'adjudicator' | 'inspector'): Promise<Story> => {
  const words = WORDS[language]
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await watched(context, `story ${language}`)
  await signIn(page, role, language)
  // The gravest room comes first: at 20:03 it is the inflated one.
  const first = page.locator('.rows-body .room-row').first()
  await first.locator('.cell-risk b').waitFor({ timeout: RISEN_MS })
  await examine(page, `wall-${language}`)
  await first.locator('.cell-title a').click()
  await page.locator('.findings h3 a').first().waitFor()
  const room = new URL(page.url()).pathname
  await page.locator('.curve canvas').first().waitFor()
  await page.waitForTimeout(2_500)
  await examine(page, `room-${language}`)

  // What the inspector imposed the adjudicator takes back first.
  if (role === 'adjudicator') {
    const imposed = page.locator('.measures > ul > li', { hasText: words.limit })
    await imposed.getByRole('button', { name: words.lift, exact: true }).click()
    await imposed.locator('textarea').fill('已解决')
    await imposed.getByRole('button', { name: words.confirm }).click()
    await imposed
      .waitFor({ state: 'detached', timeout: 60_000 })
      .catch(() => complaints.push(`story ${language}: the measure was not lifted`))
  }
  await page.getByText(words.impose, { exact: true }).click()
  // A measure that the machine has not imposed yet.
  await page.locator('details.act .ant-select').first().click()
  await examine(page, `room-choosing-${language}`)
  await page.getByTitle(words.limit, { exact: true }).click()
  await page.locator('details.act textarea').fill(language === 'en' ? 'Seen on air' : '直播中核实')
  await page.locator('details.act button[type=button]', { hasText: words.doImpose }).click()
  await page.locator('details.act .ant-alert').first().waitFor()
  check(
    (await page.locator('details.act .ant-alert').innerText()).includes(words.done),
    `story ${language}: the measure was not imposed`,
  )
  await examine(page, `room-acted-${language}`)

  await playRecording(page, `room ${language}`, words.play, check)
  await seekByMarks(page, `room ${language}`, check)
  await examine(page, `room-recording-${language}`)

  await page.locator('.findings h3 a').first().click()
  await page.waitForURL(/\/findings\//)
  await page.waitForTimeout(1_500)
  check(
    (await page.locator('main').innerText()).includes(words.suspected),
    `story ${language}: the finding is not shown`,
  )
  await playRecording(page, `finding ${language}`, words.play, check)
  await examine(page, `finding-${language}`)

  // On file without anybody's file: the coupon comes a minute after the evening begins.
  await page.goto(`${origin}/prices`)
  const broken = page.locator('.list > li', { hasText: words.broken })
  await broken.locator('figure.receipt').waitFor({ timeout: BROKEN_MS })
  await examine(page, `prices-${language}`)
  await broken.locator('a').click()
  await page.waitForURL(/\/broadcasts\/[^/]+\?at=/)
  const cookies = await context.cookies()
  await context.close()
  return { room, cookies }
}

/**
 * Bought likes rest on single likes, rows of telemetry: every proof is verified in the page, and the
 * rows are opened.
 */
const checkProofs = async (page: Page): Promise<void> => {
  const { events } = simulateWhole({ scenario: 'bought-likes', seed: 5, viewers: 2_000 })
  const key = /Bearer ([\w-]+)/.exec(printed)?.[1] ?? ''
  const lines = events.map((event) => JSON.stringify({ ...event, source: '/samples/likes' }))
  const answer = await fetch(`${origin}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  })
  check(answer.status === 200, `likes: ${answer.status} ${await answer.text()}`)
  await page.goto(origin)
  type Listed = { id: string; kind: string; evidence: string[] }
  let found: Listed | undefined
  for (let left = 120; left > 0 && found === undefined; left -= 1) {
    const { findings } = await page.evaluate<{ findings: Listed[] }>(
      `fetch('/v1/findings?limit=200').then((answer) => answer.json())`,
    )
    found = findings.find(({ kind }) => kind === 'bought-likes')
    if (found === undefined) await page.waitForTimeout(500)
  }
  if (found === undefined) return check(false, 'the bought likes were not found')
  const { size } = new Set(found.evidence)
  await page.goto(`${origin}/findings/${encodeURIComponent(found.id)}`)
  for (const language of ['en', 'zh'] as const) {
    await page.getByText(WORDS[language].language, { exact: true }).click()
    await page.locator('.proofs .chip').first().waitFor({ timeout: 60_000 })
    const proved = await page.locator('.proofs .chip.is-innocent').count()
    check(proved === size, `proofs ${language}: ${proved} of ${size} were verified`)
    await examine(page, `proofs-${language}`)
  }
  await page.getByRole('button', { name: '查看遥测原文（将被记录）' }).click()
  await page.getByText('本次查看已记录').waitFor()
  const opened = await page.getByText('该行已打开，内容相符。').count()
  check(opened === size, `proofs: ${opened} rows of ${size} were opened`)
  await examine(page, 'proofs-opened')
  console.log(`proofs: ${size} pieces verified in the page, ${opened} rows opened`)
}

try {
  const { room, cookies } = await story('en', 'inspector')
  await story('zh', 'adjudicator')
  const paper = await browser.newPage()
  await playBundle(paper, root, data, room.split('/').at(-1)!, check)
  await paper.screenshot({ path: join(out, 'bundle.png') })
  await paper.close()

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [360, 768, 1440, 3840]) {
      const viewport = { width, height: width === 3840 ? 2160 : 900 }
      const context = await browser.newContext({ colorScheme, viewport, locale: 'zh-CN' })
      const page = await watched(context, `${colorScheme} ${width}`)
      // Signing in again and again is refused: the session is handed on.
      await context.addCookies(cookies)
      for (const [name, path] of [
        ['wall', '/'],
        ['room', room],
      ] as const) {
        await page.goto(`${origin}${path}`)
        await page.locator('.rows, .figures').first().waitFor()
        await page.waitForTimeout(800)
        await examine(page, `${name}-${colorScheme}-${width}`)
      }
      await context.close()
    }

  const fresh = async (name: string) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies(cookies)
    return watched(context, name)
  }
  const first = await measureFirst(await fresh('first page'), origin)
  check(first.scriptBytes < 300_000, `first page: ${first.scriptBytes} bytes of script`)
  console.log(`first page: ${first.ms.toFixed(0)} ms, ${first.scriptBytes} bytes of script`)
  const pattern = await fresh('pattern')
  await pattern.goto(origin)
  const figures = await pattern.evaluate<object>(
    `fetch('/v1/broadcasts').then((answer) => answer.json()).then(({ broadcasts }) => broadcasts[0])`,
  )
  await pattern.close()
  report('wall of 2,000 rooms', await measureWall(await fresh('2,000 rooms'), origin, figures))
  const talk = await fresh('1,000 comments a minute')
  report('1,000 comments a minute', await measureComments(talk, `${origin}${room}`))
  await checkProofs(await fresh('proofs'))
} catch (error) {
  complaints.push(String(error))
} finally {
  await browser.close()
  service.kill('SIGINT')
  await new Promise((resolve) => service.once('exit', resolve))
  rmSync(data, { recursive: true, force: true })
}

for (const complaint of new Set(complaints)) console.error(complaint)
console.log(
  `the console in a browser: ${complaints.length === 0 ? 'as it should be' : `${complaints.length} complaints`}; screenshots in out/console/`,
)
process.exitCode = complaints.length === 0 ? 0 : 1

function report(name: string, { framesPerSecond, lateShare, longestTaskMs }: Load): void {
  console.log(
    `${name}: ${framesPerSecond.toFixed(1)} frames a second, ` +
      `${(100 * lateShare).toFixed(1)} % late, longest task ${longestTaskMs.toFixed(0)} ms`,
  )
}

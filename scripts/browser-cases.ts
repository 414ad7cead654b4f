/**
 * The console's case pages in a real browser: `npm run browser:cases`, after a build. Starts a service,
 * gives it a simulated broadcast with bought views, and walks finding, audit, prices, upload, a table in
 * columns of its own, an appeal, public page, evidence on request and the verifier, in both languages,
 * light and dark, from 360 px to 4k. Fails on a violation of the page's policy, any request to the
 * outside, any error, text that is cut off, and serious findings of axe. Screenshots go to out/cases;
 * they are not committed.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { writeBundle } from '../src/archive/bundle.ts'
import { memoryPlace } from '../src/archive/bundle-folder.ts'
import { zip } from '../src/archive/zip.ts'
import { run } from '../src/service/run.ts'
import { simulateWhole } from '../src/simulator/simulate.ts'
import { story } from '../test/archive/bundle-story.ts'
import { openChromium } from './chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = `${root}out/cases`
const data = mkdtempSync(join(tmpdir(), 'assay-cases-'))
mkdirSync(out, { recursive: true })

const COLOURS = ['light', 'dark'] as const
const PORT = 4_791
const base = `http://127.0.0.1:${PORT}`
const complaints: string[] = []
const check = (isTrue: boolean, complaint: string) => {
  if (!isTrue && !complaints.includes(complaint)) complaints.push(complaint)
}

// A broadcast that is over, so that nothing moves while pictures are taken.
const { events } = simulateWhole({ scenario: 'bought-views', seed: 5, viewers: 3_000 })
const last = Math.max(...events.map(({ time }) => Date.parse(time)))
const shift = Date.now() - 60_000 - last
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/
const later = (text: string) => new Date(Date.parse(text) + shift).toISOString()
const lines = events.map((event) => {
  const moved = Object.entries(event.data).map(([name, value]) => [
    name,
    typeof value === 'string' && INSTANT.test(value) ? later(value) : value,
  ])
  const data: unknown = Object.fromEntries(moved)
  return JSON.stringify({ ...event, source: '/samples/cases', time: later(event.time), data })
})
writeFileSync(`${out}/evening.ndjson`, `${lines.join('\n')}\n`)

/** A shop's own export: columns of its own, yuan signs, two statuses. */
const ORDERS = [
  '子订单编号,选购商品,商品数量,订单应付金额,买家昵称,订单提交时间,订单状态,售后状态,退款完成时间,收货地址',
  ...Array.from({ length: 60 }, (_, i) => {
    const minute = String(i).padStart(2, '0')
    const [status] = [['已完成'], ['已发货'], ['待付款']][i % 3]!
    const [refund, at] = i % 6 === 0 ? ['退款成功', '2026-03-04 10:00:00'] : ['未发起售后', '']
    const row = [
      `6920${i}`,
      '不粘锅 28cm',
      1,
      `¥${99 + i}.90`,
      `用户${i}`,
      `2026-03-01 20:${minute}:00`,
    ]
    return [...row, status, refund, at, `某市某路 ${i} 号`].join(',')
  }),
].join('\n')

const bundled = new Map<string, Uint8Array>()
await writeBundle(
  (await story({ video: 'fmp4' })).source,
  {
    matter: { kind: 'complaint', id: 'complaint-1' },
    marginMs: 5_000,
    disclose: 'needed',
    madeAt: Date.UTC(2026, 2, 3),
    version: '0.0.0',
    page: () => '',
  },
  memoryPlace(bundled),
)
writeFileSync(`${out}/bundle.zip`, zip('bundle', bundled))
const turned = Uint8Array.from(bundled.get('data/events.jsonl')!)
turned[100] = turned[100]! ^ 1
writeFileSync(
  `${out}/turned.zip`,
  zip('bundle', new Map([...bundled, ['data/events.jsonl', turned]])),
)

const service = await run({
  data,
  host: '127.0.0.1',
  port: PORT,
  isBehindProxy: false,
  pack: `${root}policies/cn`,
  version: '0.0.0',
  sample: 1,
  failed: (what, error) => complaints.push(`${what}: ${String(error)}`),
})
const { sampleKey, sampleAccounts } = service
const browser = await openChromium()

const give = async (body: string) => {
  const answer = await fetch(`${base}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sampleKey}`, 'content-type': 'application/x-ndjson' },
    body,
  })
  check(answer.status === 200, `events: ${answer.status} ${await answer.text()}`)
}

const pageFor = async (role: string | null, colorScheme: 'light' | 'dark' = 'light') => {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  page.on('console', (message) =>
    check(
      message.type() !== 'error' || /\b40[14]\b/.test(message.text()),
      `console: ${message.text()}`,
    ),
  )
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('request', (request) =>
    check(
      /^(data|blob):/.test(request.url()) || request.url().startsWith(base),
      `request to ${request.url()}`,
    ),
  )
  if (role === null) return page
  const account = sampleAccounts.find((one) => one.role === role)!
  await page.goto(`${base}/sign-in`)
  await page.fill('input[name=email]', account.email)
  await page.fill('input[name=password]', account.password)
  await page.click('button[type=submit]')
  await page.getByRole('button', { name: /Sign out|退出登录/ }).waitFor()
  return page
}

const speak = (page: Page, language: 'English' | '中文') =>
  page.getByText(language, { exact: true }).first().click()

/** Both languages, three widths; axe once a language. */
const look = async (
  page: Page,
  name: string,
  says: { readonly en: string; readonly zh: string },
) => {
  for (const language of ['English', '中文'] as const) {
    await speak(page, language)
    const text = says[language === 'English' ? 'en' : 'zh']
    await page.getByText(text).first().waitFor({ timeout: 60_000 })
    check(!/\{\w+\}/.test(await page.locator('main').innerText()), `${name}: a value is missing`)
    for (const width of [360, 1280, 3840]) {
      await page.setViewportSize({ width, height: 900 })
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      check(
        Number(overflow) <= 0,
        `${name}, ${language}, ${width} px: ${String(overflow)} px too wide`,
      )
      if (width < 3840)
        await page.screenshot({
          path: `${out}/${name}-${language === 'English' ? 'en' : 'zh'}-${width}.png`,
          fullPage: true,
        })
    }
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.evaluate(axe.source)
    const found = await page.evaluate<axe.AxeResults>('axe.run()')
    for (const { id, impact, nodes } of found.violations)
      check(
        impact !== 'serious' && impact !== 'critical',
        `${name}: axe ${id} at ${nodes[0]?.target.join(' ')}`,
      )
  }
  await speak(page, 'English')
}

try {
  const half = Math.floor(lines.length / 2)
  await give(lines.slice(0, half).join('\n'))
  await give(lines.slice(half).join('\n'))
  const consumer = sampleAccounts.find(({ role }) => role === 'consumer')!.party
  const order = events.find(({ type }) => type === 'live.order.placed')!
  const mine = { ...JSON.parse(lines[events.indexOf(order)]!), id: 'order-of-mine' } as {
    data: Record<string, unknown>
  }
  mine.data = { ...mine.data, order: 'order-of-mine', buyer: consumer }
  await give(JSON.stringify(mine))

  for (const colours of COLOURS) {
    const page = await pageFor('inspector', colours)
    const ask = <T>(path: string) =>
      page.evaluate((at) => fetch(at).then((answer) => answer.json()), path) as Promise<T>
    type Listed = { findings: { id: string; kind: string; broadcast: string }[] }
    let finding: Listed['findings'][number] | undefined
    for (let turn = 0; turn < 60 && finding === undefined; turn += 1) {
      const { findings } = await ask<Listed>('/v1/findings')
      finding = findings.find(({ kind }) => kind === 'bought-viewers')
      if (finding === undefined) await page.waitForTimeout(500)
    }
    if (finding === undefined) throw new Error('the bought views were not found')
    const { broadcast } = finding
    await page.goto(`${base}/findings/${encodeURIComponent(finding.id)}`)
    await look(page, `finding-${colours}`, {
      en: 'The explanations, weighed',
      zh: '各种解释的权衡',
    })
    await page.getByRole('button', { name: 'Show the accounts (recorded)' }).click()
    await page.getByText('Your reading was recorded.').waitFor()
    await page.screenshot({ path: `${out}/accounts-${colours}.png`, fullPage: true })

    await page.goto(`${base}/audits/${broadcast}`)
    await page.getByLabel(/Slot fee paid/).fill('100000')
    await look(page, `audit-${colours}`, { en: 'for each order that was kept', zh: '每笔留存订单' })

    await page.goto(`${base}/broadcasts/${broadcast}/prices`)
    await page.locator('input[type=file]').setInputFiles(`${root}examples/shop.ndjson`)
    await page.getByLabel('Name of the coupon').fill('anniversary')
    await page.getByLabel('From a sum of').fill('2000')
    await page.getByLabel('Takes off').fill('1000')
    await page.getByLabel('From', { exact: true }).fill('2020-11-01T20:00')
    await page.getByLabel('Until').fill('2020-11-02T00:00')
    await look(page, `prices-${colours}`, {
      en: 'The smallest changes that avoid it',
      zh: '可避免违背的最小改动',
    })

    await page.goto(`${base}/upload`)
    await page.locator('input[type=file]').setInputFiles(`${out}/evening.ndjson`)
    await page.locator('table.tell').first().waitFor({ timeout: 60_000 })
    await look(page, `upload-${colours}`, { en: 'Your files', zh: '我的文件' })

    await page.goto(`${base}/upload`)
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: `orders-${colours}.csv`,
        mimeType: 'text/csv',
        buffer: Buffer.from(ORDERS),
      })
    await page.getByLabel('Name of the shop').fill('shop-a')
    await look(page, `columns-${colours}`, {
      en: 'What do the columns mean?',
      zh: '各列分别是什么？',
    })
    await page.getByRole('button', { name: 'Audit with these columns' }).click()
    await page.getByText('shop-a', { exact: true }).waitFor()
    check(
      (await page.getByText('What do the columns mean?').count()) === 0,
      'a table is asked twice',
    )
    await page.screenshot({ path: `${out}/orders-${colours}.png`, fullPage: true })

    await page.goto(`${base}/verify`)
    await page.locator('input[type=file]').first().setInputFiles(`${out}/bundle.zip`)
    await look(page, `verify-${colours}`, { en: 'What was found to hold', zh: '核验成立的内容' })
    const seconds = await page.evaluate(
      `new Promise((take) => { const v = document.querySelector('video'); v.readyState > 0 ? take(v.duration) : v.addEventListener('loadedmetadata', () => take(v.duration)); setTimeout(() => take(0), 5000) })`,
    )
    check(Number(seconds) > 0, 'the clip cannot be played')
    await page.locator('input[type=file]').first().setInputFiles(`${out}/turned.zip`)
    await page.locator('.verdict-fails').waitFor()
    check((await page.locator('video').count()) === 0, 'the clip of a bundle that fails is shown')
    await page.screenshot({ path: `${out}/turned-${colours}.png`, fullPage: true })
    await page.context().close()
  }

  // Of a broadcast of theirs: whoever handed it in let them sell in it.
  const { party } = sampleAccounts.find(({ role }) => role === 'merchant')!
  const theirs = { ...mine, id: 'order-of-theirs' }
  theirs.data = { ...mine.data, order: 'order-of-theirs', merchant: party }
  await give(JSON.stringify(theirs))
  const merchant = await pageFor('merchant')
  await merchant.goto(`${base}/broadcasts/${order.subject}`)
  await merchant.getByRole('button', { name: 'Appeal', exact: true }).first().click()
  await merchant.getByLabel('Why the measure is wrong').fill('The evening was on the front page.')
  await look(merchant, 'appeal', { en: 'Lodge the appeal', zh: '提交申诉' })
  await merchant.getByRole('button', { name: 'Lodge the appeal' }).click()
  await merchant.getByText('Your appeal is on record.').waitFor()
  const judge = await pageFor('adjudicator')
  await judge.goto(`${base}/appeals`)
  await judge.getByLabel('reverse it: the measure is taken back').check()
  await judge.getByLabel('Reasons (shown to whoever appealed)').fill('The push is on record.')
  await look(judge, 'appeals', { en: 'Grounds of the appeal', zh: '申诉理由' })
  // By keyboard, as everything.
  await judge.getByRole('button', { name: 'Decide' }).focus()
  await judge.keyboard.press('Enter')
  await look(judge, 'appeal-decided', { en: 'measure reversed', zh: '决定撤销' })
  await merchant.goto(`${base}/appeals`)
  await look(merchant, 'appeal-answered', { en: 'taken back', zh: '解除' })

  const anybody = await pageFor(null)
  await anybody.goto(
    `${base}/rooms/${String(events.find(({ type }) => type === 'live.broadcast.started')!.data['room'])}`,
  )
  await look(anybody, 'public', { en: 'Who actually sells', zh: '实际销售者' })

  const buyer = await pageFor('consumer')
  await buyer.goto(`${base}/evidence`)
  await buyer.getByLabel(/Its number/).fill('nobody-s')
  await buyer.locator('main button[type=submit]').click()
  await buyer.getByText('Check the number').waitFor()
  await buyer.getByLabel(/Its number/).fill('order-of-mine')
  await buyer.locator('main button[type=submit]').click()
  await look(buyer, 'evidence', { en: 'Your request is on file', zh: '申请已登记' })
} catch (error) {
  complaints.push(String(error))
  for (const context of browser.contexts())
    for (const page of context.pages()) await page.screenshot({ path: `${out}/failed.png` })
} finally {
  await browser.close()
  await service.close()
  rmSync(data, { recursive: true, force: true })
}
for (const complaint of complaints) process.stdout.write(`${complaint}\n`)
process.stdout.write(
  complaints.length === 0 ? 'All case pages hold.\n' : `${complaints.length} complaints\n`,
)
process.exitCode = complaints.length === 0 ? 0 : 1

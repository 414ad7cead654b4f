/** What the service answers the console's pages, by path: a whole story, small, in neutral names. */
import { evidenceOf, OPENED, SIZE } from '../ledger/proved-evidence.ts'

const AT = '2026-03-01T12:00:00.000Z'
const sentence = { en: 'A sentence in English', zh: '一句中文' }
const interval = { estimate: 90, low: 80, high: 100 }
const figure = { displayed: 1000, observed: 120, genuine: interval, water: 0.91 }
const sales = { ...figure, filtered: 110, net: 50 }

export const FINDING = {
  id: 'bought-viewers:broadcast-a:room-a',
  finding: 'bought-viewers:broadcast-a:room-a',
  kind: 'bought-viewers',
  broadcast: 'broadcast-a',
  subject: 'room-a',
  hypotheses: [
    { name: 'bought-traffic', weightBans: 4.2 },
    { name: 'ordinary-audience', weightBans: 0 },
    { name: 'shared-network', weightBans: -1.5 },
  ],
  verdict: 'supported',
  weightBans: 4.2,
  strength: 'very-strong',
  families: ['network', 'behaviour'],
  summary: sentence,
  reasons: [
    {
      family: 'network',
      text: sentence,
      observed: 800,
      expected: { 'bought-traffic': 700, 'ordinary-audience': 40 },
      weightBans: 2.1,
    },
    {
      family: 'behaviour',
      text: sentence,
      observed: 'in lockstep',
      expected: { 'ordinary-audience': 'apart' },
      weightBans: 2.1,
    },
  ],
  provisions: [
    { id: 'M26-12', title: sentence, reading: 'verified', status: 'in-force' },
    { id: 'D20-5', title: sentence, reading: 'unverified', status: 'draft' },
  ],
  evidence: ['event-1', 'event-2'],
  from: AT,
  until: '2026-03-01T12:10:00.000Z',
  raisedAt: AT,
  withdrawnAt: null,
}

const measure = {
  measure: 'measure-1',
  broadcast: 'broadcast-a',
  name: 'mark',
  step: 'L1',
  of: 'viewers',
  finding: FINDING.id,
  kind: 'bought-viewers',
  facts: sentence,
  reasons: sentence,
  basis: ['M26-12'],
  appealTo: 'appeals desk',
  automatic: true,
  imposedBy: null,
  imposedAt: AT,
  liftedAt: null,
  liftedBy: null,
  signed: 'note',
  appeal: null,
}

export const APPEAL = {
  number: 1,
  appeal: 'appeal-1',
  broadcast: 'broadcast-a',
  restriction: 'measure-1',
  grounds: 'The evening was on the front page',
  party: 'merchant-a',
  lodgedBy: 'person-9',
  lodgedAt: AT,
  outcome: null,
  reasons: null,
  decidedAt: null,
  decidedBy: null,
  measure: {
    ...measure,
    appeal: { appeal: 'appeal-1', lodgedAt: AT, decidedAt: null, outcome: null },
  },
}

const series = {
  at: [Date.parse(AT), Date.parse(AT) + 60_000, Date.parse(AT) + 120_000],
  values: { displayed: [10, 500, 1000], observed: [10, 60, 120], genuine: [10, null, 90] },
}

export const BROADCAST = {
  broadcast: 'broadcast-a',
  room: 'room-a',
  operator: 'operator-a',
  title: 'Evening',
  currency: 'CNY',
  startedAt: AT,
  endedAt: AT,
  judgedAt: AT,
  vantage: 'telemetry',
  figures: {
    viewers: figure,
    views: figure,
    concurrent: figure,
    likes: figure,
    comments: figure,
    orders: sales,
    sales: { ...sales, observed: 1_200_000, filtered: 1_100_000, net: 500_000 },
  },
  counters: { viewers: { value: 90, isVerified: true }, likes: { value: null, isVerified: false } },
  risk: 4.2,
  keyTriggers: ['large-audience'],
  measures: ['mark:viewers'],
  findings: [FINDING],
  standing: [measure],
  series: { audience: series, arrivals: series, likes: series, comments: series, orders: series },
  dwell: [],
  contents: { 'live.viewer.joined': 120 },
}

const receipt = {
  product: 'product-a',
  at: AT,
  channel: 'store',
  unitPrice: 53_940,
  lines: [
    { product: 'product-a', quantity: 1, unitPrice: 89_900, amount: 89_900, discount: 35_960 },
  ],
  coupons: [{ coupon: 'coupon-a', discount: 35_960 }],
  gross: 89_900,
  total: 53_940,
  order: null,
}

export const PREFLIGHT = {
  currency: 'CNY',
  refused: [sentence],
  refusedCount: 1,
  promises: [
    {
      promise: 'promise-a',
      kind: 'lowest-price',
      product: 'product-a',
      text: 'the lowest price',
      outcome: 'broken',
      missing: sentence,
      responsible: 'coupon-a',
      owedOrders: 2,
      owed: 71_920,
      receipt,
      complete: false,
    },
  ],
  products: [{ product: 'product-a', title: 'Jacket' }],
  coupon: null,
}

const audit = {
  audit: 'audit-1',
  name: 'evening.ndjson',
  bytes: 1000,
  state: 'done',
  share: 1,
  takenAt: AT,
  failure: sentence,
  columns: null,
}
const table = {
  ...audit,
  audit: 'audit-2',
  name: 'orders.csv',
  state: 'unmapped',
  columns: [
    { name: '订单号', values: ['6920'], isAll: false },
    { name: '订单状态', values: ['已完成', '待付款'], isAll: true },
  ],
}

export const EVIDENCE = { ...evidenceOf(), count: 2, size: SIZE, isCut: false }

/** By path, the first that fits; `*` stands for anything. */
export const ANSWERS: Readonly<Record<string, unknown>> = {
  '/v1/me': { id: 'person-1', role: 'inspector', party: null },
  '/v1/broadcasts': { broadcasts: [BROADCAST] },
  '/v1/broadcasts/broadcast-a': BROADCAST,
  '/v1/promises': {
    platforms: ['/platforms/a'],
    promises: [
      {
        ...PREFLIGHT.promises[0],
        number: 1,
        platform: '/platforms/a',
        currency: 'CNY',
        merchant: 'merchant-a',
        broadcast: 'broadcast-a',
        madeAt: AT,
      },
    ],
    complete: false,
  },
  '/v1/broadcasts/broadcast-a/suspects': {
    suspects: { account: { count: 2, first: [{ id: 'viewer-1', probability: 0.9 }] } },
  },
  '/v1/findings/*/evidence': EVIDENCE,
  '/v1/findings/*/evidence/rows': {
    rows: [...OPENED].map(([name, salted]) => ({ name, salted })),
  },
  '/v1/findings/*': FINDING,
  '/v1/notes': { notes: [] },
  '/v1/measures': { measures: [measure] },
  '/v1/appeals': {
    appeals: [
      APPEAL,
      {
        ...APPEAL,
        number: 2,
        appeal: 'appeal-2',
        outcome: 'upheld',
        reasons: { en: 'It was not', zh: '并未上首页推荐' },
        decidedAt: AT,
        decidedBy: 'person-2',
      },
    ],
  },
  '/v1/embed/room-a': {
    room: 'room-a',
    broadcast: 'broadcast-a',
    counters: BROADCAST.counters,
    notice: sentence,
    sellers: ['merchant-a'],
    promises: [{ product: 'product-a', kind: 'gift', text: 'a present' }],
    evidenceUri: '/evidence',
  },
  '/v1/evidence-requests': {
    requests: [
      {
        number: 1,
        request: 'request-1',
        kind: 'order',
        matter: 'order-1',
        about: 'who sold it',
        askedAt: AT,
        dueAt: AT,
        facts: {
          broadcast: 'broadcast-a',
          room: 'room-a',
          operator: 'operator-a',
          title: 'Evening',
          startedAt: AT,
          endedAt: AT,
          hosts: ['host-a'],
          merchants: ['merchant-a'],
          sellers: ['merchant-a'],
          promises: [{ product: 'product-a', kind: 'gift', text: 'a present' }],
          measures: [{ name: 'mark', facts: sentence, imposedAt: AT, liftedAt: null }],
        },
        answeredAt: AT,
        answer: { text: sentence, evidence: 'https://bundles.example/1.zip' },
      },
    ],
  },
  '/v1/audits': { audits: [audit, table] },
  '/v1/audits/audit-1/report': {
    assay: 'test',
    policy: { id: 'cn', at: null },
    inputs: [],
    broadcasts: [{ ...BROADCAST, market: [], refused: [], suspects: {} }],
    merchants: [
      {
        merchant: 'merchant-a',
        concentration: { brushing: false, rate: 1, from: null, until: null, suspects: [] },
        figures: {
          orders: 1323,
          sales: 1,
          refundedOrders: 1012,
          netOrders: 311,
          netSales: 100,
          refundRateBps: 7649,
          slotFee: 10_000_000,
          feePerKeptOrder: 32_154,
          feeOfNetSalesBps: null,
        },
        findings: [],
      },
    ],
    findings: [],
  },
  '/v1/prices/preflight': PREFLIGHT,
}

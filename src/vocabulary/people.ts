/**
 * People, rules and cases: written by the system itself in the same envelope ("People, rules,
 * cases" of the vocabulary). Where one row names several events, all carry the row's fields; where
 * a row splits its fields, the later events keep the case's id so that they can be told apart.
 */
import { anywhere } from './definition.ts'
import { finding, findingExample } from './finding-schema.ts'
import { bool, id, list, money, object, oneOf, text, time } from './fields.ts'

/** The ladder of measures, lightest first: obligations table §8.1. */
export const STEPS = ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L8', 'L9'] as const

const account = {
  ledger: 'material',
  personal: ['account', 'identity', 'bornOn'],
  data: object({
    account: id,
    roles: list(id),
    identity: id,
    bornOn: id.optional(),
    verifiedAt: time,
    method: text,
  }),
  example: {
    account: 'host-a',
    roles: ['host'],
    identity: 'digest-1',
    verifiedAt: '2026-02-01T10:00:00.000+08:00',
    method: 'identity card and face',
  },
} as const

const restriction = {
  ledger: 'material',
  personal: ['target', 'facts', 'reasons', 'decidedBy', 'finding'],
  data: object({
    restriction: id,
    target: id,
    /** What is done, where the name of the step alone does not say it: `verified-counter`, `mark` … */
    measure: id.optional(),
    /** The figure replaced or the function limited. */
    of: id.optional(),
    /** Id of the finding it rests on. */
    finding: text.optional(),
    step: oneOf(STEPS),
    basis: list(id),
    facts: text,
    reasons: text,
    from: time,
    until: time.optional(),
    appealTo: text,
    automatic: bool,
    decidedBy: list(id),
  }),
  example: {
    restriction: 'restriction-1',
    target: 'room-1',
    step: 'L2',
    basis: ['M21-18-4'],
    facts: 'The page showed 31,000 viewers; 4,200 visits were recorded.',
    reasons: 'Displayed figures exceed what the events can bear.',
    from: '2026-03-01T21:00:00.000+08:00',
    appealTo: 'appeals desk',
    automatic: true,
    decidedBy: ['system'],
  },
} as const

const hold = {
  ledger: 'material',
  personal: ['scope'],
  data: object({ hold: id, matter: id, scope: text }),
  example: { hold: 'hold-1', matter: 'complaint-1', scope: 'replay of broadcast-1' },
} as const

const raised = {
  ledger: 'material',
  // The id ends with the subject, and sentences name whom they speak of.
  personal: ['finding', 'subject', 'summary', 'reasons.text', 'evidence'],
  data: finding,
  example: findingExample,
} as const

export const people = {
  'live.account.registered': anywhere({
    says: { en: 'An account is opened', zh: '账号注册' },
    ...account,
  }),
  'live.account.verified': anywhere({
    says: { en: 'The person behind an account is verified', zh: '账号完成实名认证' },
    ...account,
  }),
  'live.account.closed': anywhere({
    says: { en: 'An account is closed', zh: '账号关闭' },
    ...account,
  }),
  'live.consent.given': anywhere({
    says: { en: 'A guardian consents to a minor going on air', zh: '监护人同意未成年人开播' },
    ledger: 'material',
    personal: ['account', 'guardian'],
    data: object({ account: id, guardian: id, document: id }),
    example: { account: 'host-b', guardian: 'digest-2', document: 'document-1' },
  }),
  'live.document.filed': anywhere({
    says: {
      en: 'A document is filed for an account or a product',
      zh: '为账号或商品提交资质文件',
    },
    ledger: 'material',
    personal: ['account'],
    data: object({
      account: id.optional(),
      product: id.optional(),
      kind: text,
      validUntil: time,
    })
      .refine((filed) => filed.account !== undefined || filed.product !== undefined, {
        path: ['account'],
        error: 'account or product',
      })
      .meta({ anyOf: [{ required: ['account'] }, { required: ['product'] }] }),
    example: {
      product: 'product-1',
      kind: 'test report',
      validUntil: '2027-01-01T00:00:00.000+08:00',
    },
  }),
  'live.finding.raised': anywhere({
    says: { en: 'A finding is raised', zh: '提出一项发现' },
    ...raised,
  }),
  'live.finding.withdrawn': anywhere({
    says: { en: 'A finding is withdrawn', zh: '撤回一项发现' },
    ...raised,
  }),
  'live.restriction.imposed': anywhere({
    says: {
      en: 'A measure is imposed, with facts, reasons and basis',
      zh: '作出限制措施，并说明事实、理由和依据',
    },
    ...restriction,
  }),
  'live.restriction.lifted': anywhere({
    says: { en: 'A measure is lifted', zh: '解除限制措施' },
    ...restriction,
  }),
  'live.appeal.lodged': anywhere({
    says: { en: 'A restriction is appealed', zh: '对限制措施提出申诉' },
    ledger: 'material',
    personal: ['grounds', 'party', 'lodgedBy'],
    data: object({
      appeal: id,
      restriction: id,
      grounds: text,
      /** For whom: the merchant whose broadcast it is. */
      party: id.optional(),
      /** The account that wrote it. */
      lodgedBy: id.optional(),
    }),
    example: { appeal: 'appeal-1', restriction: 'restriction-1', grounds: 'home-page push' },
  }),
  'live.appeal.decided': anywhere({
    says: { en: 'An appeal is decided', zh: '申诉作出决定' },
    ledger: 'material',
    personal: ['reasons', 'decidedBy'],
    data: object({
      appeal: id,
      restriction: id.optional(),
      outcome: oneOf(['upheld', 'reversed', 'varied']),
      reasons: text,
      decidedBy: list(id).optional(),
    }),
    example: { appeal: 'appeal-1', outcome: 'reversed', reasons: 'The push is on record.' },
  }),
  'live.complaint.lodged': anywhere({
    says: { en: 'A consumer complains', zh: '消费者投诉' },
    ledger: 'material',
    personal: ['consumer', 'text'],
    data: object({
      complaint: id,
      consumer: id,
      against: id,
      order: id.optional(),
      product: id.optional(),
      kind: text,
      text,
      amount: money.optional(),
    }),
    example: {
      complaint: 'complaint-1',
      consumer: 'viewer-1',
      against: 'merchant-a',
      order: 'order-1',
      kind: 'price-protection',
      text: '第二天就降价了',
      amount: 3000,
    },
  }),
  'live.complaint.answered': anywhere({
    says: { en: 'A complaint is answered, or handed over', zh: '投诉得到答复或移交' },
    ledger: 'material',
    personal: ['by', 'text'],
    data: object({ complaint: id, by: id, text, handsOverTo: id.optional() }),
    example: { complaint: 'complaint-1', by: 'merchant-a', text: '已退差价' },
  }),
  'live.complaint.closed': anywhere({
    says: { en: 'A complaint is closed', zh: '投诉结案' },
    ledger: 'material',
    personal: ['outcome'],
    data: object({ complaint: id, outcome: text, confirmedByConsumer: bool }),
    example: { complaint: 'complaint-1', outcome: 'refunded', confirmedByConsumer: true },
  }),
  'live.hold.placed': anywhere({
    says: { en: 'Evidence is put under hold', zh: '证据被保全' },
    ...hold,
  }),
  'live.hold.released': anywhere({
    says: { en: 'A hold is released', zh: '解除证据保全' },
    ...hold,
  }),
  'live.disclosure.read': anywhere({
    says: {
      en: 'Somebody read personal data, by which route and of what',
      zh: '有人查阅个人信息，记录其途径与对象',
    },
    ledger: 'material',
    personal: ['reader', 'object', 'of'],
    data: object({
      read: id,
      reader: id,
      role: text,
      route: text,
      object: text,
      of: id.optional(),
    }),
    example: {
      read: 'read-1',
      reader: 'person-1',
      role: 'inspector',
      route: 'GET /v1/broadcasts/:broadcast/suspects',
      object: 'broadcast-1',
    },
  }),
  'live.evidence.erased': anywhere({
    says: { en: 'Evidence is erased on a stated ground', zh: '依据所述理由删除证据' },
    ledger: 'material',
    personal: ['by'],
    data: object({ range: text, ground: text, by: id }),
    example: { range: 'broadcast-1, leaves 0 to 99', ground: 'retention ended', by: 'system' },
  }),
} as const

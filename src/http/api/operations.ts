/**
 * What the OpenAPI document says of each route beyond its rule (access/rules.ts): one entry a rule,
 * which a test sees to. Sentences stand in both languages, English first.
 */
import { z } from 'zod'
import type { Sentence } from '../../language/sentence.ts'
import { acceptance, newIngestKey, newInvitation, rotation } from '../access/routes.ts'
import {
  appeal,
  auditView,
  embed,
  ingestAnswer,
  measure,
  openedRows,
  preflightAnswer,
  promisesOnFile,
  provedEvidence,
} from '../contract.ts'
import { mappingFile } from '../../importers/mapping.ts'
import { TYPES } from '../ingest-body.ts'
import { MOST_PER_PAGE } from '../page.ts'
import type { ProblemCode } from '../problem.ts'
import { evidenceAnswer, evidenceRequest, newEvidenceRequest } from '../routes/evidence-requests.ts'
import { erasure, newErasure } from '../routes/erasures.ts'
import { appealView, newAppeal, verdict } from '../routes/appeals.ts'
import { imposing } from '../routes/broadcasts.ts'
import { lifting } from '../routes/findings.ts'
import { preflightQuestion } from '../routes/prices.ts'
import { MAX_DURATION_MS } from '../routes/recordings.ts'
import { delivery, newWebhook, secretRotation, webhook, webhookSecret } from '../routes/webhooks.ts'
import * as answer from './answers.ts'

export type Answer = {
  readonly status: number
  /** Absent where there is no body. */
  readonly type?: string
  /** Absent where the body is no JSON. */
  readonly schema?: z.ZodType
}

export type Operation = {
  readonly tag: Tag
  readonly says: Sentence
  readonly query?: Readonly<Record<string, z.ZodType>>
  readonly headers?: Readonly<Record<string, z.ZodType>>
  readonly body?: { readonly types: readonly string[]; readonly schema: z.ZodType }
  readonly answers: readonly Answer[]
  /** Besides those that the rule brings with it. */
  readonly problems?: readonly ProblemCode[]
  /** Codes of the auth library come through as they are. */
  readonly hasForeignCodes?: true
}

export const TAGS = {
  in: { en: 'Events in', zh: '事件接入' },
  out: { en: 'Figures, findings, measures', zh: '数据、发现与措施' },
  appeals: { en: 'Appeals against measures', zh: '对措施的申诉' },
  embed: { en: 'For players', zh: '播放器嵌入' },
  prices: { en: 'Promises and coupons', zh: '价格承诺与优惠券' },
  audits: { en: 'Audits of files', zh: '文件审计' },
  evidence: { en: 'Evidence on request', zh: '证据申请' },
  webhooks: { en: 'Webhooks', zh: 'Webhook 推送' },
  access: { en: 'Access', zh: '登录与权限' },
  service: { en: 'The service itself', zh: '服务自身' },
} as const satisfies Readonly<Record<string, Sentence>>
type Tag = keyof typeof TAGS

const limit = z.int().min(1).max(MOST_PER_PAGE)
const before = z.int().min(1).meta({ description: 'the least number of the page before' })
const broadcast = z.string().min(1).max(128)
const PAGE = { limit, before }
const TOPICS = {
  topics: z
    .string()
    .meta({ description: 'some of figures,finding,measure,note,room; all where absent' }),
}

const JSON_TYPE = 'application/json'
const json = (schema: z.ZodType, status = 200): Answer => ({ status, type: JSON_TYPE, schema })
const text = (type: string): readonly Answer[] => [{ status: 200, type }, { status: 304 }]
const stream: readonly Answer[] = [{ status: 200, type: 'text/event-stream' }]
const NOTHING: readonly Answer[] = [{ status: 204 }]
const DIGEST = {
  'content-digest': z
    .string()
    .meta({ description: 'RFC 9530, sha-256: bytes that are not these are refused' })
    .optional(),
}
const RECORDED = { types: ['application/octet-stream'], schema: z.string() }
const PUSH_PROBLEMS = [
  'bad-request',
  'wrong-digest',
  'too-large',
  'timeout',
  'busy',
  'not-durable',
] as const satisfies readonly ProblemCode[]
const body = (schema: z.ZodType) => ({ types: [JSON_TYPE], schema })

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /health': {
    tag: 'service',
    says: { en: 'Is the process alive', zh: '进程是否存活' },
    answers: [json(answer.status)],
  },
  'GET /ready': {
    tag: 'service',
    says: { en: 'May traffic be sent here', zh: '是否可接收流量' },
    answers: [json(answer.status)],
    problems: ['not-ready'],
  },
  'GET /metrics': {
    tag: 'service',
    says: { en: 'Metrics for Prometheus', zh: 'Prometheus 指标' },
    answers: [{ status: 200, type: 'text/plain' }],
  },
  'GET /docs': {
    tag: 'service',
    says: { en: 'These documents as a page', zh: '接口文档页面' },
    answers: text('text/html'),
  },
  'GET /docs/page.js': {
    tag: 'service',
    says: { en: 'The script of that page', zh: '文档页面脚本' },
    answers: text('text/javascript'),
  },
  'GET /docs/page.css': {
    tag: 'service',
    says: { en: 'The style of that page', zh: '文档页面样式' },
    answers: text('text/css'),
  },
  'GET /openapi.json': {
    tag: 'service',
    says: { en: 'This document', zh: '本文档' },
    answers: text(JSON_TYPE),
  },
  'GET /asyncapi.json': {
    tag: 'service',
    says: {
      en: 'Streams, sockets and webhooks as AsyncAPI',
      zh: '流、套接字与 Webhook 的 AsyncAPI 文档',
    },
    answers: text(JSON_TYPE),
  },

  'GET /embed.js': {
    tag: 'embed',
    says: { en: 'The script that a player embeds', zh: '播放器嵌入脚本' },
    answers: text('text/javascript'),
  },
  'GET /v1/embed/:room': {
    tag: 'embed',
    says: { en: 'What the public is shown of a room', zh: '向公众展示的直播间信息' },
    answers: [json(embed)],
    problems: ['not-found'],
  },
  'GET /v1/embed/:room/stream': {
    tag: 'embed',
    says: { en: 'The same, as it changes', zh: '上述信息的实时更新' },
    answers: stream,
    problems: ['not-found', 'busy', 'bad-request'],
  },

  'POST /v1/events': {
    tag: 'in',
    says: {
      en: 'Hand in events; answered when they are durable. What is refused is refused alone',
      zh: '提交事件，持久保存后应答；不合格的事件单独拒收',
    },
    body: {
      types: TYPES,
      schema: z
        .array(z.looseObject({}))
        .meta({ description: 'CloudEvents: schemas/event.schema.json. NDJSON: one a line' }),
    },
    answers: [json(ingestAnswer)],
    problems: [
      'bad-request',
      'not-json',
      'wrong-type',
      'wrong-encoding',
      'broken-archive',
      'too-large',
      'timeout',
      'busy',
      'not-durable',
      'not-ready',
    ],
  },
  'GET /v1/events/socket': {
    tag: 'in',
    says: {
      en: 'Hand in events by WebSocket (AsyncAPI)',
      zh: '通过 WebSocket 提交事件（见 AsyncAPI）',
    },
    answers: [{ status: 101 }],
    problems: ['upgrade-needed'],
  },

  'GET /v1/broadcasts': {
    tag: 'out',
    says: {
      en: 'Broadcasts with their figures, the gravest first',
      zh: '直播场次及其数据，按严重程度排序',
    },
    answers: [json(answer.broadcastList)],
  },
  'GET /v1/broadcasts/:broadcast': {
    tag: 'out',
    says: { en: 'Everything of one broadcast', zh: '单场直播的全部信息' },
    answers: [json(answer.broadcastWhole)],
    problems: ['not-found'],
  },
  'GET /v1/broadcasts/:broadcast/figures': {
    tag: 'out',
    says: { en: 'Its figures: displayed, observed, genuine', zh: '展示值、观测值与真实值' },
    answers: [json(answer.shownFigures)],
    problems: ['not-found'],
  },
  'GET /v1/broadcasts/:broadcast/findings': {
    tag: 'out',
    says: { en: 'Its findings', zh: '该场直播的发现' },
    answers: [json(answer.broadcastFindings)],
  },
  'GET /v1/broadcasts/:broadcast/measures': {
    tag: 'out',
    says: { en: 'Its measures with their statements of reasons', zh: '该场直播的措施及理由说明' },
    answers: [json(answer.broadcastMeasures)],
  },
  'GET /v1/broadcasts/:broadcast/stream': {
    tag: 'out',
    says: { en: 'One broadcast, as it happens', zh: '单场直播的实时更新' },
    query: TOPICS,
    answers: stream,
    problems: ['bad-request', 'busy'],
  },
  'GET /v1/broadcasts/:broadcast/suspects': {
    tag: 'out',
    says: {
      en: 'Who is suspected; the read goes on record before it is answered',
      zh: '可疑账号名单；查阅行为先记录后应答',
    },
    answers: [json(answer.suspects)],
    problems: ['not-found'],
  },
  'GET /v1/stream': {
    tag: 'out',
    says: { en: 'Every broadcast, as it happens', zh: '全部直播的实时更新' },
    query: TOPICS,
    answers: stream,
    problems: ['bad-request', 'busy'],
  },
  'GET /v1/socket': {
    tag: 'out',
    says: { en: 'The same by WebSocket (AsyncAPI)', zh: '通过 WebSocket 接收（见 AsyncAPI）' },
    query: TOPICS,
    answers: [{ status: 101 }],
    problems: ['bad-request', 'upgrade-needed'],
  },
  'GET /v1/findings': {
    tag: 'out',
    says: { en: 'Findings, newest first', zh: '发现列表，最新在前' },
    query: { ...PAGE, broadcast },
    answers: [json(answer.findingList)],
    problems: ['bad-request'],
  },
  'GET /v1/findings/:finding': {
    tag: 'out',
    says: { en: 'One finding', zh: '单项发现' },
    answers: [json(answer.findingRow)],
    problems: ['not-found'],
  },
  'GET /v1/findings/:finding/evidence': {
    tag: 'out',
    says: {
      en: 'Where each piece of its evidence lies in the log, with a proof under the newest checkpoint',
      zh: '每项证据在日志中的位置，并附最新检查点下的证明',
    },
    answers: [json(provedEvidence)],
    problems: ['not-found', 'busy'],
  },
  'GET /v1/findings/:finding/evidence/rows': {
    tag: 'out',
    says: {
      en: 'Telemetry among its evidence, in clear; the read goes on record before it is answered',
      zh: '作为证据的遥测事件原文；查阅行为先记录后应答',
    },
    answers: [json(openedRows)],
    problems: ['not-found', 'busy'],
  },
  'GET /v1/measures': {
    tag: 'out',
    says: { en: 'Measures, newest first', zh: '措施列表，最新在前' },
    query: { ...PAGE, broadcast },
    answers: [json(answer.measureList)],
    problems: ['bad-request'],
  },
  'GET /v1/measures/:measure': {
    tag: 'out',
    says: { en: 'One measure', zh: '单项措施' },
    answers: [json(measure)],
    problems: ['not-found'],
  },
  'GET /v1/broadcasts/:broadcast/recording': {
    tag: 'out',
    says: {
      en: 'The archived recording as an HLS playlist (RFC 8216)',
      zh: '存档录像的 HLS 播放列表（RFC 8216）',
    },
    answers: [{ status: 200, type: 'application/vnd.apple.mpegurl' }],
  },
  'GET /v1/broadcasts/:broadcast/recording/:piece': {
    tag: 'out',
    says: { en: 'A piece of the recording, by its SHA-256', zh: '录像片段，以其 SHA-256 命名' },
    answers: [
      { status: 200, type: 'video/mp2t' },
      { status: 200, type: 'video/mp4' },
    ],
  },
  'PUT /v1/broadcasts/:broadcast/recording/init': {
    tag: 'in',
    says: {
      en: 'The initialisation section of fMP4 pieces that follow; they name its digest',
      zh: '提交后续 fMP4 片段所需的初始化段，片段以其摘要引用',
    },
    headers: DIGEST,
    body: RECORDED,
    answers: [json(answer.pushedInit, 201)],
    problems: PUSH_PROBLEMS,
  },
  'PUT /v1/broadcasts/:broadcast/recording/:piece': {
    tag: 'in',
    says: {
      en: 'A piece of the recording (MPEG-TS or fMP4) under its number, from 0 without a gap; answered when durable and logged. 200: the same piece again. Whoever began the broadcast may',
      zh: '提交录像片段（MPEG-TS 或 fMP4），编号从 0 起连续；持久保存并入日志后应答，200 表示该片段已收过。仅限发起该场直播的来源',
    },
    headers: {
      ...DIGEST,
      'assay-duration-ms': z.int().min(1).max(MAX_DURATION_MS),
      'assay-starts-at': z.iso
        .datetime({ offset: true })
        .meta({ description: 'programme time of its first frame' }),
      'assay-init': z
        .string()
        .meta({ description: 'SHA-256 of the initialisation section that was pushed before' })
        .optional(),
      'assay-discontinuous': z
        .literal('1')
        .meta({ description: 'it does not continue the piece before it' })
        .optional(),
    },
    body: RECORDED,
    answers: [json(answer.pushedPiece, 201), json(answer.pushedPiece)],
    // `wrong-number` has the number that is due in the header `assay-next`.
    problems: [...PUSH_PROBLEMS, 'wrong-number'],
  },
  'GET /v1/broadcasts/:broadcast/moments': {
    tag: 'out',
    says: {
      en: 'What was said and offered lately: comments and their removal, prices, coupons, captions, promises',
      zh: '最近的评论及其删除、价格、优惠券、字幕与承诺',
    },
    query: { after: z.int().min(0).meta({ description: 'the last number one has' }) },
    answers: [json(answer.momentList)],
    problems: ['bad-request'],
  },
  'POST /v1/broadcasts/:broadcast/measures': {
    tag: 'out',
    says: { en: 'Impose a measure on a supported finding', zh: '依据有证据支持的发现采取措施' },
    body: body(imposing),
    answers: NOTHING,
    problems: ['measure-refused'],
  },
  'POST /v1/measures/:measure/lift': {
    tag: 'out',
    says: { en: 'Take a measure back, with reasons', zh: '附理由解除措施' },
    body: body(lifting),
    answers: NOTHING,
    problems: ['not-found'],
  },
  'GET /v1/appeals': {
    tag: 'appeals',
    says: {
      en: 'Appeals: the open ones first, oldest first; then the decided, newest first',
      zh: '申诉列表：未决定的在前，按提出先后；已决定的在后，最新在前',
    },
    query: PAGE,
    answers: [json(z.object({ appeals: z.array(appealView) }))],
    problems: ['bad-request'],
  },
  'POST /v1/appeals': {
    tag: 'appeals',
    says: {
      en: 'A merchant objects to a measure of a broadcast of theirs; answered when it is on record',
      zh: '商家对其直播场次的措施提出申诉，记录在案后应答',
    },
    body: body(newAppeal),
    answers: [json(appeal, 201)],
    problems: ['not-found', 'appeal-refused'],
  },
  'GET /v1/appeals/:appeal': {
    tag: 'appeals',
    says: { en: 'One appeal, and the measure it is about', zh: '单项申诉及其所针对的措施' },
    answers: [json(appealView)],
    problems: ['not-found'],
  },
  'POST /v1/appeals/:appeal/decision': {
    tag: 'appeals',
    says: {
      en: 'Decide an appeal, with reasons; reversed, the measure is taken back with them',
      zh: '附理由对申诉作出决定；撤销时，措施以同样理由解除',
    },
    body: body(verdict),
    answers: [json(appeal)],
    problems: ['not-found', 'appeal-refused'],
  },
  'GET /v1/notes': {
    tag: 'out',
    says: { en: 'Notes to a person that are open', zh: '待人工查看的提示' },
    query: { ...PAGE, broadcast },
    answers: [json(answer.noteList)],
    problems: ['bad-request'],
  },
  'POST /v1/notes/:note/close': {
    tag: 'out',
    says: { en: 'Close a note', zh: '关闭提示' },
    answers: NOTHING,
    problems: ['not-found'],
  },

  'POST /v1/orders/:order/evidence-requests': {
    tag: 'evidence',
    says: {
      en: 'A consumer asks about an order: who sold, what was promised; a person answers within three working days',
      zh: '消费者就订单申请证据：即时告知销售者与承诺，三个工作日内由人工答复',
    },
    body: body(newEvidenceRequest),
    answers: [json(evidenceRequest, 201), json(evidenceRequest)],
  },
  'POST /v1/complaints/:complaint/evidence-requests': {
    tag: 'evidence',
    says: { en: 'The same about a complaint', zh: '就投诉申请证据' },
    body: body(newEvidenceRequest),
    answers: [json(evidenceRequest, 201), json(evidenceRequest)],
  },
  'GET /v1/evidence-requests': {
    tag: 'evidence',
    says: { en: 'Requests, newest first', zh: '申请列表，最新在前' },
    query: PAGE,
    answers: [json(z.object({ requests: z.array(evidenceRequest) }))],
    problems: ['bad-request'],
  },
  'GET /v1/evidence-requests/:request': {
    tag: 'evidence',
    says: { en: 'One request and its answer', zh: '单项申请及其答复' },
    answers: [json(evidenceRequest)],
    problems: ['not-found'],
  },
  'POST /v1/evidence-requests/:request/answer': {
    tag: 'evidence',
    says: { en: 'Answer a request', zh: '答复申请' },
    body: body(evidenceAnswer),
    answers: NOTHING,
    problems: ['not-found'],
  },

  'GET /v1/webhooks': {
    tag: 'webhooks',
    says: { en: 'Receivers', zh: '接收端列表' },
    answers: [json(z.object({ webhooks: z.array(webhook) }))],
  },
  'GET /v1/broadcasts/:broadcast/promises': {
    tag: 'prices',
    says: { en: 'What was promised in a broadcast', zh: '该场直播中作出的承诺' },
    answers: [json(answer.promiseList)],
    problems: ['not-found'],
  },
  'GET /v1/promises': {
    tag: 'prices',
    says: {
      en: 'Promises on file: kept or broken, with the basket that shows it and what is owed',
      zh: '登记的承诺：是否兑现、反例购物篮及应补金额',
    },
    query: { ...PAGE, broadcast },
    answers: [json(promisesOnFile)],
    problems: ['bad-request', 'busy', 'timeout'],
  },
  'POST /v1/prices/preflight': {
    tag: 'prices',
    says: {
      en: 'Would this coupon break a promise, on file or of the shop whose events are given',
      zh: '发放该券是否会违背承诺：对照登记的店铺数据，或随请求提供的店铺事件',
    },
    body: body(preflightQuestion),
    answers: [json(preflightAnswer)],
    problems: ['bad-request', 'not-json', 'too-large', 'busy', 'timeout'],
  },
  'GET /v1/audits': {
    tag: 'audits',
    says: { en: 'Files that I handed in', zh: '我提交的文件' },
    answers: [json(answer.auditList)],
  },
  'POST /v1/audits': {
    tag: 'audits',
    says: {
      en: 'Hand in a file of events, orders or a capture',
      zh: '提交事件、订单或采集文件以供审计',
    },
    query: { name: z.string().min(1).max(200), language: z.enum(['en', 'zh']) },
    body: { types: ['application/octet-stream'], schema: z.string() },
    answers: [json(auditView, 202)],
    problems: ['bad-request', 'too-large', 'busy', 'timeout'],
  },
  'GET /v1/audits/:audit': {
    tag: 'audits',
    says: { en: 'How far it is', zh: '审计进度' },
    answers: [json(auditView)],
    problems: ['not-found'],
  },
  'POST /v1/audits/:audit/mapping': {
    tag: 'audits',
    says: {
      en: 'Say what the columns of a table are that is unmapped; the audit goes on',
      zh: '为待对应的表格说明各列含义，随后继续审计',
    },
    body: body(mappingFile),
    answers: [json(auditView, 202)],
    problems: ['not-found'],
  },
  'GET /v1/audits/:audit/report': {
    tag: 'audits',
    says: { en: 'The audit as data', zh: '审计结果数据' },
    answers: [json(answer.auditReport)],
    problems: ['not-found'],
  },
  'GET /v1/audits/:audit/page': {
    tag: 'audits',
    says: { en: 'The audit as a page to keep', zh: '可保存的审计报告页面' },
    answers: [{ status: 200, type: 'text/html' }],
    problems: ['not-found'],
  },
  'POST /v1/webhooks': {
    tag: 'webhooks',
    says: {
      en: 'Set up a receiver; its secret is shown this once',
      zh: '新建接收端，密钥仅显示一次',
    },
    body: body(newWebhook),
    answers: [json(webhook.extend({ secret: z.string() }), 201)],
  },
  'DELETE /v1/webhooks/:webhook': {
    tag: 'webhooks',
    says: { en: 'Remove a receiver and all on its way to it', zh: '删除接收端及其待发内容' },
    answers: NOTHING,
    problems: ['not-found'],
  },
  'POST /v1/webhooks/:webhook/rotate': {
    tag: 'webhooks',
    says: { en: 'A new secret; both sign meanwhile', zh: '更换密钥，过渡期内新旧密钥同时签名' },
    body: body(secretRotation),
    answers: [json(webhookSecret, 201)],
    problems: ['not-found'],
  },
  'GET /v1/webhooks/:webhook/deliveries': {
    tag: 'webhooks',
    says: { en: 'What was sent and what became of it', zh: '推送记录及结果' },
    query: PAGE,
    answers: [json(z.object({ deliveries: z.array(delivery) }))],
    problems: ['bad-request', 'not-found'],
  },
  'GET /v1/webhooks/:webhook/dead-letters': {
    tag: 'webhooks',
    says: { en: 'What was given up', zh: '推送失败（死信）列表' },
    query: PAGE,
    answers: [json(z.object({ deliveries: z.array(delivery) }))],
    problems: ['bad-request', 'not-found'],
  },
  'POST /v1/webhooks/:webhook/dead-letters/:delivery/retry': {
    tag: 'webhooks',
    says: { en: 'Send a dead letter again', zh: '重新推送死信' },
    answers: [{ status: 202 }],
    problems: ['not-found'],
  },

  'GET /v1/ingest-keys': {
    tag: 'access',
    says: { en: 'Keys of producers, without secrets', zh: '接入密钥列表（不含密钥内容）' },
    answers: [json(answer.ingestKeyList)],
  },
  'POST /v1/ingest-keys': {
    tag: 'access',
    says: { en: 'Issue a key to a source; shown this once', zh: '为来源签发密钥，仅显示一次' },
    body: body(newIngestKey),
    answers: [json(answer.issuedKey, 201)],
  },
  'POST /v1/ingest-keys/:key/rotate': {
    tag: 'access',
    says: { en: 'A new key; the old one works on for a while', zh: '轮换密钥，旧密钥短期内仍有效' },
    body: body(rotation),
    answers: [json(answer.issuedKey, 201)],
    problems: ['not-found'],
  },
  'DELETE /v1/ingest-keys/:key': {
    tag: 'access',
    says: { en: 'Revoke a key', zh: '吊销密钥' },
    answers: NOTHING,
    problems: ['not-found'],
  },
  'POST /v1/invitations': {
    tag: 'access',
    says: { en: 'Invite somebody in a role', zh: '邀请人员并指定角色' },
    body: body(newInvitation),
    answers: [json(answer.invitation, 201)],
  },
  'POST /v1/invitations/accept': {
    tag: 'access',
    says: { en: 'Accept an invitation', zh: '接受邀请' },
    body: body(acceptance),
    answers: [json(answer.me, 201)],
    problems: ['invitation-spent', 'email-taken'],
  },
  'GET /v1/people': {
    tag: 'access',
    says: { en: 'Everybody who can sign in', zh: '全部账号' },
    answers: [json(answer.people)],
  },
  'DELETE /v1/people/:person': {
    tag: 'access',
    says: { en: 'Remove an account', zh: '删除账号' },
    answers: NOTHING,
    problems: ['not-found', 'not-allowed'],
  },
  'POST /v1/erasures': {
    tag: 'access',
    says: {
      en: 'Erase persons from everything, except what is held or kept by law',
      zh: '删除个人信息（依法保存或被保全的除外）',
    },
    body: body(newErasure),
    answers: [json(erasure)],
    problems: ['bad-request'],
  },
  'GET /v1/reads': {
    tag: 'access',
    says: { en: 'Who read personal data', zh: '个人信息查阅记录' },
    query: { before },
    answers: [json(answer.readList)],
    problems: ['bad-request'],
  },
  'GET /v1/me': {
    tag: 'access',
    says: { en: 'Who am I', zh: '当前登录者' },
    answers: [json(answer.me)],
  },
  'GET /v1/auth/*': {
    tag: 'access',
    says: {
      en: 'Sessions, passkeys and OIDC (get-session, passkey/…, callback/…)',
      zh: '会话、通行密钥与 OIDC（get-session、passkey/…、callback/…）',
    },
    answers: [{ status: 200, type: JSON_TYPE }, { status: 302 }],
    hasForeignCodes: true,
  },
  'POST /v1/auth/*': {
    tag: 'access',
    says: {
      en: 'Signing in and out (sign-in/email, sign-in/oauth2, passkey/…, sign-out)',
      zh: '登录与退出（sign-in/email、sign-in/oauth2、passkey/…、sign-out）',
    },
    body: body(z.looseObject({ email: z.string().optional(), password: z.string().optional() })),
    answers: [{ status: 200, type: JSON_TYPE }, { status: 302 }],
    hasForeignCodes: true,
  },
}

/**
 * The AsyncAPI 3.0 document of what goes out as it happens (server-sent events, WebSocket, webhooks)
 * and of events in by WebSocket. The events themselves have a document of their own:
 * schemas/asyncapi.json.
 */
import { z } from 'zod'
import { embed, ingestAnswer, liveFigures, measure, note, problem } from '../contract.ts'
import type { LiveMessage } from '../contract.ts'
import { WEBHOOK_TOPICS } from '../routes/webhooks.ts'
import { shownFinding } from './answers.ts'
import { both } from './openapi.ts'
import { Components } from './schemas.ts'

const room = z
  .object({ broadcast: z.string(), state: z.literal('poisoned'), error: z.string() })
  .meta({ id: 'RoomState', description: 'a room that could not be judged and was set apart' })

/** What a message of each topic carries. */
export const TOPIC_DATA: Readonly<Record<LiveMessage['topic'], z.ZodType>> = {
  figures: liveFigures,
  finding: shownFinding.extend({ isWithdrawn: z.boolean().optional() }).meta({ id: 'FindingNews' }),
  measure,
  note,
  room,
}

/** Types of webhooks, by the topic that a receiver asks for. */
export const WEBHOOK_TYPES: Readonly<Record<LiveMessage['topic'], readonly string[]>> = {
  figures: ['figures.final'],
  finding: ['finding.raised', 'finding.withdrawn'],
  measure: ['measure.imposed', 'measure.appealed', 'measure.upheld', 'measure.lifted'],
  note: ['note.written'],
  room: ['room.poisoned'],
}

export const asyncApi = (version: string) => {
  const components = new Components()
  const messages: Record<string, unknown> = {}
  const message = (name: string, summary: { en: string; zh: string }, payload: z.ZodType) => {
    messages[name] = {
      name,
      summary: both(summary),
      contentType: 'application/json',
      payload: components.of(payload, 'output'),
    }
    return { [name]: { $ref: `#/components/messages/${name}` } }
  }
  const topics = WEBHOOK_TOPICS
  const streamed = topics.map((topic) => message(topic, SAYS[topic], TOPIC_DATA[topic]))
  const channels = {
    stream: {
      address: '/v1/stream',
      description: both({
        en: 'Server-sent events of every broadcast that one may see; the topic is the name of the event. It begins with how things stand.',
        zh: '有权查看的全部直播的服务器推送事件，事件名即主题，连接后先给出当前状态。',
      }),
      messages: Object.assign({}, ...streamed),
    },
    broadcast: {
      address: '/v1/broadcasts/{broadcast}/stream',
      description: both({ en: 'The same of one broadcast', zh: '单场直播的服务器推送事件' }),
      parameters: { broadcast: { description: 'id' } },
      messages: Object.assign({}, ...streamed),
    },
    embed: {
      address: '/v1/embed/{room}/stream',
      description: both({
        en: 'What the public is shown of a room; every event is named figures',
        zh: '向公众展示的直播间信息，事件名均为 figures',
      }),
      parameters: { room: { description: 'id' } },
      messages: message('embed', { en: 'for players', zh: '供播放器使用' }, embed),
    },
    socket: {
      address: '/v1/socket',
      description: both({
        en: 'The same as the stream by WebSocket: { topic, broadcast, data }',
        zh: '通过 WebSocket 接收同样内容：{ topic, broadcast, data }',
      }),
      messages: message(
        'live',
        { en: 'one message of any topic', zh: '任一主题的消息' },
        z.object({
          topic: z.enum(topics),
          broadcast: z.string(),
          data: z.unknown().meta({ description: 'as on the stream' }),
        }),
      ),
    },
    events: {
      address: '/v1/events/socket',
      description: both({
        en: 'Events in by WebSocket: each text message is NDJSON or one JSON array, answered in order by one message',
        zh: '通过 WebSocket 提交事件：每条文本消息为 NDJSON 或一个 JSON 数组，按顺序各得一条应答',
      }),
      messages: {
        ...message(
          'batch',
          { en: 'events, as CloudEvents', zh: 'CloudEvents 格式的事件' },
          z.array(z.looseObject({})),
        ),
        ...message('taken', { en: 'durable', zh: '已持久保存' }, ingestAnswer),
        ...message('problem', { en: 'what was not taken', zh: '未能接收' }, problem),
      },
    },
    webhooks: {
      address: '{receiver}',
      description: both({
        en: 'Webhooks, signed as Standard Webhooks has it; the same webhook-id is the same message',
        zh: '按 Standard Webhooks 签名的推送，webhook-id 相同即为同一消息',
      }),
      parameters: { receiver: { description: 'the address that the receiver gave' } },
      messages: Object.assign(
        {},
        ...topics.flatMap((topic) =>
          WEBHOOK_TYPES[topic].map((type) =>
            message(
              type,
              SAYS[topic],
              z.object({
                type: z.literal(type),
                timestamp: z.iso.datetime(),
                data: TOPIC_DATA[topic],
              }),
            ),
          ),
        ),
      ),
    },
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Assay, as it happens',
      version,
      description: both({
        en: 'What goes out as it happens, and events in by WebSocket.',
        zh: '实时推送的内容，以及通过 WebSocket 接入的事件。',
      }),
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels,
    operations: Object.fromEntries(
      Object.keys(channels).map((channel) => [
        channel === 'events' ? 'takeEvents' : `tell_${channel}`,
        {
          action: channel === 'events' ? 'receive' : 'send',
          channel: { $ref: `#/channels/${channel}` },
        },
      ]),
    ),
    components: { messages, schemas: { ...components.schemas } },
  }
}

const SAYS = {
  figures: { en: 'figures of a broadcast, as judged', zh: '一场直播的最新判定数据' },
  finding: { en: 'a finding is raised, changes, or is withdrawn', zh: '发现被提出、变更或撤回' },
  measure: {
    en: 'a measure is imposed, appealed, upheld or lifted',
    zh: '措施被采取、被申诉、经申诉维持或被解除',
  },
  note: { en: 'a note to a person', zh: '提请人工查看的提示' },
  room: { en: 'a room is set apart', zh: '直播间被隔离' },
} as const satisfies Readonly<Record<LiveMessage['topic'], { en: string; zh: string }>>

/** The vocabulary for people: docs/events.md, drawn from the same schemas that admit events. */
import { expectations } from '../../src/language/catalogue/refusals.ts'
import type { Sentence } from '../../src/language/sentence.ts'
import { EVENTS, TABLES, type Definition, type EventType } from '../../src/vocabulary/index.ts'
import { eventSchema } from './event-schemas.ts'

const HEADINGS: Readonly<Record<keyof typeof TABLES, Sentence>> = {
  broadcast: { en: 'Broadcast', zh: '一场直播' },
  audience: { en: 'Audience', zh: '观众' },
  trade: { en: 'Offers, orders, money back', zh: '商品、订单与退款' },
  promises: { en: 'Promises and facts about goods', zh: '承诺与商品事实' },
  people: { en: 'People, rules, cases', zh: '人员、规则与案件' },
}

const INTRODUCTION = `# Events · 事件词表

<!-- Written by scripts/generate.ts from src/vocabulary. Do not edit. -->

Everything that happens in and around a live-shopping broadcast is an event: a CloudEvents 1.0
envelope in JSON. Files, HTTP, WebSocket and Kafka carry the same events. Unknown fields are kept.

一场带货直播内外发生的一切都是事件：采用 JSON 格式的 CloudEvents 1.0 信封。文件、HTTP、WebSocket
与 Kafka 传递的是同样的事件。词表之外的字段原样保留。

| envelope · 信封 | kind · 类型 | required · 必填 | meaning · 含义 |
| --- | --- | --- | --- |
| \`specversion\` | \`"1.0"\` | yes | version of CloudEvents · CloudEvents 版本 |
| \`id\` | id | yes | unique within \`source\`; a repeat changes nothing · 在同一 \`source\` 内唯一，重复事件不产生任何影响 |
| \`source\` | uri | yes | who sent it · 数据提供方 |
| \`type\` | | yes | one of the types below · 下列事件类型之一 |
| \`subject\` | id | as said below · 见各事件 | the broadcast · 所属的一场直播 |
| \`time\` | time | yes | when it happened, not when it was sent · 发生时间，而非发送时间 |
| \`data\` | object | yes | the fields below · 下列字段 |
`

export const eventManual = (): string =>
  [INTRODUCTION, kindTable(), ...Object.keys(TABLES).map((name) => section(name as Table))].join(
    '\n',
  )

type Table = keyof typeof TABLES

const kindTable = () =>
  [
    '## Kinds of field · 字段类型\n',
    '| kind | English | 中文 |',
    '| --- | --- | --- |',
    ...Object.entries(expectations)
      .filter(([kind]) => !kind.includes(' '))
      .map(([kind, { en, zh }]) => `| ${kind} | ${en} | ${zh} |`),
    '',
  ].join('\n')

const section = (name: Table) =>
  [
    `## ${HEADINGS[name].en} · ${HEADINGS[name].zh}\n`,
    ...Object.keys(TABLES[name]).map((type) => entry(type as EventType)),
  ].join('\n')

const entry = (type: EventType) => {
  const definition: Definition = EVENTS[type]
  const { says, ledger, subject, personal, example } = definition
  const data = eventSchema(type).properties?.['data'] as Node
  return [
    `### \`${type}\`\n`,
    `${says.en} · ${says.zh}\n`,
    `Ledger · 账本: ${LEDGER[ledger]}. Subject · 所属直播: ${SUBJECT[subject]}.\n`,
    '| field · 字段 | kind · 类型 | required · 必填 | personal · 个人信息 |',
    '| --- | --- | --- | --- |',
    ...rows(data, '').map(
      ({ path, kind, required }) =>
        `| \`${path}\` | ${kind} | ${required ? 'yes' : ''} | ${
          personal.includes(path.replaceAll('[]', '')) ? 'yes' : ''
        } |`,
    ),
    '',
    '```json',
    JSON.stringify(example, null, 2),
    '```',
    '',
  ].join('\n')
}

const LEDGER = { material: 'a leaf of its own · 单独成叶', telemetry: 'in chunks · 按批提交' }
const SUBJECT = { required: 'required · 必填', optional: 'optional · 选填' }

/** The parts of JSON Schema that the vocabulary uses. */
type Node = {
  readonly type?: string
  readonly title?: string
  readonly enum?: readonly string[]
  readonly items?: Node
  readonly properties?: Readonly<Record<string, Node>>
  readonly additionalProperties?: Node
  readonly required?: readonly string[]
}

type Row = { readonly path: string; readonly kind: string; readonly required: boolean }

/** A row a field, nested ones after their parent: `lines`, `lines[].product`. */
const rows = (node: Node, prefix: string): readonly Row[] =>
  Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`
    const required = node.required?.includes(name) ?? false
    const own = { path, kind: kindOf(field), required }
    return [own, ...rows(field, `${path}.`), ...rows(field.items ?? {}, `${path}[].`)]
  })

const kindOf = (node: Node): string => {
  if (node.title !== undefined) return node.title
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(', ')
  if (node.items !== undefined) return `list of ${kindOf(node.items)}`
  const values = node.properties === undefined ? node.additionalProperties?.title : undefined
  return values === undefined ? 'object' : `object of ${values}`
}

/** Why an event, a line or a file was not taken. */
export const refusals = {
  'refused.not-json': { en: 'the line is not JSON', zh: '该行不是有效的 JSON' },
  'refused.not-an-object': {
    en: 'an event is a JSON object; got {got}',
    zh: '事件应为 JSON 对象，收到：{got}',
  },
  'refused.missing-field': {
    en: '{field} is missing; expected {expected}',
    zh: '缺少字段 {field}，应为：{expected}',
  },
  'refused.missing-subject': {
    en: 'subject is missing: this event belongs to a broadcast and must name it',
    zh: '缺少 subject：该事件属于某一场直播，必须注明直播标识',
  },
  'refused.wrong-type': {
    en: '{field} should be {expected}; got {got}',
    zh: '字段 {field} 应为：{expected}；收到：{got}',
  },
  'refused.out-of-bounds': {
    en: '{field} is out of bounds: expected {expected}; got {got}',
    zh: '字段 {field} 超出范围，应为：{expected}；收到：{got}',
  },
  'refused.not-one-of': {
    en: '{field} should be one of {expected}; got {got}',
    zh: '字段 {field} 应取以下值之一：{expected}；收到：{got}',
  },
  'refused.bad-format': {
    en: '{field} is badly formed: expected {expected}; got {got}',
    zh: '字段 {field} 格式不正确，应为：{expected}；收到：{got}',
  },
  'refused.bad-time': {
    en: '{field} should be {expected}; got {got}',
    zh: '字段 {field} 应为：{expected}；收到：{got}',
  },
  'refused.unknown-type': {
    en: 'the event type {got} is not in the vocabulary',
    zh: '事件类型 {got} 不在事件词表中',
  },
} as const

/** What a kind of field is, to finish the sentences above; the kinds are those of docs/events.md. */
export const expectations = {
  id: { en: 'an id of 1 to 128 characters', zh: '1 至 128 个字符的标识' },
  text: { en: 'a text of at most 100,000 characters', zh: '不超过 100,000 个字符的文本' },
  time: {
    en: 'a time with offset such as 2026-03-01T20:00:00.000+08:00',
    zh: '带时区的时间，例如 2026-03-01T20:00:00.000+08:00',
  },
  uri: { en: 'a URI reference without spaces', zh: '不含空格的 URI 引用' },
  count: { en: 'a whole number from 0', zh: '不小于 0 的整数' },
  money: {
    en: 'an amount in minor units, a whole number from 0',
    zh: '以最小货币单位（如分）计的金额，即不小于 0 的整数',
  },
  ms: { en: 'a whole number of milliseconds from 0', zh: '不小于 0 的整数毫秒数' },
  bytes: { en: 'a whole number of bytes from 0', zh: '不小于 0 的整数字节数' },
  grams: { en: 'a whole number of grams from 0', zh: '不小于 0 的整数克数' },
  bps: { en: 'basis points, a whole number from 0 to 10,000', zh: '0 至 10,000 的整数基点' },
  seconds: { en: 'a finite number of seconds from 0', zh: '不小于 0 的有限秒数' },
  share: { en: 'a number from 0 to 1', zh: '0 至 1 之间的数' },
  stars: { en: 'a number from 0 to 5', zh: '0 至 5 之间的数' },
  bans: { en: 'a weight of evidence in bans', zh: '以 ban 为单位的证据权重' },
  bool: { en: 'true or false', zh: 'true 或 false' },
  figure: { en: 'a number or a text', zh: '数字或文本' },
  currency: { en: 'an ISO 4217 code such as CNY', zh: 'ISO 4217 货币代码，例如 CNY' },
  sha256: { en: '64 hexadecimal digits', zh: '64 位十六进制数' },
  list: { en: 'a list of at most 10,000 items', zh: '不超过 10,000 项的列表' },
  object: { en: 'an object', zh: '对象' },
  'event type': { en: 'an event type of the vocabulary', zh: '词表中的事件类型' },
  'account or product': { en: 'account, product or both', zh: 'account 与 product 至少填一项' },
} as const

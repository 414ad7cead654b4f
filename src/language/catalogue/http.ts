/** What the door of the service says when it cannot do what was asked. */
export const http = {
  'problem.not-found': { en: 'There is nothing here.', zh: '此处没有内容。' },
  'problem.bad-request': {
    en: 'The request cannot be understood: {reason}.',
    zh: '无法理解该请求：{reason}。',
  },
  'problem.no-batch': {
    en: 'A batch is a JSON array of events.',
    zh: '批次应为由事件组成的 JSON 数组。',
  },
  'problem.not-json': { en: 'The body is no JSON.', zh: '请求正文不是 JSON。' },
  'problem.wrong-type': {
    en: 'The content type “{got}” is not taken here; take one of {expected}.',
    zh: '此处不接受内容类型“{got}”，可用：{expected}。',
  },
  'problem.wrong-encoding': {
    en: 'The content encoding “{got}” is not taken here; take gzip, zstd or none.',
    zh: '此处不接受内容编码“{got}”，可用 gzip、zstd 或不压缩。',
  },
  'problem.too-large': {
    en: 'The body is larger than {most} bytes.',
    zh: '请求正文超过 {most} 字节。',
  },
  'problem.broken-archive': {
    en: 'The compressed body breaks off or is damaged.',
    zh: '压缩的请求正文不完整或已损坏。',
  },
  'problem.wrong-digest': {
    en: 'The bytes that came are not those of the given digest. Send them again.',
    zh: '收到的内容与所给摘要不符，请重新发送。',
  },
  'problem.wrong-number': {
    en: 'Another piece has this number, or one before it is missing: number {next} is due.',
    zh: '该编号已有其他片段，或其前缺少片段；应发送编号 {next}。',
  },
  'problem.busy': {
    en: 'Too much is under way; nothing of this was taken. Try again in {seconds} s.',
    zh: '当前处理量过大，本次内容均未接收，请在 {seconds} 秒后重试。',
  },
  'problem.timeout': {
    en: 'The body did not come within {seconds} s.',
    zh: '请求正文未在 {seconds} 秒内送达。',
  },
  'problem.not-durable': {
    en: 'It could not be made durable; nothing of it is acknowledged. Send it again.',
    zh: '内容未能持久保存，因此未予确认，请重新发送。',
  },
  'problem.not-ready': {
    en: 'The service is starting or stopping, or its database is away.',
    zh: '服务正在启动或停止，或其数据库暂不可用。',
  },
  'problem.too-slow': {
    en: 'The request did not arrive in time.',
    zh: '请求未能及时送达。',
  },
  'problem.headers-too-large': {
    en: 'The headers of the request are too large.',
    zh: '请求头过大。',
  },
  'problem.upgrade-needed': {
    en: 'This address is for WebSockets: ask for an upgrade of the connection.',
    zh: '该地址仅供 WebSocket 使用，请发起协议升级请求。',
  },
  'problem.internal': {
    en: 'Something failed here; the failure was logged under {id}.',
    zh: '服务内部出错，已记录，编号 {id}。',
  },
  'embed.notice.promise': {
    en: 'A price promise of this room is under review. Keep your receipts.',
    zh: '本直播间的一项价格承诺正在核查，请保留购物凭证。',
  },
  'embed.notice.other': {
    en: 'Something in this room is under review. Keep your receipts.',
    zh: '本直播间有事项正在核查，请保留购物凭证。',
  },
  'embed.notice.figures': {
    en: 'Some figures of this room are under review; what is shown here has been verified. Keep your receipts.',
    zh: '本直播间部分数据正在核查，此处显示的是经核验的数据，请保留购物凭证。',
  },
} as const

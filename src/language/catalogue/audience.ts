/** What is said about arrivals, views and crowds. */
export const audience = {
  'spike.observed': {
    en: '{count} views stayed {stay} to within {width}, where neighbouring lengths of stay lead to expect {expected}',
    zh: '{count} 次观看的停留时长都是 {stay}（误差在 {width} 以内），而按相邻时长推算应只有 {expected} 次',
  },
  'faded.observed': {
    en: '{count} views fell silent after exactly {beats} heartbeats, where the numbers on both sides lead to expect {expected}',
    zh: '{count} 次观看恰好在 {beats} 次心跳后消失，而按前后次数推算应为 {expected} 次',
  },
  'block.observed': {
    en: '{count} views came within {minutes} min and left after like times; other minutes lead to expect {expected}',
    zh: '{count} 次观看在 {minutes} 分钟内涌入并在相近时长后离开；按其他时段推算应为 {expected} 次',
  },
  'block.persisted': {
    en: '{count} views came within {minutes} min and stayed to the very end; other minutes lead to expect {expected}',
    zh: '{count} 次观看在 {minutes} 分钟内涌入并一直停留到下播；按其他时段推算应为 {expected} 次',
  },
  'burst.observed': {
    en: '{count} people arrived within {duration}, where the minutes around lead to expect {expected}, and no boost or push is on record',
    zh: '{duration} 内有 {count} 人进入直播间，按前后时段推算应为 {expected} 人，且没有推流或推送记录',
  },
  'clockwork.observed': {
    en: '{count} views report to the millisecond without jitter, while {others} others on the same builds do not',
    zh: '{count} 次观看的心跳毫无抖动，而同版本客户端的另外 {others} 次观看都有抖动',
  },
  'stayers.observed': {
    en: '{count} views stayed {stay} or longer without doing anything; an ordinary audience of this size has about {expected} such stayers in all',
    zh: '{count} 次观看停留 {stay} 以上却毫无互动；同等规模的普通观众中这样的久留者总共约 {expected} 次',
  },
  'batch.observed': {
    en: '{count} of the accounts were registered within {days} day(s) from {from}; dates of like age lead to expect {expected}',
    zh: '{count} 个账号集中注册于 {from} 起的 {days} 天内；按相近日期推算应为 {expected} 个',
  },
  'devices.observed': {
    en: '{count} views came from {devices} devices that each changed between five or more accounts',
    zh: '{count} 次观看来自 {devices} 台设备，每台设备轮换使用五个以上账号',
  },
  'datacenter.observed': {
    en: '{count} views ({share}) came out of data centres, which the industry standard counts as general invalid traffic',
    zh: '{count} 次观看（{share}）来自数据中心网络，按行业标准属于一般无效流量',
  },
  'subnets.observed': {
    en: '{count} views came from {networks} crowded subnets; a campus or a mobile carrier looks the same',
    zh: '{count} 次观看来自 {networks} 个拥挤的网段；校园网或移动运营商也会如此',
  },
  'trial.silent': {
    en: 'they commented, clicked, followed or ordered {observed} times, where others with as long a stay would have {expected} times',
    zh: '他们评论、点击、关注或下单仅 {observed} 次，而停留同样久的其他观众应有 {expected} 次',
  },
  'trial.active': {
    en: 'they act as people do: {observed} of them commented, clicked, followed or ordered, against {expected} expected of others with as long a stay',
    zh: '他们的行为与常人无异：{observed} 人有评论、点击、关注或下单，停留同样久的其他观众应有 {expected} 人',
  },
  'trial.purchases': {
    en: '{observed} of them bought, where others with as long a stay would have been {expected} buyers',
    zh: '其中 {observed} 人下单购买，停留同样久的其他观众应有 {expected} 人购买',
  },
  'trial.server': {
    en: '{accused} of them came out of data centres, against {others} of the others',
    zh: '其中 {accused} 来自数据中心网络，其他观众只有 {others}',
  },
  'trial.devices': {
    en: '{accused} of them sit on devices that change between five or more accounts, against {others} of the others',
    zh: '其中 {accused} 使用轮换五个以上账号的设备，其他观众只有 {others}',
  },
  'trial.build': {
    en: '{accused} of them run one and the same build of the app, against {others} of the others',
    zh: '其中 {accused} 使用同一个客户端版本，其他观众只有 {others}',
  },
  'trial.guests': {
    en: '{accused} of them have no account, against {others} of the others',
    zh: '其中 {accused} 是没有账号的游客，其他观众只有 {others}',
  },
  'trial.young': {
    en: '{accused} of their accounts are younger than 30 days, against {others} of the others',
    zh: '其中 {accused} 的账号注册不足 30 天，其他观众只有 {others}',
  },
  'trial.ages-alike': {
    en: 'their accounts are as old as everybody else’s (largest gap {gap})',
    zh: '他们的账号年龄与其他观众一致（最大差距 {gap}）',
  },
  'bought-viewers.summary': {
    en: '{count} of {views} views ({share}) are more likely bought than not',
    zh: '{views} 次观看中有 {count} 次（{share}）更可能是买来的',
  },
  'undisclosed-boost.summary': {
    en: '{count} more people than usual arrived within {duration}, mostly by “{entry}”; no boost or push is on record',
    zh: '{duration} 内比平常多进入 {count} 人，主要入口为“{entry}”，且没有推流或推送记录',
  },
  'undisclosed-boost.displayed': {
    en: 'the shown audience went from {before} to {after} within {duration}; no boost or push is on record',
    zh: '页面显示的在线人数在 {duration} 内从 {before} 升至 {after}，且没有推流或推送记录',
  },
  'step.observed': {
    en: 'a step of {jump} people ({before} to {after}), {perSecond} a second',
    zh: '人数骤增 {jump}（从 {before} 到 {after}），每秒 {perSecond} 人',
  },
  'paid-crowd.summary': {
    en: '{members} accounts entered {broadcasts} broadcasts of {operators} operators in step and left after about {stay}',
    zh: '{members} 个账号步调一致地进入 {operators} 家运营者的 {broadcasts} 场直播，约 {stay} 后离开',
  },
  'crowd.together': {
    en: '{members} accounts came to {broadcasts} broadcasts of {operators} operators within the same minutes',
    zh: '{members} 个账号在相同的几分钟内先后进入 {operators} 家运营者的 {broadcasts} 场直播',
  },
  'crowd.stays': {
    en: 'their stays spread by {spread} about the middle, where these rooms’ visitors spread by {usual}',
    zh: '他们的停留时长离散度为 {spread}，而这些直播间观众的离散度为 {usual}',
  },
  'crowd.purchases': {
    en: '{bought} of their visits led to an order, where as many visitors of these rooms would have placed {expected}',
    zh: '他们的到访带来 {bought} 笔订单，而同样数量的普通观众应下 {expected} 笔',
  },
  'entry.unstated': { en: 'not stated', zh: '未标明' },
  'entry.follow': { en: 'followed host', zh: '关注' },
  'entry.feed': { en: 'feed', zh: '推荐流' },
  'entry.search': { en: 'search', zh: '搜索' },
  'entry.share': { en: 'share', zh: '分享' },
  'entry.push': { en: 'push', zh: '推送' },
  'entry.paid': { en: 'paid promotion', zh: '付费推广' },
  'entry.direct': { en: 'direct', zh: '直接进入' },
  'entry.unknown': { en: 'unknown', zh: '未知' },
} as const

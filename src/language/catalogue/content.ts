/** What is said about likes, comments, interest in goods and the figures that the page showed. */
export const content = {
  'traits.young': {
    en: 'Of {accounts} of these accounts, {share} were created within 30 days of the broadcast; of the other accounts in the room, {others}',
    zh: '这批账号中可查注册时间的 {accounts} 个，{share} 注册于开播前 30 天内；直播间其他账号的这一比例为 {others}',
  },
  'traits.network': {
    en: 'Of {accounts} of these accounts, {share} share a device with another account or connect from a data centre; of the other accounts in the room, {others}',
    zh: '这批账号中可查设备或网络的 {accounts} 个，{share} 与其他账号共用设备或来自数据中心；直播间其他账号的这一比例为 {others}',
  },
  'likes.summary': {
    en: '{taps} of {all} likes ({share}), from {accounts} accounts, do not look like fans tapping',
    zh: '共 {all} 次点赞，其中 {accounts} 个账号的 {taps} 次（{share}）不像粉丝真实点赞',
  },
  'likes.insufficient': {
    en: '{events} like events, but no viewing records that can be tied to an account: nothing can be said about where the likes come from',
    zh: '收到 {events} 条点赞事件，但没有可对应到账号的观看记录，无法判断点赞来源',
  },
  'likes.too-fast': {
    en: '{taps} likes from {accounts} accounts were faster than hands can tap: more than {bound} a second over the whole time the account was there, or an all-out pace kept up for ten minutes (expected of fans: {expected} such accounts)',
    zh: '{accounts} 个账号的 {taps} 次点赞快于人手极限：在场时间内每秒超过 {bound} 次，或连续十分钟以上保持极限速度（真实粉丝应为 {expected} 个账号）',
  },
  'likes.no-dwell': {
    en: '{taps} likes came from {accounts} accounts that stayed less than {bound} seconds (or ten, tapping twenty times and more) or were never seen to enter; as many people leaving at once would have included about {expected} who tapped',
    zh: '{taps} 次点赞来自 {accounts} 个停留不足 {bound} 秒（或不足十秒却连点二十次以上）、或根本没有进场记录的账号；按同样快速离开的人推算，其中顺手点赞的应约为 {expected} 个',
  },
  'likes.arrive-to-like': {
    en: '{taps} likes came from {accounts} accounts that entered in a few minutes and liked within {bound} seconds, far more often than other newcomers and than the people already there; expected about {expected} such accounts',
    zh: '{taps} 次点赞来自 {accounts} 个在少数几分钟内集中进场、{bound} 秒内即点赞的账号，比例远高于其他新进观众和在场观众；正常应约 {expected} 个',
  },
  'likes.equal-totals': {
    en: '{taps} likes came from {accounts} accounts in exactly equal portions, shared by at least {bound} accounts each; expected about {expected} accounts',
    zh: '{taps} 次点赞来自 {accounts} 个点赞总数完全相同的账号（每一总数至少 {bound} 个账号）；正常应约 {expected} 个',
  },
  'comments.summary': {
    en: '{comments} of {all} comments ({share}), by {accounts} accounts, appear to come from scripts',
    zh: '共 {all} 条评论，其中 {accounts} 个账号的 {comments} 条（{share}）疑似按话术批量发布',
  },
  'comments.insufficient': {
    en: '{comments} comments, but the account ids are masked: nothing can be said about who wrote them',
    zh: '收到 {comments} 条评论，但账号标识已脱敏，无法判断由谁发布',
  },
  'comments.varied': {
    en: '{share} of the substantial lines of these accounts come from {scripts} shared templates (of people in this room: about {usual}); the commonest, "{example}", appears in {versions} versions from {accounts} accounts',
    zh: '这批账号的实质性评论有 {share} 出自 {scripts} 个共用话术模板（本直播间真实观众约为 {usual}）；最常见的“{example}”有 {versions} 种变体，由 {accounts} 个账号发布',
  },
  'comments.shared': {
    en: '{share} of the substantial lines of these accounts are lines that other accounts post too, {scripts} of them (of people in this room: about {usual}); the commonest, "{example}", comes from {accounts} accounts in {versions} version(s)',
    zh: '这批账号的实质性评论有 {share} 与其他账号雷同，涉及 {scripts} 条话术（本直播间真实观众约为 {usual}）；最常见的“{example}”由 {accounts} 个账号发布，共 {versions} 种写法',
  },
  'comments.alike': {
    en: 'on {groups} shared devices or addresses, {doers} of {members} accounts comment and say nothing but what others say too; among accounts that share neither, {usual}',
    zh: '{groups} 个共用设备或地址上的 {members} 个账号中，有 {doers} 个发表评论且只说他人也在说的话；不共用设备或地址的账号中，这一比例为 {usual}',
  },
  'comments.regular': {
    en: '{accounts} of these accounts comment at even intervals, like a clock',
    zh: '其中 {accounts} 个账号的评论间隔如钟表般均匀',
  },
  'interest.summary': {
    en: '{clicks} product clicks and {banners} "going to buy" notices against {orders} orders by people in the room; {accounts} accounts click without the signs of a shopper',
    zh: '商品点击 {clicks} 次、“正在去买”提示 {banners} 人次，而直播间观众下单 {orders} 笔；{accounts} 个账号的点击不像真实购物者',
  },
  'interest.insufficient': {
    en: '{clicks} product clicks and {banners} notices, but no viewing records that can be tied to an account: nothing can be said about who is interested',
    zh: '收到商品点击 {clicks} 次、购买提示 {banners} 条，但没有可对应到账号的观看记录，无法判断是否为真实兴趣',
  },
  'interest.behaviour': {
    en: '{accounts} accounts made {clicks} clicks: {brief} of them hardly stayed in the room, {driven} clicked without a pause or like a clock',
    zh: '{accounts} 个账号共点击 {clicks} 次：其中 {brief} 个几乎没有停留，{driven} 个点击不间断或如钟表般均匀',
  },
  'interest.only-clicks': {
    en: '{accounts} accounts click products and do nothing else: no like, no word, no follow. As the other viewers of equally long stays divide, about {expected} would',
    zh: '{accounts} 个账号只点商品，不点赞、不评论、不关注；按停留时长相近的其他观众推算，这样的账号应约为 {expected} 个',
  },
  'interest.alike': {
    en: 'on {groups} shared devices or addresses, {doers} of {members} accounts click products and do nothing else; among accounts that share neither, {usual}',
    zh: '{groups} 个共用设备或地址上的 {members} 个账号中，有 {doers} 个只点商品而无其他互动；不共用设备或地址的账号中，这一比例为 {usual}',
  },
  'interest.contrast': {
    en: '{buyers} of these {clickers} accounts ordered; of the {others} other accounts that clicked a product, {otherBuyers} did ({rate})',
    zh: '这批 {clickers} 个账号中有 {buyers} 个下单；其余点击过商品的 {others} 个账号中有 {otherBuyers} 个下单（{rate}）',
  },
  'interest.conversion': {
    en: '{buyers} of {clickers} accounts that clicked a product ordered ({rate}); a wide base rate has its mean at {usual}. Low sales alone break no rule',
    zh: '点击商品的 {clickers} 个账号中有 {buyers} 个下单（{rate}）；宽口径基准均值为 {usual}。销量低本身并不违规',
  },
  'interest.banners': {
    en: 'notices spoke of {announced} people going to buy; {clickers} accounts clicked a product and {orders} orders were placed by people in the room',
    zh: '提示称有 {announced} 人次正在去买，实际点击商品的账号 {clickers} 个，观众下单 {orders} 笔',
  },
  'display.summary': {
    en: 'the figures shown exceed what the evidence supports, on {reasons} ground(s)',
    zh: '页面显示的数字超出证据所能支持的范围，依据 {reasons} 项',
  },
  'display.insufficient': {
    en: 'the page showed {displayed} viewers; the evidence does not hold every entry into the room, so the figure can be neither confirmed nor refuted',
    zh: '页面显示观看 {displayed} 人；现有证据不包含全部进场记录，既不能证实也不能否定该数字',
  },
  'display.viewers': {
    en: 'the page showed {displayed} viewers; the telemetry holds {visits} visits by {people} distinct people (disclosed boosts: {boosted}). Counted as people, at most {share} % of the figure is real: inflated at least {ratio} times, at least {fake} ({fakeShort}) not real',
    zh: '页面显示观看 {displayed} 人；遥测记录共 {visits} 次进场、{people} 个不同的人（已披露推广：{boosted}）。按人计，真实部分至多 {share}%，虚增至少 {ratio} 倍，至少 {fake} 人（{fakeShort}）不真实',
  },
  'display.likes': {
    en: 'the page showed {displayed} likes; the telemetry holds {taps}',
    zh: '页面显示点赞 {displayed} 次；遥测记录为 {taps} 次',
  },
  'display.orders': {
    en: 'shown orders went from {from} to {to} (+{delta}) in {over}; in that time {paid} pieces were paid and {placed} placed',
    zh: '页面订单数在 {over} 内由 {from} 升至 {to}（+{delta}）；同期实付 {paid} 件、下单 {placed} 件',
  },
  'display.stay': {
    en: "over {over} the page counted {arrivals} new viewers beside the crowd it showed present: each would have stayed {stay} on average (Little's law). At a mean stay of {least} or more there can have been at most {bound} viewers in total",
    zh: '{over} 内页面新增观看 {arrivals} 人，而同时显示的在线人数意味着人均仅停留 {stay}（利特尔法则）。若人均停留不低于 {least}，累计观看至多 {bound} 人',
  },
  'display.steps': {
    en: 'the total of viewers grew by exactly {step} in {times} of {total} updates',
    zh: '累计观看人数的 {total} 次增长中有 {times} 次恰好为 {step}',
  },
  'display.fall': {
    en: 'the total of viewers, which can only grow, fell from {from} to {to}',
    zh: '只增不减的累计观看人数由 {from} 降至 {to}',
  },
} as const

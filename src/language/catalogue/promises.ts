/** What is said about price promises: possible claims, defences, refunds due, changes to a coupon. */
export const promises = {
  'remedy.possible-claim': {
    en: 'possible claim if a court finds fraud: three times the {paid} paid, at least 500.00, is {amount}; suspected, owed by nobody yet',
    zh: '若法院认定构成欺诈，可能主张的惩罚性赔偿：已付 {paid} 的三倍（不低于 500.00）即 {amount}；目前仅为涉嫌，尚无人负有支付义务',
  },
  'defence.excluded': {
    en: 'the coupon excluded the product by name, so it never applied',
    zh: '优惠券已明确排除该商品，从未对其适用',
  },
  'defence.intent-only': {
    en: 'the intent to exclude the product was not written into the coupon: the breach stands, the intent may mitigate',
    zh: '排除该商品的意图未写入优惠券规则：违约成立，主观意图仅可作为从轻考虑',
  },
  'defence.draw-published': {
    en: 'the rules of the draw were published before it began; how a price that only winners pay compares is for a person to weigh',
    zh: '抽奖规则已事先公布；仅中奖者可享的价格应如何比较，须由人工判断',
  },
  'defence.draw-unpublished': {
    en: 'a "lucky draw" needs rules (how many, what odds, what conditions) published before it began; none are on file',
    zh: '所谓“抽奖性质”须事先公布规则（数量、中奖概率、条件）；目前没有备案',
  },
  'refund.whole': { en: '{price}', zh: '{price}' },
  'refund.share': { en: '({sum} ÷ {pieces})', zh: '（{sum} ÷ {pieces}）' },
  'refund.paid': {
    en: 'paid: {amount} − discounts {discount} = {paid}',
    zh: '实付：{amount} − 优惠 {discount} = {paid}',
  },
  'refund.fair': {
    en: 'comparison: {price} × {quantity} = {fair}',
    zh: '比较价：{price} × {quantity} = {fair}',
  },
  'refund.difference': {
    en: 'difference: {paid} − {fair} = {difference}',
    zh: '差价：{paid} − {fair} = {difference}',
  },
  'refund.claimed': {
    en: 'less {claimed} that price protection already covers',
    zh: '减去价保已涵盖的 {claimed}',
  },
  'refund.returned': {
    en: 'less {returned} for goods already given back',
    zh: '减去已退货部分对应的 {returned}',
  },
  'refund.compensated': {
    en: 'less {compensated} already paid back',
    zh: '减去已退还的 {compensated}',
  },
  'refund.due': { en: 'due: {due}', zh: '应退：{due}' },
  'refund.order': {
    en: 'order {order}, {product}: {status}',
    zh: '订单 {order}，{product}：{status}',
  },
  'refund.status.due': { en: 'due', zh: '应退' },
  'refund.status.paid': { en: 'settled', zh: '已结清' },
  'refund.status.open': {
    en: 'open: the promise does not say whether coupons count',
    zh: '待定：承诺未说明是否计入优惠券',
  },
  'refund.if-counted': {
    en: '  due if coupons count: {due}',
    zh: '  若计入优惠券则应退：{due}',
  },
  'refund.total': {
    en: '{orders} protected orders with a difference; due now: {total}',
    zh: '共有 {orders} 笔受保护订单存在差价；目前应退合计：{total}',
  },
  'refund.unequal': {
    en: 'equal orders were treated unequally in {findings} group(s); `--json` names them',
    zh: '有 {findings} 组情形相同的订单受到不同对待；`--json` 可查看明细',
  },
  'refund.unknown-outcome': {
    en: '--fail-on takes due or unequal-treatment, not "{name}"',
    zh: '--fail-on 只能是 due 或 unequal-treatment，而不是“{name}”',
  },
  'price.unknown-outcome': {
    en: '--fail-on takes broken and review, not "{name}"',
    zh: '--fail-on 只能是 broken 或 review，而不是“{name}”',
  },
  'price.no-salt': {
    en: '--coupon-ledger needs --salt: without it accounts could be guessed',
    zh: '--coupon-ledger 需要同时给出 --salt，否则账号可被猜出',
  },
  'price.no-promises': { en: 'the files hold no price promise', zh: '文件中没有价格承诺' },
  'price.complaints': {
    en: '{complaints} complaints about {product}; handled to the consumer’s satisfaction: {share}',
    zh: '关于 {product} 的投诉 {complaints} 件；经消费者确认处理完毕的占 {share}',
  },
  'promise.line': {
    en: '{promise} ({kind}, {product}): {outcome}',
    zh: '{promise}（{kind}，{product}）：{outcome}',
  },
  'promise.kind.lowest-price': { en: 'lowest price', zh: '全网最低价' },
  'promise.kind.price-protection': { en: 'price protection', zh: '价保' },
  'promise.kind.gift': { en: 'gift', zh: '赠品' },
  'promise.kind.quantity': { en: 'quantity', zh: '数量' },
  'promise.outcome.kept': { en: 'kept', zh: '已履行' },
  'promise.outcome.broken': { en: 'broken', zh: '未履行' },
  'promise.outcome.review': {
    en: 'for review: the promise leaves something unsaid',
    zh: '待人工判断：承诺有未说明之处',
  },
  'promise.outcome.outside': {
    en: 'outside what was promised at this moment',
    zh: '该时点不在承诺范围内',
  },
  'promise.missing': { en: '  not said: {clause}', zh: '  未说明：{clause}' },
  'promise.clause.couponsCount': {
    en: 'whether a price that only a coupon makes counts',
    zh: '仅凭优惠券才能达到的价格是否计入',
  },
  'promise.clause.price': { en: 'which price was promised', zh: '承诺的是哪一个价格' },
  'promise.clause.quantity': { en: 'how many pieces were promised', zh: '承诺了几件' },
  'promise.clause.drawRules': {
    en: 'the rules of the draw, which had to be published before it began',
    zh: '抽奖规则（须在开始前公布）',
  },
  'promise.clause.exactPrice': {
    en: 'nothing, but the search stopped before it could be sure',
    zh: '承诺并无遗漏，但搜索在得出确定结论前停止',
  },
  'prices.not-judged': {
    en: 'Cannot be checked: the goods, their merchant or the currency are not certain from what is on file',
    zh: '无法核对：在案数据不足以确定商品、所属商家或币种',
  },
  'prices.not-whole': {
    en: 'Nothing on file undercuts it, but not everything could be taken into account',
    zh: '在案数据中未见更低价格，但部分数据未能计入',
  },
  'prices.which-platform': {
    en: 'Several platforms are on file: say in `platform` which one is meant',
    zh: '在案平台不止一个：请在 `platform` 中指明',
  },
  'prices.not-in-order': {
    en: 'The orders do not list all that was promised; whether it came in the parcel is not on file',
    zh: '订单未列明全部承诺内容；是否随包裹寄出，在案数据无从得知',
  },
  'prices.pending': {
    en: 'The period in which the difference can be claimed is not over',
    zh: '申领差价的期限尚未届满',
  },
  'prices.said': { en: 'On record: “{text}”', zh: '登记的承诺：“{text}”' },
  'prices.posted': {
    en: 'A piece was offered for {price} at {at}, {channel}',
    zh: '{at} 在 {channel} 每件标价 {price}',
  },
  'prices.reachable': {
    en: 'Anybody could have a piece for {price} at {at}: {basket}, coupons {coupons}',
    zh: '{at} 时任何人每件可低至 {price}：{basket}，优惠券 {coupons}',
  },
  'prices.ordered': {
    en: 'Order {order} paid {price} a piece at {at}',
    zh: '订单 {order} 于 {at} 每件实付 {price}',
  },
  'prices.owed': {
    en: '{orders} order(s) paid more and are owed {sum} in all',
    zh: '{orders} 笔订单付款更高，合计应补 {sum}',
  },
  'prices.broken': {
    en: '{product}: a price promise was not kept; {orders} order(s) are owed {sum}',
    zh: '{product}：价格承诺未兑现，{orders} 笔订单应补 {sum}',
  },
  'prices.open': {
    en: '{product}: whether a price promise was kept is open. {why}',
    zh: '{product}：价格承诺是否兑现尚无定论。{why}',
  },
  'promise.counterexample': {
    en: '  {price} a piece was reachable at {at}: {basket}, coupons {coupons}; responsible event {event}',
    zh: '  {at} 时每件最低可至 {price}：{basket}，优惠券 {coupons}；相关事件 {event}',
  },
  'promise.owed': {
    en: '  {orders} order(s) are owed {sum}',
    zh: '  {orders} 笔订单应获退差价合计 {sum}',
  },
  'promise.would-owe': {
    en: '  if so, {orders} order(s) would be owed {sum}',
    zh: '  若成立，{orders} 笔订单应获退差价合计 {sum}',
  },
  'preflight.no-input': {
    en: 'preflight needs a coupon and the shop; for example: assay price preflight coupon.json shop.ndjson',
    zh: '预检需要优惠券文件与店铺事件文件，例如：assay price preflight coupon.json shop.ndjson',
  },
  'preflight.unknown-outcome': {
    en: '--fail-on takes breaks and review, not "{name}"',
    zh: '--fail-on 只能是 breaks 或 review，而不是“{name}”',
  },
  'preflight.bad-coupon': {
    en: '{path}: no coupon can be read there: {reason}',
    zh: '{path}：无法读取优惠券：{reason}',
  },
  'preflight.not-a-coupon': {
    en: 'the event is not a live.coupon.issued',
    zh: '该事件不是 live.coupon.issued',
  },
  'preflight.unknown-product': {
    en: 'the scope names {product}, which no event lists or prices',
    zh: '适用范围中的 {product} 没有任何事件上架或定价',
  },
  'preflight.safe': {
    en: '{coupon} breaks no promise that still holds',
    zh: '{coupon} 不会使任何仍有效的承诺落空',
  },
  'preflight.breaks': {
    en: '{coupon} would break a promise:',
    zh: '{coupon} 一经发放将使承诺落空：',
  },
  'preflight.review': {
    en: '{coupon} undercuts a promise that does not say whether coupons count:',
    zh: '{coupon} 将低于某项承诺的价格，而该承诺未说明是否计入优惠券：',
  },
  'preflight.threat': {
    en: '  {promise}: {product} would cost {price} a piece, below {limit}: {basket}, coupons {coupons}',
    zh: '  {promise}：{product} 每件可低至 {price}，低于 {limit}：{basket}，优惠券 {coupons}',
  },
  'preflight.exclude': {
    en: '  avoided by excluding {products}',
    zh: '  可通过排除 {products} 避免',
  },
  'preflight.raise': {
    en: '  avoided by a threshold of {threshold}',
    zh: '  可通过将门槛提高到 {threshold} 避免',
  },
  'preflight.wait': {
    en: '  avoided by issuing it from {from} until {until} (UTC)',
    zh: '  可通过改为在 {from} 至 {until}（UTC）发放避免',
  },
  'preflight.no-change': {
    en: '  no small change avoids it',
    zh: '  没有简单的调整可以避免',
  },
  'preflight.liability': {
    en: 'it can cost its issuer at most {sum}',
    zh: '发放方最多承担 {sum}',
  },
  'price.check.summary': {
    en: 'which price promises were kept, which broken, and who is owed what',
    zh: '核查价格承诺是否履行，以及应退给哪些订单',
  },
  'price.check.help': {
    en: `Usage: assay price check <path…> [options]

Checks every price promise in files of events: kept, broken with a basket that proves it, for review
where the promise leaves something unsaid (do coupons count?), or outside its scope.

  --at T                 only this moment: a date or an RFC 3339 instant
  --terms T              how coupons work: parallel (default) or chained
  --json                 as data on standard output: promises, scripts, complaints
  --fail-on O,…          exit status 1 when a promise is broken, or for review
  --coupon-ledger FILE   who was issued which coupon and where it was used, as CSV
  --salt TEXT            with it accounts are written as keyed digests (needed for the ledger)
  --skip-refused         go on without events that are refused

Example: assay price check shop.ndjson --json --fail-on broken`,
    zh: `用法：assay price check <路径…> [选项]

核查事件文件中的每一项价格承诺：已履行；未履行（附可复核的购物篮）；承诺有未说明之处（如是否计入
优惠券）而待人工判断；或所问时点不在承诺范围内。

  --at 时刻              只核查该时刻：日期或 RFC 3339 时刻
  --terms 解读           优惠券的计算方式：parallel（并行，默认）或 chained（依次）
  --json                 以结构化数据输出：承诺、话术、投诉
  --fail-on 结果,…       有承诺 broken 或 review 时退出状态为 1
  --coupon-ledger 文件   优惠券发放与使用台账（CSV）
  --salt 文本            账号以此为密钥计算摘要（导出台账时必填）
  --skip-refused         跳过被拒绝的事件继续

示例：assay price check shop.ndjson --json --fail-on broken`,
  },
  'price.preflight.summary': {
    en: 'would this coupon, if issued, break a promise that still holds',
    zh: '预检：发放这张优惠券是否会使仍有效的承诺落空',
  },
  'price.preflight.help': {
    en: `Usage: assay price preflight <coupon.json> <path…> [options]

Asks before a coupon is issued: which live promises it would break, by which basket, and the smallest
changes that avoid it, each of them tried. The coupon is the data of a live.coupon.issued, or the
whole event.

  --at T           leave out promises that are over at this moment
  --terms T        how coupons work: parallel (default) or chained
  --json           as data on standard output
  --fail-on O,…    exit status 1 on breaks, or review
  --skip-refused   go on without events that are refused

Example: assay price preflight coupon.json shop.ndjson`,
    zh: `用法：assay price preflight <coupon.json> <路径…> [选项]

在发放优惠券之前询问：它会使哪些仍有效的承诺落空、凭借哪个购物篮，以及可避免的最小调整（每一项都已
重新计算验证）。优惠券文件为 live.coupon.issued 的 data，或完整事件。

  --at 时刻        不计该时刻已结束的承诺
  --terms 解读     优惠券的计算方式：parallel（并行，默认）或 chained（依次）
  --json           以结构化数据输出
  --fail-on 结果,… 结果为 breaks 或 review 时退出状态为 1
  --skip-refused   跳过被拒绝的事件继续

示例：assay price preflight coupon.json shop.ndjson`,
  },
  'price.refunds.summary': {
    en: 'what each protected order is still to get back, line by line',
    zh: '逐行列出每笔受保护订单尚应退还的差价',
  },
  'price.refunds.help': {
    en: `Usage: assay price refunds <path…> [options]

Works out the difference owed to each protected order, with its arithmetic. Compensation that was
completed is taken off, so it can be run again after payouts; equal orders that were treated
unequally are named.

  --at T           the state of things at this moment
  --terms T        how coupons work: parallel (default) or chained
  --json           as data on standard output
  --csv FILE       one row an order, amounts in minor units (- for standard output)
  --fail-on O      exit status 1 when something is due, or on unequal-treatment
  --skip-refused   go on without events that are refused

Example: assay price refunds shop.ndjson --csv refunds.csv`,
    zh: `用法：assay price refunds <路径…> [选项]

计算每笔受保护订单应退的差价并列出算式。已完成的补偿会被扣除，因此可在打款后再次运行；情形相同却受到
不同对待的订单会被列出。

  --at 时刻        以该时刻为准
  --terms 解读     优惠券的计算方式：parallel（并行，默认）或 chained（依次）
  --json           以结构化数据输出
  --csv 文件       每笔订单一行，金额以最小货币单位计（- 表示标准输出）
  --fail-on 结果   存在应退款（due）或 unequal-treatment 时退出状态为 1
  --skip-refused   跳过被拒绝的事件继续

示例：assay price refunds shop.ndjson --csv refunds.csv`,
  },
} as const

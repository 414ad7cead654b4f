/** What the pricing says: why an event of a shop is refused, and the cheapest basket as a receipt. */
export const pricing = {
  'pricing.refused.negative': {
    en: 'event {event}, {field}: an amount cannot be negative',
    zh: '事件 {event} 的 {field}：金额不能为负数',
  },
  'pricing.refused.too-large': {
    en: 'event {event}, {field}: amounts must stay below 10^15 minor units',
    zh: '事件 {event} 的 {field}：金额必须小于 10^15 最小货币单位（分）',
  },
  'pricing.refused.ends-before-start': {
    en: 'event {event}, {field}: it ends before it starts',
    zh: '事件 {event} 的 {field}：结束时间不晚于开始时间',
  },
  'pricing.refused.over-whole': {
    en: 'event {event}, {field}: more than 10 000 basis points off',
    zh: '事件 {event} 的 {field}：折扣超过 10 000 个基点',
  },
  'pricing.refused.id-taken': {
    en: 'event {event}, {field}: this id was given before, by another event',
    zh: '事件 {event} 的 {field}：该编号已被另一事件占用',
  },
  'pricing.refused.unknown-product': {
    en: 'event {event}, {field}: no event lists or prices this product',
    zh: '事件 {event} 的 {field}：没有任何事件上架该商品或为其定价',
  },
  'pricing.refused.unknown-order': {
    en: 'event {event}, {field}: no event places this order',
    zh: '事件 {event} 的 {field}：没有该订单的下单事件',
  },
  'pricing.refused.zero-quantity': {
    en: 'event {event}, {field}: a line needs at least one piece',
    zh: '事件 {event} 的 {field}：每行至少一件',
  },
  'pricing.refused.discount-exceeds': {
    en: 'event {event}, {field}: the discounts are more than the lines they come off',
    zh: '事件 {event} 的 {field}：优惠金额超过可抵扣的商品金额',
  },
  'pricing.refused.refund-exceeds': {
    en: 'event {event}, {field}: more would be paid back than was paid',
    zh: '事件 {event} 的 {field}：退款合计将超过已付金额',
  },
  'pricing.refused.circular-bundle': {
    en: 'event {event}, {field}: the bundle contains itself',
    zh: '事件 {event} 的 {field}：套装循环包含自身',
  },
  'pricing.refused.mixed-currency': {
    en: 'event {event}, {field}: another currency than the rest of the file',
    zh: '事件 {event} 的 {field}：与文件其余部分的币种不同',
  },
  'price.summary': {
    en: 'cheapest reachable prices, promises kept or broken, refunds due',
    zh: '计算可达最低价、核查价格承诺与应退差价',
  },
  'price.help': {
    en: 'Usage: assay price <subcommand> <path…> [options]',
    zh: '用法：assay price <子命令> <路径…> [选项]',
  },
  'price.no-subcommand': {
    en: 'there is no "assay price {name}"; there are: {names}',
    zh: '没有“assay price {name}”；可用的有：{names}',
  },
  'price.no-input': {
    en: 'no file of events was named',
    zh: '没有指定事件文件',
  },
  'price.no-product': { en: '--product is missing', zh: '缺少 --product' },
  'price.unknown-product': {
    en: 'no event lists or prices the product "{product}"',
    zh: '没有任何事件上架商品“{product}”或为其定价',
  },
  'price.not-for-sale': {
    en: '"{product}" is not for sale in any of these channels at {at} UTC',
    zh: '{at}（UTC）时，“{product}”在所指定的渠道均未在售',
  },
  'price.bad-time': {
    en: '--at takes a date or an RFC 3339 instant with offset, not "{text}"',
    zh: '--at 只能是日期或带时区的 RFC 3339 时刻，而不是“{text}”',
  },
  'price.bad-count': {
    en: '{option} takes a whole number from 1, not "{text}"',
    zh: '{option} 只能是从 1 起的整数，而不是“{text}”',
  },
  'price.bad-terms': {
    en: '--terms takes parallel or chained, not "{name}"',
    zh: '--terms 只能是 parallel（并行）或 chained（依次），而不是“{name}”',
  },
  'price.misread': { en: '{where}: {reason}', zh: '{where}：{reason}' },
  'price.refused': {
    en: '{first} (and {more} more; --skip-refused goes on without them)',
    zh: '{first}（另有 {more} 处；可用 --skip-refused 跳过）',
  },
  'price.skipped': {
    en: '{count} events left out, the first: {first}',
    zh: '已跳过 {count} 个事件，第一处：{first}',
  },
  'price.explain.summary': {
    en: 'the cheapest reachable price of a product, with the basket that proves it',
    zh: '某商品的可达最低价及其凑单方案',
  },
  'price.explain.help': {
    en: `Usage: assay price explain <path…> --product P [options]

The least effective unit price of a product over every basket of one order: fillers bought to reach
a threshold, several pieces, every coupon that can be used. docs/pricing.md states the terms.

  --product P       the product
  --at TIME         the moment (a day: its end in UTC; default: the latest event)
  --buyer B         what this buyer has used or drawn (default: anybody)
  --channel C       only this channel; may be repeated
  --max-units N     most pieces of any one product (default 99)
  --terms T         parallel (default) or chained
  --skip-refused    go on without events that are refused
  --json            the answer as data

Example: assay price explain shop.ndjson --product jacket-1 --at 2026-03-01T20:00:00+08:00`,
    zh: `用法：assay price explain <路径…> --product 商品 [选项]

在一笔订单的所有凑单方式中，求该商品的最低到手单价：可凑单达到门槛、可买多件、可用所有能用的优惠券。
条款的解读见 docs/pricing.md。

  --product 商品    要查询的商品
  --at 时刻         查询的时刻（只写日期表示该日 UTC 结束时；默认为最后一个事件的时刻）
  --buyer 买家      按该买家已用、已抽中的优惠券计算（默认：任何人）
  --channel 渠道    只看该渠道；可重复
  --max-units N     每种商品最多几件（默认 99）
  --terms 解读      parallel（并行，默认）或 chained（依次）
  --skip-refused    跳过被拒绝的事件继续计算
  --json            输出结构化结果

示例：assay price explain shop.ndjson --product jacket-1 --at 2026-03-01T20:00:00+08:00`,
  },
  'price.receipt.head': {
    en: '{product} · {channel} · {at} UTC',
    zh: '{product} · {channel} · {at}（协调世界时）',
  },
  'price.receipt.exact': {
    en: 'Cheapest reachable price a piece: {price}, exactly; no basket goes below {lower}.',
    zh: '可达最低到手单价：{price}（精确值，不存在低于 {lower} 的方案）。',
  },
  'price.receipt.bounds': {
    en: 'Cheapest price found a piece: {price}. The search ended early; it is not below {lower}.',
    zh: '已找到的最低到手单价：{price}。搜索提前结束，真正的最低价不低于 {lower}。',
  },
  'price.receipt.item': { en: 'item', zh: '商品' },
  'price.receipt.pieces': { en: 'pieces', zh: '件数' },
  'price.receipt.each': { en: 'each', zh: '单价' },
  'price.receipt.amount': { en: 'amount', zh: '金额' },
  'price.receipt.discount': { en: 'discount', zh: '优惠' },
  'price.receipt.net': { en: 'to pay', zh: '应付' },
  'price.receipt.total': { en: 'total', zh: '合计' },
  'price.receipt.coupon': {
    en: 'Coupon {coupon}: {amount} off an eligible sum of {eligible}.',
    zh: '优惠券 {coupon}：适用商品合计 {eligible}，减 {amount}。',
  },
  'price.receipt.returned': {
    en: 'With the fillers sent back ({refund} refunded): {frozen} a piece, because shares are frozen at order time; {recomputed} where the terms work the coupon out anew on what is kept.',
    zh: '退回凑单商品（退款 {refund}）后：优惠分摊在下单时已固定，到手单价仍为 {frozen}；若规则按保留商品重新计算优惠，则为 {recomputed}。',
  },
  'price.receipt.chained': {
    en: 'Where coupons are applied one after another to what the earlier ones left, the answer is {price}.',
    zh: '如果优惠券按顺序依次在折后金额上计算，结果为 {price}。',
  },
  'price.receipt.chained-at-most': {
    en: 'Where coupons are applied one after another to what the earlier ones left, it is at most {price}.',
    zh: '如果优惠券按顺序依次在折后金额上计算，结果不高于 {price}。',
  },
} as const

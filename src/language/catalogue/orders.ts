/** What is said about orders, refunds and order brushing. */
export const orders = {
  'order.concentration.summary': {
    en: 'orders of merchant {merchant} come from very few buyers: up to {rate} orders a buyer within one hour',
    zh: '商家 {merchant} 的订单集中于极少数买家：一小时内平均每位买家最多下 {rate} 单',
  },
  'order.concentration.rate': {
    en: 'up to {rate} orders a buyer within one hour (limit {limit}); {orders} orders lie in such hours, the most by {buyers} buyer(s); a flash sale of one piece an order can do the same',
    zh: '一小时内平均每位买家最多下 {rate} 单（界限为 {limit}）；此类时段共 {orders} 单，下单最多的买家有 {buyers} 位；每单限购一件的秒杀也可能出现同样情况',
  },
  'order.anomaly.undetermined': {
    en: '{suspected} of {orders} orders look unlike ordinary sales; nothing tells order brushing by the seller’s side from an attack by a third party, so nobody is named',
    zh: '{orders} 单中有 {suspected} 单不似正常销售；现有证据无法区分卖方刷单与第三方恶意攻击，故不指认任何一方',
  },
  'order.anomaly.brushing': {
    en: '{suspected} of {orders} orders look unlike ordinary sales; order brushing for the seller’s side explains them better than an attack by a third party or honest returns',
    zh: '{orders} 单中有 {suspected} 单不似正常销售；与第三方恶意攻击、正常退货相比，为卖方刷单更能解释这一现象',
  },
  'order.anomaly.attack': {
    en: '{suspected} of {orders} orders look unlike ordinary sales; an attack by a third party explains them better than order brushing for the seller’s side or honest returns',
    zh: '{orders} 单中有 {suspected} 单不似正常销售；与卖方刷单、正常退货相比，第三方恶意攻击更能解释这一现象',
  },
  'order.surge': {
    en: '{givenBack} of {orders} orders given back ({share}), where honest live commerce gives back about {honest}, with a wide spread; {merchants} merchant(s): {names}',
    zh: '{orders} 单中有 {givenBack} 单退款（{share}），而正常直播带货的退款率约为 {honest}，且各场差异很大；涉及 {merchants} 家商家：{names}',
  },
  'order.ring': {
    en: '{members} of {orders} orders each carry two independent marks that honest orders rarely carry together: a payer or device shared by a crowd of buyers, money taken back at once without a reason, a buyer never seen in the room',
    zh: '{orders} 单中有 {members} 单各同时具备两项相互独立、正常订单极少并存的特征：与多名买家共用付款人或设备、下单后随即无理由退款、买家从未在直播间出现',
  },
  'order.payers': {
    en: '{share} of the suspected orders were paid by someone who pays for five buyers or more; {others} of the other orders',
    zh: '可疑订单中有 {share} 由为五名以上买家付款的同一付款人支付；其余订单中为 {others}',
  },
  'order.strangers-pay': {
    en: '{share} of the suspected orders were not paid by their buyer; {others} of the other orders',
    zh: '可疑订单中有 {share} 并非由买家本人付款；其余订单中为 {others}',
  },
  'order.devices': {
    en: '{share} of the suspected orders came from a device of five buyers or more; {others} of the other orders',
    zh: '可疑订单中有 {share} 来自五名以上买家共用的设备；其余订单中为 {others}',
  },
  'order.premises': {
    en: '{share} of the suspected orders share an address or IP with five buyers or more, as a campus or an office does; {others} of the other orders',
    zh: '可疑订单中有 {share} 与五名以上买家共用收货地址或 IP，校园、公司也会如此；其余订单中为 {others}',
  },
  'order.absence': {
    en: '{share} of the suspected orders are by buyers who were never seen in the room; {others} of the other orders',
    zh: '可疑订单中有 {share} 的买家从未在直播间出现；其余订单中为 {others}',
  },
  'order.own-money': {
    en: '{count} of {total} suspected orders were made or paid by the operator, a host or the merchant itself',
    zh: '{total} 单可疑订单中有 {count} 单由直播间运营者、主播或商家自己下单或付款',
  },
  'order.refund-timing': {
    en: 'money back was asked for within the hour and without a reason: {atOnce}; a day or more after the broadcast, with no goods to send back: {later}; after the goods arrived: {afterDelivery}',
    zh: '一小时内无具体理由申请退款的占 {atOnce}；直播结束一天后退款且无货可退的占 {later}；收货后退款的占 {afterDelivery}',
  },
  'order.reasons': {
    en: '{share} of {stated} stated refund reasons are about size, fit or quality',
    zh: '{stated} 条退款理由中有 {share} 涉及尺码、版型或质量',
  },
  'order.unshipped': {
    en: '{share} of the suspected orders that stayed paid were never shipped; {others} of the other orders',
    zh: '未退款的可疑订单中有 {share} 从未发货；其余订单中为 {others}',
  },
  'order.kept': {
    en: '{share} of the suspected orders stayed paid; whoever attacks a shop takes the money back',
    zh: '可疑订单中有 {share} 未退款；恶意攻击者通常会申请退款',
  },
  'order.calls': {
    en: '{share} of the suspected orders follow a number called out by the host within two minutes; {others} of the other orders',
    zh: '可疑订单中有 {share} 在主播报数后两分钟内下单；其余订单中为 {others}',
  },
  'order.repeat-host': {
    en: '{share} of {buyers} suspected buyers appear in several such broadcasts of the same host',
    zh: '{buyers} 名可疑买家中有 {share} 出现在同一主播的多场同类直播中',
  },
  'order.repeat-victims': {
    en: '{share} of {buyers} suspected buyers move between three merchants or more of several hosts',
    zh: '{buyers} 名可疑买家中有 {share} 先后出现在多名主播的三家以上商家',
  },
  'order.repeat-at-once': {
    en: '{share} of {buyers} suspected buyers took their money back at once and without a reason from two merchants or more',
    zh: '{buyers} 名可疑买家中有 {share} 对两家以上商家下单后随即无理由退款',
  },
  'order.fee': {
    en: 'merchant {merchant}: {sold} sold, {kept} kept; the slot fee of {fee} comes to {each} per order kept; settlement should wait for the outcome',
    zh: '商家 {merchant}：售出 {sold} 单，实际成交 {kept} 单；坑位费 {fee}，合每笔实际成交 {each}；结算宜待结论作出后进行',
  },
  'order.missing': {
    en: 'not in the evidence, though it would help to tell the explanations apart: {list}',
    zh: '证据中缺少以下有助于区分各种解释的信息：{list}',
  },
  'order.missing.payers': { en: 'who paid', zh: '付款人' },
  'order.missing.devices': { en: 'devices', zh: '下单设备' },
  'order.missing.views': { en: 'who was in the room', zh: '直播间进出记录' },
  'order.missing.reasons': { en: 'refund reasons', zh: '退款理由' },
  'order.missing.shipping': { en: 'shipping', zh: '发货记录' },
} as const

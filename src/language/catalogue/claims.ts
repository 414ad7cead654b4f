/** What the claims part says: transcripts, claims and what a dossier says to them. */
export const claims = {
  'transcribe.bad-address': {
    en: '{address} is not the address of a server: it must begin with http:// or https://',
    zh: '{address} 不是服务器地址：须以 http:// 或 https:// 开头',
  },
  'transcribe.no-file': {
    en: '{file} cannot be read',
    zh: '无法读取文件 {file}',
  },
  'transcribe.unreachable': {
    en: '{server} could not be reached: {reason}',
    zh: '无法连接 {server}：{reason}',
  },
  'transcribe.timeout': {
    en: '{server} gave no transcript within {limit}',
    zh: '{server} 在 {limit} 内未返回转写结果',
  },
  'transcribe.refused': {
    en: '{server} refused with status {status}: {answer}',
    zh: '{server} 拒绝了请求，状态码 {status}：{answer}',
  },
  'transcribe.bad-answer': {
    en: '{server} answered, but not with a transcript that has times (verbose_json): {answer}',
    zh: '{server} 已应答，但返回的不是带时间的转写结果（verbose_json）：{answer}',
  },
  'transcribe.too-long': {
    en: 'the answer is longer than {bytes} bytes',
    zh: '返回内容超过 {bytes} 字节',
  },
  'claims.content.supported': {
    en: '"{claim}": {laboratory} measured {measured} of {name}, which bears it out',
    zh: '“{claim}”：{laboratory}测得{name}含量为 {measured}，与宣称相符',
  },
  'claims.content.measured': {
    en: '"{claim}", but {laboratory} measured {measured} of {name}',
    zh: '宣称“{claim}”，而{laboratory}测得{name}含量仅为 {measured}',
  },
  'claims.content.listed': {
    en: '"{claim}", but the listing itself states {listed} of {name}',
    zh: '宣称“{claim}”，而商品资料自述{name}含量为 {listed}',
  },
  'claims.level.supported': {
    en: '"{claim}": the product is filed as {listed}',
    zh: '“{claim}”：商品资料所载等级为{listed}，与宣称相符',
  },
  'claims.level.contradicted': {
    en: '"{claim}", but the product is filed as {listed}',
    zh: '宣称“{claim}”，而商品资料所载等级为{listed}',
  },
  'claims.origin.contradicted': {
    en: '"{claim}", but the listing states the origin as {listed}',
    zh: '宣称“{claim}”，而商品资料所载来源为{listed}',
  },
  'claims.document.supported': {
    en: '"{claim}": borne out by the document "{document}"',
    zh: '“{claim}”：有文件“{document}”佐证',
  },
  'claims.document.expired': {
    en: '"{claim}": the document "{document}" had expired on {until}',
    zh: '“{claim}”：文件“{document}”已于 {until} 过期',
  },
  'claims.sales.supported': {
    en: '"{claim}": the ledger of this broadcast holds {pieces} pieces paid for, {amount} in all',
    zh: '“{claim}”：本场账本记录已付款 {pieces} 件、金额 {amount}，与宣称相符',
  },
  'claims.sales.contradicted': {
    en: '"{claim}", but the ledger of this broadcast holds {pieces} pieces paid for, {amount} in all',
    zh: '宣称“{claim}”，而本场账本记录已付款仅 {pieces} 件、金额 {amount}',
  },
  'claims.price.supported': {
    en: '"{claim}": a price of {set} was set',
    zh: '“{claim}”：存在 {set} 的价格设置记录',
  },
  'claims.unsupported': {
    en: '"{claim}": the dossier holds no {missing}',
    zh: '宣称“{claim}”：商品资料中没有{missing}',
  },
  'claims.needs-fact': {
    en: '"{claim}" cannot be judged by words; what decides is {missing}',
    zh: '“{claim}”不能仅凭文字判断，取决于{missing}',
  },
  'claims.missing.content': {
    en: 'test report on the content of {name}',
    zh: '{name}含量的检测报告',
  },
  'claims.missing.origin': {
    en: 'certificate of origin or customs declaration',
    zh: '原产地证明或进口报关单',
  },
  'claims.missing.brand': {
    en: 'registration of the brand in the country that is named',
    zh: '品牌在所称国家的商标注册证明',
  },
  'claims.missing.level': {
    en: 'document that states the level of the product',
    zh: '载明商品等级的文件',
  },
  'claims.missing.effect': {
    en: 'approval or efficacy report for {name}',
    zh: '关于“{name}”的批准文件或功效评价报告',
  },
  'claims.missing.certificate': {
    en: 'valid certificate: {name}',
    zh: '有效的证书（{name}）',
  },
  'claims.missing.sales': {
    en: 'sales ledger for the time and channels that the figure speaks of',
    zh: '该数字所指时间与渠道的销售账本',
  },
  'claims.missing.reference-price': {
    en: 'record of sales at the compared price within the seven days before',
    zh: '前七日内以该被比较价格成交的记录',
  },
  'claims.missing.price': {
    en: 'price that was set for the product',
    zh: '该商品的价格设置记录',
  },
  'words.summary': {
    en: '{title}: {count} sentence(s) of the room',
    zh: '{title}：直播间有 {count} 处表述',
  },
  'words.summary-open': {
    en: '{title}: {count} sentence(s) that only a fact or a person can decide',
    zh: '{title}：有 {count} 处表述需凭事实或人工判断',
  },
  'words.reason': {
    en: '"{text}" ({place}): {why}',
    zh: '“{text}”（{place}）：{why}',
  },
  'words.claim.said': {
    en: '"{claim}" was claimed {count} time(s)',
    zh: '“{claim}”这一宣称共出现 {count} 次',
  },
  'words.claim.contradicted': {
    en: 'a claim and what is on file disagree: {why}',
    zh: '宣称与在案资料不符：{why}',
  },
  'words.claim.corrected': {
    en: 'a slip that was corrected on air: {why}',
    zh: '口误，已在直播中当场更正：{why}',
  },
  'words.claim.unsupported': {
    en: 'a claim without proof on file: {why}',
    zh: '宣称缺乏在案证明：{why}',
  },
  'words.claim.open': {
    en: '{count} claim(s) cannot be judged: the facts that decide are not on file',
    zh: '有 {count} 项宣称无法判断：起决定作用的事实不在案',
  },
  'words.variant': {
    en: 'a name on no list, "{term}", stands in {count} listing(s) like those that sell false popularity: for a person to judge',
    zh: '“{term}”不在词表中，但出现在 {count} 个与出售虚假人气相似的商品中，请人工判断',
  },
  'words.variant.company': {
    en: '"{term}" is offered with the same words as the known service: {company}',
    zh: '“{term}”与已知服务的说法相同：{company}',
  },
} as const

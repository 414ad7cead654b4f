/** What bundles say: what failed, what that means, what was checked, and the page of a bundle. */
export const bundle = {
  'bundle.unsafe-path': {
    en: 'The name leaves the folder or means different files on different machines',
    zh: '文件名越出文件夹，或在不同机器上指向不同文件',
  },
  'bundle.bad-declaration': {
    en: 'This is not the declaration of a BagIt 1.0 folder',
    zh: '这不是 BagIt 1.0 文件夹的声明',
  },
  'bundle.bad-manifest': {
    en: 'The list of files is missing or was changed: a digest, two spaces and a name were expected on each line',
    zh: '文件清单缺失或被改动：每行应为摘要、两个空格和文件名',
  },
  'bundle.unlisted-tag': {
    en: 'The list does not name {file}, which must be in it',
    zh: '清单中没有必须列入的 {file}',
  },
  'bundle.extra-file': {
    en: 'The file is not in the list {list}: it was added later, or the list was changed',
    zh: '清单 {list} 中没有这个文件：文件是后来加入的，或清单被改动过',
  },
  'bundle.missing-file': {
    en: 'The list {list} names this file, but it is missing: it was taken away, or the list was changed',
    zh: '清单 {list} 列有此文件，但文件缺失：文件被取走，或清单被改动过',
  },
  'bundle.changed-file': {
    en: 'The file does not have the digest that {list} states: one of the two was changed',
    zh: '文件的摘要与 {list} 所载不符：两者之一被改动过',
  },
  'bundle.bad-oxum': {
    en: 'The payload is stated as {stated}, but has {bytes} bytes in {count} files',
    zh: '所载数据量为 {stated}，实际为 {count} 个文件共 {bytes} 字节',
  },
  'bundle.no-policy': {
    en: 'There is no policy, so nothing says who vouches for the log; give your own with --policy',
    zh: '没有信任策略，因此无从得知由谁为日志作证；请用 --policy 提供您自己的策略',
  },
  'bundle.no-checkpoint': {
    en: 'There is no checkpoint, so nothing ties the entries to a log',
    zh: '没有检查点，条目无法与任何日志对应',
  },
  'bundle.timestamp-alone': {
    en: 'The token stamps {file}, which is not there',
    zh: '时间戳针对的是 {file}，而该文件不存在',
  },
  'bundle.bad-timestamp': {
    en: 'The time stamp of {file} does not hold ({reason}): the token or the file was changed, or the authority is not one that is trusted',
    zh: '{file} 的时间戳不成立（{reason}）：时间戳或文件被改动过，或签发机构不受信任',
  },
  'bundle.idle-proof': {
    en: 'The proof belongs to no entry: an entry was taken away, or the proof was added',
    zh: '这份证明没有对应的条目：条目被取走，或证明是后来加入的',
  },
  'bundle.unproven-entry': {
    en: 'Line {line} has no proof: the entry was added, or its proof was taken away',
    zh: '第 {line} 行没有证明：条目是后来加入的，或其证明被取走',
  },
  'bundle.proof-name': {
    en: 'The name of a proof is proofs/<place in the log>.tlog-proof',
    zh: '证明的文件名应为 proofs/<在日志中的位置>.tlog-proof',
  },
  'bundle.proof-index': {
    en: 'The proof is for place {stated} of the log, not for {index}, or carries something besides',
    zh: '这份证明针对日志第 {stated} 位，而不是第 {index} 位，或夹带了其他内容',
  },
  'bundle.other-checkpoint': {
    en: 'The proof ends in another checkpoint than proofs/checkpoint',
    zh: '这份证明所依据的检查点不是 proofs/checkpoint',
  },
  'bundle.not-in-log': {
    en: 'The entry is not what the log holds at place {index}: the entry in data/events.jsonl or this proof was changed',
    zh: '该条目与日志第 {index} 位的内容不符：data/events.jsonl 中的条目或这份证明被改动过',
  },
  'bundle.bad-lines': {
    en: 'The file is missing or empty, or its last line is torn',
    zh: '文件缺失、为空，或最后一行不完整',
  },
  'bundle.disclosure-line': {
    en: 'Line {line} is not a place in the log with its disclosures',
    zh: '第 {line} 行不是“日志位置与披露项”的形式',
  },
  'bundle.disclosure-place': {
    en: 'Line {line} should hold the disclosures of entry {index}',
    zh: '第 {line} 行应为第 {index} 号条目的披露项',
  },
  'bundle.idle-disclosure': {
    en: 'There are more lines than entries',
    zh: '行数多于条目数',
  },
  'bundle.at-line': { en: 'Line {line}: {reason}', zh: '第 {line} 行：{reason}' },
  'bundle.unproven-recording': {
    en: 'No entry of the log holds the digest of this recording: it is not the one that was logged',
    zh: '日志中没有任何条目载有这段录像的摘要：它不是当时登记的那一段',
  },
  'bundle.other-recording': {
    en: 'Entry {index} of the log names another digest for this recording: it was replaced',
    zh: '日志第 {index} 号条目为这段录像登记的是另一摘要：录像被替换过',
  },
  'bundle.bad-telemetry': {
    en: 'The events do not give the root that the log holds for this chunk: one was changed, added or taken away',
    zh: '这些事件推不出日志为该数据块登记的根哈希：有事件被改动、添加或取走',
  },
  'bundle.bad-snapshot': {
    en: 'The snapshot does not repeat the entries of the log word for word',
    zh: '快照与日志条目的内容不一致',
  },
  'bundle.other-clip': {
    en: 'The clip is not the logged recordings joined: do not rely on what it shows',
    zh: '该片段并非由已登记的录像拼接而成：其画面不足为凭',
  },
  'bundle.readme': {
    en: `EVIDENCE BUNDLE

index.html is for reading. What counts is in data/ and proofs/, and anyone can check it offline:

  sha256sum -c tagmanifest-sha256.txt && sha256sum -c manifest-sha256.txt{stamps}
  assay verify .                       (or drop this folder on index.html or on verify.html)

Any other C2SP tlog-proof verifier will do: line k of data/events.jsonl, without its line feed, is
the entry of the k-th proof by number, proofs/<place in the log>.tlog-proof; proofs/policy.txt says
who vouches for the log. Do not take that from the bundle: compare the keys with those that the
witnesses publish themselves, or bring a policy of your own (assay verify . --policy FILE). The
same goes for time-stamping authorities (--tsa-ca FILE).

Personal fields are not in the entries but in data/disclosures.jsonl (RFC 9901). A digest without a
disclosure was withheld or erased; the proofs hold without it. data/clips/ is made from the logged
data/segments/ so that a browser can play it; data/replay.m3u8 plays the segments themselves.`,
    zh: `证据包

index.html 供阅读。真正作数的是 data/ 与 proofs/ 中的内容，任何人都可以离线核验：

  sha256sum -c tagmanifest-sha256.txt && sha256sum -c manifest-sha256.txt{stamps}
  assay verify .                       （或把本文件夹拖到 index.html 或 verify.html 上）

也可使用任何其他 C2SP tlog-proof 核验工具：data/events.jsonl 的第 k 行（不含换行符）即按编号排列的
第 k 份证明（proofs/<在日志中的位置>.tlog-proof）所对应的条目；proofs/policy.txt 写明由谁为日志作证。
请勿直接采信包内的策略：请与见证方自行公布的密钥核对，或使用您自己的策略（assay verify . --policy 文件）。
时间戳签发机构同理（--tsa-ca 文件）。

个人信息不在条目中，而在 data/disclosures.jsonl 中（RFC 9901）。没有披露项的摘要表示内容被保留不予披露
或已删除，证明依然成立。data/clips/ 由已登记的 data/segments/ 制成，便于浏览器播放；
data/replay.m3u8 直接播放原始分段。`,
  },
  'bundle.passes': {
    en: 'It holds: nothing in this bundle was added, taken away or changed since the log was signed.',
    zh: '核验通过：自日志签名以来，证据包中没有任何内容被添加、取走或改动。',
  },
  'bundle.passes-bundled': {
    en: 'It holds together, judged by the keys that came with it: nothing was added, taken away or changed since they signed.',
    zh: '按随包密钥判断，核验通过：自其签名以来，没有任何内容被添加、取走或改动。',
  },
  'bundle.fails': {
    en: 'It does not hold. What failed: {count}',
    zh: '核验未通过。不符之处：{count} 项',
  },
  'bundle.fails-meaning': {
    en: 'Something is not as it was when it was made: damaged on the way, or changed by somebody. Which of the two cannot be told from here. Do not rely on the files named; ask for the bundle again, from its maker or from a mirror of the log.',
    zh: '有内容与制作时不一致：可能在传递中损坏，也可能被人改动，仅凭此处无法判断是哪一种。请勿采信所列文件；请向制作方或日志镜像方重新索取证据包。',
  },
  'bundle.holds-files': {
    en: 'Every file is listed, every listed file is there, and each has the stated digest.',
    zh: '所有文件均列于清单，清单所列文件均在，且摘要一致。',
  },
  'bundle.holds-entries': {
    en: '{entries} entries are in the log {origin}, which then had {size} entries.',
    zh: '{entries} 个条目均在日志 {origin} 中，当时日志共有 {size} 个条目。',
  },
  'bundle.holds-cosignature': {
    en: 'The witness {name} cosigned that state of the log at {at} UTC.',
    zh: '见证方 {name} 于 {at}（UTC）联署了日志的这一状态。',
  },
  'bundle.holds-disclosures': {
    en: '{disclosed} personal fields are disclosed and match their digests; {withheld} are withheld or erased.',
    zh: '已披露 {disclosed} 个个人信息字段，均与摘要相符；{withheld} 个未披露或已删除。',
  },
  'bundle.holds-recordings': {
    en: '{recordings} pieces of the recording are the ones that were logged, bit for bit.',
    zh: '{recordings} 段录像与当时登记的逐位一致。',
  },
  'bundle.holds-timestamp': {
    en: '{file} existed at {at} UTC, says the time-stamping authority {by}.',
    zh: '时间戳签发机构 {by} 证明 {file} 在 {at}（UTC）已经存在。',
  },
  'bundle.room-whole': {
    en: 'Room {room}: every event from number {first} to {last} is in here, none is left out.',
    zh: '直播间 {room}：第 {first} 号至第 {last} 号事件全部在内，没有遗漏。',
  },
  'bundle.room-part': {
    en: 'Room {room}: {present} of the {count} events from number {first} to {last} are in here. Whether the others matter cannot be told from here; ask the log for them by number.',
    zh: '直播间 {room}：第 {first} 号至第 {last} 号共 {count} 个事件，其中 {present} 个在内。其余事件是否与本案有关，此处无从判断；可按编号向日志索取。',
  },
  'bundle.caveat-policy': {
    en: 'Judged by the keys that came with the bundle, which its maker chose. Compare them with the keys that the witnesses publish, or check again with a policy of your own.',
    zh: '以上依据证据包自带的密钥判断，而这些密钥由制作方选定。请与见证方公布的密钥核对，或用您自己的策略再次核验。',
  },
  'bundle.caveat-no-witness': {
    en: 'No witness cosigned. The operator of the log vouches for it alone, and could have shown others another log.',
    zh: '没有见证方联署。只有日志运营方自己作证，它可能向他人出示过另一份日志。',
  },
  'bundle.caveat-authorities': {
    en: 'The time-stamping authority is the one whose certificate came with the bundle. Give the certificates that you trust with --tsa-ca.',
    zh: '时间戳签发机构以证据包自带的证书为准。请用 --tsa-ca 提供您信任的证书。',
  },
  'bundle.caveat-timestamps': {
    en: 'Time stamps were not checked in this place; openssl ts -verify (README.txt) and assay verify do.',
    zh: '此处未核验时间戳；可用 openssl ts -verify（见 README.txt）或 assay verify 核验。',
  },
  'bundle.caveat-unproven': {
    en: 'Made for reading, and vouched for by no entry of the log: {files}',
    zh: '仅供阅读、没有任何日志条目为其作证的文件：{files}',
  },
  'bundle.caveat-page': {
    en: 'index.html was drawn by the maker of the bundle. What it says is not proved; the entries are.',
    zh: 'index.html 由证据包制作方生成，其文字本身未经证明；得到证明的是日志条目。',
  },
  'bundle.caveat-truth': {
    en: 'Proved is what was recorded and when, not that it was true, nor that everything was recorded.',
    zh: '所证明的是何时记录了什么，而不是所记录的内容属实，也不是一切都已被记录。',
  },
  'bundle.page-title.broadcast': {
    en: 'Evidence of broadcast {id}',
    zh: '直播 {id} 的证据',
  },
  'bundle.page-title.complaint': { en: 'Evidence for complaint {id}', zh: '投诉 {id} 的证据' },
  'bundle.page-title.order': { en: 'Evidence for order {id}', zh: '订单 {id} 的证据' },
  'bundle.page-kicker': { en: 'Evidence bundle', zh: '证据包' },
  'bundle.page-made': { en: 'made {at} UTC', zh: '制作于 {at}（UTC）' },
  'bundle.page-broadcast': { en: 'broadcast {id}', zh: '直播 {id}' },
  'bundle.page-entries': { en: '{count} entries of the log', zh: '{count} 个日志条目' },
  'bundle.page-checked': {
    en: 'Checked when the bundle was made',
    zh: '制作证据包时的核验结果',
  },
  'bundle.page-check': { en: 'Check it yourself, here and now', zh: '现在就在这里亲自核验' },
  'bundle.page-drop': {
    en: 'Drop the bundle here: its folder, or its .zip',
    zh: '把证据包的文件夹或 .zip 拖到这里',
  },
  'bundle.page-drop-note': {
    en: 'Nothing leaves this computer. The page may have been changed like anything else: for a check that does not depend on it, use verify.html from your own copy of Assay, or the commands in README.txt.',
    zh: '一切都在本机完成。本页与其他文件一样可能被人改动：若要不依赖本页，请使用您自己那份 Assay 中的 verify.html，或 README.txt 中的命令。',
  },
  'bundle.page-verify-note': {
    en: 'Nothing leaves this computer.',
    zh: '一切都在本机完成。',
  },
  'bundle.page-folder': { en: 'Choose a folder', zh: '选择文件夹' },
  'bundle.page-zip': { en: 'Choose a .zip', zh: '选择 .zip' },
  'bundle.page-policy': {
    en: 'Your own policy (optional)',
    zh: '您自己的信任策略（可选）',
  },
  'bundle.page-policy-in-use': {
    en: 'Your policy {name} is used.',
    zh: '正在使用您的策略 {name}。',
  },
  'bundle.page-bad-policy': {
    en: '{name} cannot be used as a policy: {reason}',
    zh: '{name} 不能用作信任策略：{reason}',
  },
  'bundle.page-checking': { en: 'Checking …', zh: '正在核验……' },
  'bundle.page-cannot': {
    en: 'That could not be read as a bundle: {reason}',
    zh: '无法作为证据包读取：{reason}',
  },
  'bundle.page-result-of': { en: 'Result for {name}', zh: '{name} 的核验结果' },
  'bundle.page-caveats': { en: 'Before you rely on it', zh: '采信之前请注意' },
  'bundle.page-clip': { en: 'What was shown', zh: '直播画面' },
  'bundle.page-clip-of': { en: 'from {at}, {lasts}', zh: '自 {at} 起，时长 {lasts}' },
  'bundle.page-no-clip': {
    en: 'There is no clip for a browser in this bundle; data/replay.m3u8 plays what was recorded.',
    zh: '本证据包中没有可在浏览器播放的片段；可播放 data/replay.m3u8。',
  },
  'bundle.page-no-recording': {
    en: 'No recording of the moments in question was logged.',
    zh: '相关时刻没有登记过录像。',
  },
  'bundle.page-missing': {
    en: 'Logged, but gone from the archive: {count} pieces of the recording.',
    zh: '已登记但档案中已缺失的录像：{count} 段。',
  },
  'bundle.page-pieces': {
    en: '{count} pieces, each with its digest in the log',
    zh: '共 {count} 段，每段的摘要均已登记于日志',
  },
  'bundle.page-words': { en: 'The words said', zh: '说过的话' },
  'bundle.page-no-words': {
    en: 'No words of these moments were logged.',
    zh: '这些时刻没有登记过口播文字。',
  },
  'bundle.page-seek': { en: 'Play from here', zh: '从此处播放' },
  'bundle.page-orders': { en: 'The order', zh: '订单' },
  'bundle.page-order.line': { en: 'Goods', zh: '商品' },
  'bundle.page-order.quantity': { en: 'Quantity', zh: '数量' },
  'bundle.page-order.unit': { en: 'Unit price', zh: '单价' },
  'bundle.page-order.discounts': { en: 'Discounts', zh: '优惠' },
  'bundle.page-order.total': { en: 'Total', zh: '合计' },
  'bundle.page-prices': { en: 'Prices and promises', zh: '价格与承诺' },
  'bundle.page-timeline': { en: 'Timeline', zh: '时间线' },
  'bundle.page-timeline-note': {
    en: 'Every row is an entry of the log; its number leads to its proof.',
    zh: '每一行都是一个日志条目；点击编号可打开其证明。',
  },
  'bundle.page-hidden': { en: 'withheld or erased: {count}', zh: '未披露或已删除：{count} 项' },
  'bundle.page-chunk': {
    en: 'Telemetry, {size} events: {counts}',
    zh: '遥测数据，{size} 个事件：{counts}',
  },
  'bundle.page-counts': {
    en: 'Counts of the broadcast: {counts}',
    zh: '本场直播各类事件数：{counts}',
  },
  'bundle.page-other': { en: 'Another kind of entry', zh: '其他类型的条目' },
  'bundle.page-footer': {
    en: 'Findings and complaints are allegations until decided. Nobody is accused by being named here.',
    zh: '在作出结论之前，各项发现与投诉均为待查事项。姓名或账号出现于此并不构成指控。',
  },
  'bundle.page-verify-title': { en: 'Check an evidence bundle', zh: '核验证据包' },
  'bundle.page-verify-intro': {
    en: 'Checks a bundle offline: that nothing was added, taken away or changed, that every entry is in the signed log, that every recording is the one that was logged.',
    zh: '离线核验证据包：没有内容被添加、取走或改动，每个条目都在已签名的日志中，每段录像都与登记的一致。',
  },
  'bundle.duration': { en: '{ms}', zh: '{ms}' },
  'bundle.field.by': { en: 'by', zh: '操作方' },
  'bundle.field.text': { en: 'text', zh: '内容' },
  'bundle.field.speaker': { en: 'speaker', zh: '发言人' },
  'bundle.field.reason': { en: 'reason', zh: '理由' },
  'bundle.field.note': { en: 'note', zh: '备注' },
  'bundle.field.comment': { en: 'comment', zh: '评论' },
  'bundle.field.viewer': { en: 'viewer', zh: '观众' },
  'bundle.field.room': { en: 'room', zh: '直播间' },
  'bundle.field.operator': { en: 'room operator', zh: '直播间运营者' },
  'bundle.field.title': { en: 'title', zh: '标题' },
  'bundle.field.product': { en: 'product', zh: '商品' },
  'bundle.field.price': { en: 'price', zh: '价格' },
  'bundle.field.channel': { en: 'channel', zh: '渠道' },
  'bundle.field.kind': { en: 'kind', zh: '类型' },
  'bundle.field.from': { en: 'from', zh: '自' },
  'bundle.field.until': { en: 'until', zh: '至' },
  'bundle.field.coupon': { en: 'coupon', zh: '优惠券' },
  'bundle.field.order': { en: 'order', zh: '订单' },
  'bundle.field.buyer': { en: 'buyer', zh: '买家' },
  'bundle.field.merchant': { en: 'merchant', zh: '商家' },
  'bundle.field.total': { en: 'total', zh: '合计' },
  'bundle.field.amount': { en: 'amount', zh: '金额' },
  'bundle.field.refund': { en: 'refund', zh: '退款' },
  'bundle.field.promise': { en: 'promise', zh: '承诺' },
  'bundle.field.complaint': { en: 'complaint', zh: '投诉' },
  'bundle.field.consumer': { en: 'consumer', zh: '消费者' },
  'bundle.field.against': { en: 'against', zh: '被投诉方' },
  'bundle.field.hold': { en: 'hold', zh: '保全' },
  'bundle.field.matter': { en: 'matter', zh: '事由' },
  'bundle.field.scope': { en: 'scope', zh: '范围' },
  'bundle.field.sequence': { en: 'piece', zh: '分段' },
  'bundle.field.durationMs': { en: 'length', zh: '时长' },
  'bundle.field.currency': { en: 'currency', zh: '币种' },
  'bundle.field.form': { en: 'form', zh: '形式' },
  'bundle.field.hosts': { en: 'hosts', zh: '主播' },
  'bundle.field.category': { en: 'category', zh: '类目' },
  'bundle.field.sku': { en: 'variant', zh: '规格' },
  'bundle.field.issuer': { en: 'issuer', zh: '发放方' },
  'bundle.field.value': { en: 'value', zh: '优惠值' },
  'bundle.field.threshold': { en: 'threshold', zh: '使用门槛' },
  'bundle.field.lines': { en: 'goods', zh: '商品明细' },
  'bundle.field.discounts': { en: 'discounts', zh: '优惠' },
  'bundle.field.address': { en: 'address', zh: '地址' },
  'bundle.field.saidAt': { en: 'said at', zh: '录像时刻' },
  'bundle.field.startMs': { en: 'begins', zh: '开始' },
  'bundle.field.endMs': { en: 'ends', zh: '结束' },
  'bundle.field.language': { en: 'language', zh: '语言' },
  'bundle.field.counts': { en: 'counts', zh: '计数' },
  'bundle.summary': {
    en: 'an evidence bundle for a broadcast, a complaint or an order',
    zh: '为一场直播、一项投诉或一个订单制作证据包',
  },
  'bundle.help': {
    en: `Usage: assay bundle <broadcast|complaint|order> ID --ledger DIR --out DIR [options]

Puts together what the log and the archive hold of the matter: events, recordings of the moments in
question, order and prices, proofs, the cosigned checkpoint and a page to read. Anyone can check it
offline with \`assay verify\`, with sha256sum, or in the page itself.

  --zip              also DIR.zip, one file
  --margin SECONDS   before and after each moment in question (default 60)
  --disclose WHAT    needed (default): everything of the matter, and of the scene words but no
                     persons; all: every personal field that the vault still holds, and telemetry
  --tsa URL          have a time-stamping authority (RFC 3161) stamp it; with --tsa-ca
  --tsa-ca FILE      the authority's certificates, PEM

Example: assay bundle complaint complaint-1 --ledger ledger --out complaint-1-evidence --zip`,
    zh: `用法：assay bundle <broadcast|complaint|order> 编号 --ledger 目录 --out 目录 [选项]

汇集日志与档案中与此事有关的一切：事件、相关时刻的录像、订单与价格、证明、经联署的检查点，以及一份
可阅读的页面。任何人都可以离线核验：用 \`assay verify\`、sha256sum，或直接在页面中核验。

  --zip              另存为单个文件 DIR.zip
  --margin 秒数      每个相关时刻前后各保留多久（默认 60）
  --disclose 范围    needed（默认）：本案的全部字段，现场部分只披露话语、不披露个人；
                     all：保险库中仍有的全部个人信息字段以及遥测数据
  --tsa URL          请时间戳签发机构（RFC 3161）签发时间戳；须同时给出 --tsa-ca
  --tsa-ca 文件      该机构的证书（PEM）

示例：assay bundle complaint complaint-1 --ledger ledger --out complaint-1-evidence --zip`,
  },
  'bundle.done': {
    en: '{out}: {entries} entries, {recordings} pieces of recording, {withheld} personal fields not disclosed. Checked: it holds. Check it again: assay verify {out}',
    zh: '{out}：{entries} 个条目，{recordings} 段录像，{withheld} 个个人信息字段未披露。已核验通过。再次核验：assay verify {out}',
  },
  'bundle.no-matter': {
    en: 'bundle what? for example: assay bundle order order-1 --ledger ledger --out evidence',
    zh: '要为什么制作证据包？例如：assay bundle order order-1 --ledger ledger --out evidence',
  },
  'bundle.no-place': {
    en: 'give --ledger DIR (where the ledger is) and --out DIR (where the bundle goes)',
    zh: '请给出 --ledger 目录（账本所在）和 --out 目录（证据包存放处）',
  },
  'bundle.bad-disclose': {
    en: '--disclose takes needed or all, not "{value}"',
    zh: '--disclose 只能是 needed 或 all，而不是“{value}”',
  },
  'bundle.bad-margin': {
    en: '--margin takes seconds from 0 to 86400, not "{value}"',
    zh: '--margin 需要 0 到 86400 之间的秒数，而不是“{value}”',
  },
  'bundle.tsa-alone': {
    en: '--tsa URL and --tsa-ca FILE go together: a stamp that cannot be checked is worth nothing',
    zh: '--tsa URL 与 --tsa-ca 文件须同时给出：无法核验的时间戳毫无价值',
  },
  'bundle.out-exists': {
    en: '{out} is there already; a bundle is written to a place of its own',
    zh: '{out} 已存在；证据包须写入新的位置',
  },
  'bundle.no-stamp': {
    en: 'no time stamp from {url}: {reason}',
    zh: '未能从 {url} 取得时间戳：{reason}',
  },
  'bundle.cannot': {
    en: 'the bundle cannot be made: {reason}',
    zh: '无法制作证据包：{reason}',
  },
  'bundle.unknown-matter': {
    en: 'the log has nothing of that id; ids are those of the events',
    zh: '日志中没有这个编号；编号以事件中的为准',
  },
  'bundle.does-not-verify': {
    en: 'the bundle would not pass its own check, at {file}: {reason}',
    zh: '证据包未能通过自身核验（{file}）：{reason}',
  },
  'verify.summary': {
    en: 'check an evidence bundle or a log',
    zh: '核验证据包或日志',
  },
  'verify.help': {
    en: `Usage: assay verify <bundle|zip|log> [--policy FILE] [--tsa-ca FILE] [--json]

Checks, offline, that nothing in a bundle or a log was added, taken away or changed, and says what
failed and what that means. Exit status 0: it holds. 3: it does not.

  --policy FILE   whom you trust: the keys of logs and witnesses (C2SP tlog-policy). Without it a
                  bundle is judged by the keys that came with it, which its maker chose
  --tsa-ca FILE   certificates of the time-stamping authorities that you trust, PEM
  --page FILE     write verify.html, which does the same in a browser, offline
  --json          the result as data

Example: assay verify complaint-1-evidence.zip --policy witnesses.txt`,
    zh: `用法：assay verify <证据包|zip|日志> [--policy 文件] [--tsa-ca 文件] [--json]

离线核验证据包或日志中没有内容被添加、取走或改动，并说明哪里不符、意味着什么。
退出状态 0：核验通过；3：未通过。

  --policy 文件   您信任谁：日志与见证方的密钥（C2SP tlog-policy）。不提供时，
                  证据包按其自带的密钥判断，而这些密钥由制作方选定
  --tsa-ca 文件   您信任的时间戳签发机构的证书（PEM）
  --page 文件     写出 verify.html，可在浏览器中离线完成同样的核验
  --json          结构化结果

示例：assay verify complaint-1-evidence.zip --policy witnesses.txt`,
  },
  'verify.no-input': {
    en: 'verify what? give one bundle, zip or log; for example: assay verify evidence',
    zh: '要核验什么？请给出一个证据包、zip 或日志，例如：assay verify evidence',
  },
  'verify.cannot-read': { en: 'cannot read {path}', zh: '无法读取 {path}' },
  'verify.unknown': {
    en: '{path} is neither a bundle nor a log',
    zh: '{path} 既不是证据包，也不是日志',
  },
  'verify.no-policy': {
    en: 'whose log is {path}? --policy FILE names the key that must have signed it',
    zh: '{path} 是谁的日志？请用 --policy 文件 指明应由哪个密钥签名',
  },
  'verify.more': {
    en: '… and {count} more (--json has them all)',
    zh: '……另有 {count} 项（--json 列出全部）',
  },
  'verify.zip-malformed': {
    en: 'The archive cannot be read as a bundle ({reason}): it was cut short, changed, or is something else',
    zh: '该压缩包无法作为证据包读取（{reason}）：它不完整、被改动过，或根本不是证据包',
  },
  'verify.zip-bad-path': {
    en: 'The archive was refused before unpacking ({reason}): such names are used to write where they should not',
    zh: '压缩包在解压前即被拒绝（{reason}）：此类文件名常被用来写入不该写入的位置',
  },
  'verify.zip-too-large': {
    en: 'The archive was refused before unpacking ({reason}): it would unfold beyond the limit. Unpack it yourself and verify the folder',
    zh: '压缩包在解压前即被拒绝（{reason}）：解压后将超出上限。可自行解压后核验文件夹',
  },
  'verify.zip-altered': {
    en: 'The archive bears the mark of assay, but is not byte for byte what assay wrote: it was changed afterwards',
    zh: '该压缩包带有 assay 的标记，但与 assay 写出的内容并非逐字节一致：它在写出后被改动过',
  },
  'verify.log-passes': {
    en: 'It holds: all {size} entries of the log {origin} lead to the root that was signed.',
    zh: '核验通过：日志 {origin} 的全部 {size} 个条目都能推得已签名的根哈希。',
  },
  'verify.log-fails': {
    en: 'It does not hold. What failed in the log: {count}',
    zh: '核验未通过。日志中不符之处：{count} 项',
  },
  'verify.caveat-policy': {
    en: "Judged by the ledger's own policy. Bring your own with --policy: keys that the witnesses publish.",
    zh: '以上依据账本自带的策略判断。请用 --policy 提供您自己的策略，即见证方公布的密钥。',
  },
  'verify.unsigned': {
    en: 'Written, but not yet signed, and proved by nothing: {count} objects.',
    zh: '已写入但尚未签名、未经任何证明的对象：{count} 个。',
  },
  'verify.bad-pack': {
    en: 'what is kept of the chunks is not what was written',
    zh: '保存的遥测数据块与写入时不一致',
  },
  'verify.bad-bucket': {
    en: 'The vault holds here what it never wrote: the file was changed',
    zh: '保险库此处存有并非由其写入的内容：文件被改动过',
  },
  'verify.bad-recording': {
    en: 'The recording is not the one of this digest: it was changed or replaced',
    zh: '录像与此摘要不符：它被改动或替换过',
  },
} as const

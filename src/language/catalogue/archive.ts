/** What the archive says: replays, holds, retention, erasure, recordings. */
export const archive = {
  'replay-missing.held': {
    en: 'The replay of {broadcast} is not in the store, {days} days after it went on air',
    zh: '{broadcast} 开播已 {days} 天，存档中没有完整回放',
  },
  'replay-missing.announced': {
    en: '{broadcast} was announced {days} days ago and has no replay; nothing shows that it went on air',
    zh: '{broadcast} 预告已 {days} 天，没有回放；尚无任何记录表明其确已开播',
  },
  'replay-missing.gone': {
    en: 'The log names {recorded} stored pieces; {stored} of them are in the store on day {days}',
    zh: '日志记载已存 {recorded} 段，第 {days} 天存档中只有 {stored} 段',
  },
  'replay-missing.absent': {
    en: 'Nothing of it was ever stored: {recorded} pieces in the log, {stored} in the store on day {days}',
    zh: '从未保存任何片段：日志 {recorded} 段，第 {days} 天存档 {stored} 段',
  },
  'replay-missing.incomplete': {
    en: '{stored} of {recorded} recorded pieces are stored, but part of the broadcast was never recorded and no disturbance explains it (day {days})',
    zh: '已录 {recorded} 段、现存 {stored} 段，但有部分时段从未录制，也没有中断记录可以解释（第 {days} 天）',
  },
  'deletion-under-hold.summary': {
    en: 'Deletion of {subject} was asked for and refused {after} after it was put on hold for {matter}',
    zh: '{subject} 因 {matter} 被保全 {after} 后有人要求删除，已拒绝',
  },
  'deletion-under-hold.persons': { en: 'personal data', zh: '个人信息' },
  'deletion-under-hold.held': {
    en: 'Asked for by {by} while {holds} holds stood; refused',
    zh: '由 {by} 提出，当时有 {holds} 项保全有效，已拒绝',
  },
  'deletion-under-hold.party': {
    en: 'Asked for by the party that the complaint is against',
    zh: '提出删除的正是被投诉方',
  },
  'deletion-under-hold.knew': {
    en: 'The same party had answered the complaint {after} after it was lodged, and so knew of it',
    zh: '该方在投诉提出 {after} 后已作答复，因此知情',
  },
  'deletion-under-hold.routine': {
    en: 'A routine job asked, not a person',
    zh: '由例行任务提出，而非人为',
  },
  'archive.summary': {
    en: 'record broadcasts and events, keep them as long as the law asks, hold, erase, play back',
    zh: '录制直播与事件，按法定期限保存、保全、删除与回放',
  },
  'archive.help': {
    en: `Usage: assay archive <record|play|check|due|expire|erase|hold|release> --ledger DIR [options]

The archive of a ledger: what is recorded, how long each thing is kept and by which provision, what
a complaint holds, and letting go of the rest on the record.

  --ledger DIR      the ledger (assay ledger init)
  --policy PACK     law pack with a retention table (default cn)
  --key-room ROOM   a key room, whose recordings are kept longer; may be repeated
  --json            for machines`,
    zh: `用法：assay archive <record|play|check|due|expire|erase|hold|release> --ledger 目录 [选项]

账本的存档：录制了什么、每项依据哪条规定保存多久、投诉保全了什么，以及如何留痕地删除其余内容。

  --ledger 目录     账本（由 assay ledger init 建立）
  --policy 法规包   含保存期限表的法规包（默认 cn）
  --key-room 房间   重点直播间，录像保存更久；可重复
  --json            结构化输出`,
  },
  'archive.no-subcommand': {
    en: 'archive has no command "{name}"; it has: {names}',
    zh: 'archive 没有“{name}”这个命令；可用的有：{names}',
  },
  'archive.no-ledger': {
    en: 'which ledger? give --ledger DIR',
    zh: '哪个账本？请给出 --ledger 目录',
  },
  'archive.option-missing': {
    en: 'the option {option} is missing',
    zh: '缺少选项 {option}',
  },
  'archive.no-broadcast': {
    en: 'nothing is recorded of {broadcast} that could be shown or deleted',
    zh: '没有 {broadcast} 的录像可供播放或删除',
  },
  'archive.reading': { en: 'reading the log: {leaves} leaves', zh: '正在读取日志：{leaves} 条' },
  'archive.record.summary': {
    en: 'put events or a live recording into the archive',
    zh: '将事件或直播录像存入存档',
  },
  'archive.record.help': {
    en: `assay archive record <events…> --ledger DIR
assay archive record --hls URL|FILE|FOLDER --broadcast ID --ledger DIR [--host HOST]… [--once]
  Events from NDJSON files, or an HLS playlist followed while it is live: every piece hashed, logged
  with its time and stored; gaps, seams and lost sources are recorded as such. A complaint among the
  events places its hold.
  --host HOST       another host that pieces may come from
  --once            take what the playlist holds now, and stop
  Example: assay archive record --hls https://live.example/room-1.m3u8 --broadcast b1 --ledger log`,
    zh: `assay archive record <事件文件…> --ledger 目录
assay archive record --hls 网址|文件|文件夹 --broadcast 场次 --ledger 目录 [--host 主机]… [--once]
  存入 NDJSON 事件，或跟随直播中的 HLS 播放列表：逐段计算摘要、连同时间记入日志并保存；缺口、接缝与信号
  中断均如实记录。事件中的投诉会自动触发保全。
  --host 主机       允许提供片段的其他主机
  --once            只取播放列表现有内容，随后停止
  示例：assay archive record --hls https://live.example/room-1.m3u8 --broadcast b1 --ledger log`,
  },
  'archive.record.nothing': {
    en: 'record what? give either files of events or --hls with a playlist',
    zh: '要存入什么？请给出事件文件，或用 --hls 给出播放列表，二者择一',
  },
  'archive.record.refused': {
    en: '{count} events refused, the first at {where}: {reason}',
    zh: '拒绝 {count} 个事件，首个位于 {where}：{reason}',
  },
  'archive.record.progress': { en: 'recording: {events} events', zh: '正在存入：{events} 个事件' },
  'archive.record.events': {
    en: '{events} events recorded and covered by a published checkpoint',
    zh: '已存入 {events} 个事件，均已纳入公布的检查点',
  },
  'archive.record.pieces-so-far': { en: 'recording: {pieces} pieces', zh: '正在录制：{pieces} 段' },
  'archive.record.pieces': {
    en: '{broadcast}: {pieces} pieces recorded, {disturbances} disturbances on file',
    zh: '{broadcast}：已录 {pieces} 段，记录异常 {disturbances} 次',
  },
  'archive.play.summary': { en: 'write a recording out to be played', zh: '导出录像以供播放' },
  'archive.play.help': {
    en: `assay archive play BROADCAST --ledger DIR --out DIR [--from TIME] [--until TIME]
  A folder with an HLS playlist and its pieces, each compared with its digest in the log. A piece that
  is gone or changed is a gap, and the exit status is 3.
  Example: assay archive play b1 --ledger log --out replay`,
    zh: `assay archive play 场次 --ledger 目录 --out 目录 [--from 时间] [--until 时间]
  导出含 HLS 播放列表与片段的文件夹，逐段与日志中的摘要比对。缺失或被改动的片段显示为缺口，退出状态为 3。
  示例：assay archive play b1 --ledger log --out replay`,
  },
  'archive.play.what': {
    en: 'play what? give the id of a broadcast',
    zh: '要播放哪一场？请给出场次编号',
  },
  'archive.play.done': {
    en: '{broadcast}: {pieces} pieces, to be played with {playlist}',
    zh: '{broadcast}：共 {pieces} 段，请用 {playlist} 播放',
  },
  'archive.play.missing': {
    en: '{missing} pieces are gone or are not what the log says',
    zh: '有 {missing} 段缺失，或与日志记载不符',
  },
  'archive.check.summary': {
    en: 'look for replays that should be there and are not',
    zh: '查找应存而未存的回放',
  },
  'archive.check.help': {
    en: `assay archive check --ledger DIR [--at DATE] [--raise] [--fail-on replay-missing]
  Compares every broadcast that was announced or held with what is stored. Run it daily.
  --raise           write the findings to the ledger
  Example: assay archive check --ledger log --fail-on replay-missing`,
    zh: `assay archive check --ledger 目录 [--at 日期] [--raise] [--fail-on replay-missing]
  将每一场已预告或已开播的直播与存档比对，宜每日运行。
  --raise           将发现写入账本
  示例：assay archive check --ledger log --fail-on replay-missing`,
  },
  'archive.check.none': { en: 'no broadcast is on file', zh: '没有任何直播记录' },
  'archive.check.line': {
    en: '{broadcast}: {state}, {stored} of {recorded} pieces stored',
    zh: '{broadcast}：{state}，{recorded} 段中现存 {stored} 段',
  },
  'archive.check.open': {
    en: 'an open question of: {complaints}',
    zh: '下列投诉因此仍有未决问题：{complaints}',
  },
  'archive.state.stored': { en: 'stored', zh: '已存' },
  'archive.state.too-early': { en: 'too early to say', zh: '时间尚早，暂不判断' },
  'archive.state.expired': { en: 'kept as long as the law asks', zh: '已满保存期限' },
  'archive.state.gone': { en: 'pieces are gone', zh: '片段丢失' },
  'archive.state.absent': { en: 'no replay', zh: '没有回放' },
  'archive.state.incomplete': { en: 'incomplete', zh: '不完整' },
  'archive.due.summary': {
    en: 'list what may be deleted, and by which provisions',
    zh: '列出可以删除的内容及其依据',
  },
  'archive.due.help': {
    en: `assay archive due --ledger DIR [--at DATE] [--all]
  What has been kept as long as every provision asks and is under no hold. --all lists everything that
  is kept, until when, why, and what holds it.
  Example: assay archive due --ledger log --all`,
    zh: `assay archive due --ledger 目录 [--at 日期] [--all]
  列出各项规定的期限均已届满且未被保全的内容。--all 列出全部内容、保存至何时、依据及保全情况。
  示例：assay archive due --ledger log --all`,
  },
  'archive.due.none': { en: 'nothing may be deleted', zh: '没有可以删除的内容' },
  'archive.expire.summary': { en: 'delete what is due, on the record', zh: '留痕删除到期内容' },
  'archive.expire.help': {
    en: `assay archive expire --ledger DIR [--by ROLE] [--dry-run]
  Deletes what is due now and writes each deletion to the log with its grounds.
  Example: assay archive expire --ledger log --dry-run`,
    zh: `assay archive expire --ledger 目录 [--by 角色] [--dry-run]
  删除此刻到期的内容，并将每次删除及其依据写入日志。
  示例：assay archive expire --ledger log --dry-run`,
  },
  'archive.expire.done': {
    en: '{groups} groups expired: {segments} segments, {disclosures} disclosures, {chunkEvents} chunk events',
    zh: '共 {groups} 组到期：删除 {segments} 个片段、{disclosures} 项披露、{chunkEvents} 个分块事件',
  },
  'archive.erase.summary': {
    en: 'erase a person, or a replay',
    zh: '删除某人的个人信息，或某场回放',
  },
  'archive.erase.help': {
    en: `assay archive erase --persons FILE|- --ground TEXT --by ROLE (--ledger DIR | --data DIR) [--despite-retention]
assay archive erase --broadcast ID --ground TEXT --by ROLE --ledger DIR
  Persons: a file with one id a line (accounts, devices, addresses), or - for standard input. Their
  disclosures go; every proof still stands. Nothing under hold is erased: the attempt is refused,
  recorded and raised as a finding (exit status 1). What the law wants kept stays, and it says until
  when; --despite-retention is for the order of a court. With --data (and --database) they go from a
  stopped service whole: ledger, database and state. A running one is asked by POST /v1/erasures.
  Example: assay archive erase --persons ids.txt --ground "consent withdrawn" --by privacy-desk --ledger log`,
    zh: `assay archive erase --persons 文件|- --ground 理由 --by 角色 (--ledger 目录 | --data 目录) [--despite-retention]
assay archive erase --broadcast 场次 --ground 理由 --by 角色 --ledger 目录
  --persons 文件每行一个标识（账号、设备、地址），- 表示标准输入。相关披露被删除，全部证明依然有效。
  被保全的内容不会删除：请求被拒绝、留痕并作为发现提出（退出状态 1）。法律要求保存的内容予以保留并说明期限；
  --despite-retention 仅用于执行法院命令。使用 --data（及 --database）时，从已停止的服务中整体删除：账本、
  数据库与状态目录；运行中的服务请使用 POST /v1/erasures。
  示例：assay archive erase --persons ids.txt --ground "撤回同意" --by 隐私专员 --ledger log`,
  },
  'archive.erase.what': {
    en: 'erase what? give either --persons or --broadcast',
    zh: '要删除什么？请给出 --persons 或 --broadcast 之一',
  },
  'archive.no-data': {
    en: 'There is no ledger of a service in {data}.',
    zh: '{data} 中没有服务的账本。',
  },
  'archive.erase.no-ids': {
    en: 'no ids can be read from {path}: {reason}',
    zh: '无法从 {path} 读取标识：{reason}',
  },
  'archive.erase.done': {
    en: '{disclosures} disclosures and {chunkEvents} chunk events erased',
    zh: '已删除 {disclosures} 项披露和 {chunkEvents} 个分块事件',
  },
  'archive.erase.kept': {
    en: '{kept} events stay because the law wants them kept, the last of them until {at}',
    zh: '另有 {kept} 个事件依法须继续保存，最晚至 {at}',
  },
  'archive.erase.kept-open': {
    en: '{kept} events stay because the law wants them kept; for some the period has not begun',
    zh: '另有 {kept} 个事件依法须继续保存，其中部分期限尚未起算',
  },
  'archive.erase.held': {
    en: '{held} events stay because they are under hold',
    zh: '另有 {held} 个事件因保全而保留',
  },
  'archive.erase.replay': {
    en: 'the replay of {broadcast} is deleted: {segments} segments',
    zh: '{broadcast} 的回放已删除：{segments} 个片段',
  },
  'archive.erase.too-early': {
    en: 'the replay of {broadcast} must be kept until {at}',
    zh: '{broadcast} 的回放须保存至 {at}',
  },
  'archive.erase.too-early-open': {
    en: 'the replay of {broadcast} must be kept; its period waits for: {waitsFor}',
    zh: '{broadcast} 的回放须继续保存，期限尚待下列事项起算：{waitsFor}',
  },
  'archive.hold.summary': {
    en: 'put evidence under hold, or list the holds',
    zh: '保全证据，或列出保全',
  },
  'archive.hold.help': {
    en: `assay archive hold --matter ID (--broadcast ID | --product ID | --order ID)… --ledger DIR
assay archive hold --ledger DIR
  Freezes what is named; without options, lists what is frozen. A complaint places its own hold.
  Example: assay archive hold --matter case-7 --broadcast b1 --ledger log`,
    zh: `assay archive hold --matter 编号 (--broadcast 场次 | --product 商品 | --order 订单)… --ledger 目录
assay archive hold --ledger 目录
  保全所列内容；不带选项时列出现有保全。投诉会自动触发保全。
  示例：assay archive hold --matter case-7 --broadcast b1 --ledger log`,
  },
  'archive.hold.what': {
    en: 'a hold needs --matter and something to hold: --broadcast, --product or --order',
    zh: '保全需要 --matter，以及保全对象：--broadcast、--product 或 --order',
  },
  'archive.hold.placed': {
    en: 'hold {hold} placed for {matter}',
    zh: '已为 {matter} 作出保全 {hold}',
  },
  'archive.hold.line': {
    en: '{hold}: for {matter} since {at}, covers {scope}',
    zh: '{hold}：为 {matter}，自 {at} 起，范围 {scope}',
  },
  'archive.release.summary': { en: 'release a hold', zh: '解除保全' },
  'archive.release.help': {
    en: `assay archive release HOLD --ledger DIR
  Example: assay archive release hold-complaint-1 --ledger log`,
    zh: `assay archive release 保全编号 --ledger 目录
  示例：assay archive release hold-complaint-1 --ledger log`,
  },
  'archive.release.what': {
    en: 'release which hold? `assay archive hold` lists them',
    zh: '要解除哪项保全？可用 `assay archive hold` 查看',
  },
  'archive.release.unknown': { en: 'there is no hold "{hold}"', zh: '没有编号为“{hold}”的保全' },
  'archive.release.done': { en: 'hold {hold} released', zh: '保全 {hold} 已解除' },
  'archive.line.due': {
    en: '{kind} {name}: {events} events, due since {at} ({rows})',
    zh: '{kind} {name}：{events} 个事件，自 {at} 起可删除（{rows}）',
  },
  'archive.line.kept': {
    en: '{kind} {name}: {events} events, kept until {at} ({rows})',
    zh: '{kind} {name}：{events} 个事件，保存至 {at}（{rows}）',
  },
  'archive.line.held': {
    en: '{kind} {name}: {events} events, under hold: {holds}',
    zh: '{kind} {name}：{events} 个事件，已保全：{holds}',
  },
  'archive.line.open': {
    en: '{kind} {name}: {events} events, the period waits for: {waitsFor}',
    zh: '{kind} {name}：{events} 个事件，期限尚待起算：{waitsFor}',
  },
  'archive.line.no-rule': {
    en: '{kind} {name}: {events} events, no rule speaks of it; kept',
    zh: '{kind} {name}：{events} 个事件，没有相关规定，予以保留',
  },
  'archive.line.erased': {
    en: '{kind} {name}: {events} events, deleted on the record',
    zh: '{kind} {name}：{events} 个事件，已留痕删除',
  },
  'archive.kind.video': { en: 'replay', zh: '回放' },
  'archive.kind.interaction': { en: 'interaction', zh: '互动' },
  'archive.kind.trade': { en: 'trade records', zh: '交易记录' },
  'archive.kind.vetting': { en: 'vetting records', zh: '审核资料' },
  'archive.kind.measure': { en: 'handling records', zh: '处置记录' },
  'archive.kind.case': { en: 'complaint records', zh: '投诉记录' },
  'archive.kind.correction': { en: 'correction records', zh: '更正记录' },
  'archive.kind.marketer-identity': { en: 'identity of marketers', zh: '营销人员身份资料' },
  'archive.kind.operator-identity': { en: 'identity of accounts', zh: '账号身份资料' },
  'archive.kind.advertising': { en: 'advertising archive', zh: '广告档案' },
  'archive.kind.rule-version': { en: 'versions of rules', zh: '规则历史版本' },
  'archive.kind.impact-assessment': { en: 'impact assessments', zh: '影响评估报告' },
  'archive.kind.network-log': { en: 'network logs', zh: '网络日志' },
} as const

/** What the ledger part says: why a log is refused, and the commands of `assay ledger`. */
export const ledger = {
  'ledger.older-than-head': {
    en: 'the log is older than its head: {size} entries were signed, but the store does not hold them all. A back-up was restored? Bring back the newer tiles; going on from here would fork the log',
    zh: '日志比头记录旧：已签名 {size} 条，存储中却不全。是否恢复了旧备份？请找回较新的数据块；从这里继续会使日志分叉',
  },
  'ledger.head-behind': {
    en: 'the head ({head} entries) is behind the published checkpoint ({published}): the second place was restored from a back-up, or belongs to another copy',
    zh: '头记录（{head} 条）落后于已公布的检查点（{published} 条）：第二存放处可能恢复了旧备份，或属于另一份副本',
  },
  'ledger.head-missing': {
    en: 'a checkpoint of {published} entries is published, but the second place holds no head: bring it back before anything is signed',
    zh: '已公布 {published} 条的检查点，第二存放处却没有头记录：请先找回头记录，再签署任何内容',
  },
  'ledger.older-than-seen': {
    en: 'the log has {size} entries, but others hold a checkpoint of it with {seen}: a back-up was restored. Nothing is signed until the missing entries are back',
    zh: '日志现有 {size} 条，而他方持有其 {seen} 条的检查点：说明恢复了旧备份。找回缺失条目之前不会签署任何内容',
  },
  'ledger.forked': {
    en: 'two histories of {origin}: at {size} entries what stands here has another root than what was signed',
    zh: '{origin} 出现两份历史：在 {size} 条处，此处的根哈希与已签名的不同',
  },
  'ledger.damaged': {
    en: 'the tiles of the first {size} entries do not lead to the root that was signed: something in the store was changed or is missing. `assay ledger verify` names it',
    zh: '前 {size} 条的数据块得不出已签名的根哈希：存储中有内容被改动或缺失。可用 `assay ledger verify` 查明',
  },
  'ledger.foreign': {
    en: 'this is no checkpoint of {origin} signed with its key',
    zh: '这不是由 {origin} 的密钥签署的检查点',
  },
  'ledger.foreign-head': {
    en: 'the second place does not hold a head of {origin}',
    zh: '第二存放处的头记录不属于 {origin}',
  },
  'ledger.fenced': {
    en: 'another writer has taken {origin} over: this one signs nothing more',
    zh: '另一个写入者已接管 {origin}：本进程不再签署任何内容',
  },
  'ledger.entry-too-long': {
    en: 'an entry of {bytes} bytes is longer than a log takes ({most})',
    zh: '条目长 {bytes} 字节，超过日志上限（{most} 字节）',
  },
  'ledger.no-ledger': {
    en: '{dir} holds no ledger; `assay ledger init` makes one',
    zh: '{dir} 中没有账本；可用 `assay ledger init` 新建',
  },
  'ledger.bad-config': {
    en: '{path} does not say what ledger this is: origin, vkey and head are needed',
    zh: '{path} 未说明这是哪个账本：需要 origin、vkey 和 head',
  },
  'ledger.no-key': {
    en: 'there is no private key at {path}; only who holds it can write',
    zh: '{path} 处没有私钥；只有持有私钥者才能写入',
  },
  'ledger.nothing-published': {
    en: 'nothing that covers this was published yet in {dir}',
    zh: '{dir} 尚未公布覆盖该条目的检查点',
  },
  'ledger.gap': {
    en: 'room {room}: number {due} was due and {found} stands there: a leaf is missing or was put twice',
    zh: '直播间 {room}：应为第 {due} 号，实际为第 {found} 号：有记录缺失或重复',
  },
  'ledger.stopped': {
    en: 'the writer stopped at an earlier failure; open the log again',
    zh: '写入者因先前的故障已停止；请重新打开日志',
  },
  'ledger.closed': { en: 'the log is closed', zh: '日志已关闭' },
  'ledger.summary': {
    en: 'a log that nobody can rewrite unseen: append, prove, witness, mirror',
    zh: '无法暗中改写的日志：写入、证明、见证、镜像',
  },
  'ledger.help': {
    en: `Usage: assay ledger <init|append|prove|checkpoint|verify|witness|mirror> …

A log of signed, append-only evidence in the public C2SP formats (tlog-tiles, signed-note,
tlog-proof, tlog-witness). Whoever holds a checkpoint can tell whether anything before it was
changed; witnesses make sure that everybody sees the same log.`,
    zh: `用法：assay ledger <init|append|prove|checkpoint|verify|witness|mirror> …

只增不改、经过签名的证据日志，采用公开的 C2SP 格式（tlog-tiles、signed-note、tlog-proof、
tlog-witness）。持有检查点的任何人都能发现此前的内容是否被改动；见证方确保所有人看到的是同一份日志。`,
  },
  'ledger.no-subcommand': {
    en: 'assay ledger has no command "{name}"; there are {names}',
    zh: 'assay ledger 没有“{name}”命令；可用：{names}',
  },
  'ledger.no-folder': { en: 'which ledger? Name its folder', zh: '请指明账本所在的文件夹' },
  'ledger.no-file': { en: 'cannot read {path}', zh: '无法读取 {path}' },
  'ledger.bad-number': {
    en: '{option} takes a whole number, not "{text}"',
    zh: '{option} 须为整数，而不是“{text}”',
  },
  'ledger.bad-origin': {
    en: '--origin names the log, without spaces or plus signs, as in log.example/rooms; not "{origin}"',
    zh: '--origin 是日志的名称，不含空格和加号，例如 log.example/rooms；不能是“{origin}”',
  },
  'ledger.exists': {
    en: 'there is a ledger in {dir} already',
    zh: '{dir} 中已有账本',
  },
  'ledger.s3-needs-both': {
    en: '--s3-endpoint and --s3-bucket go together',
    zh: '--s3-endpoint 与 --s3-bucket 须同时给出',
  },
  'ledger.init.summary': { en: 'begin a log', zh: '新建日志' },
  'ledger.init.help': {
    en: `Usage: assay ledger init DIR --origin NAME [options]

Makes a key, a policy and an empty signed log in DIR. The public part is DIR/log: serve it as files.

  --origin NAME        the log's name for ever, by custom a URL without scheme
  --policy FILE        witnesses, groups and quorum in tlog-policy form; the log's line is added
  --head DIR2          where the last head is kept; best on another disk than DIR, so that a
                       restored back-up is noticed
  --s3-endpoint URL --s3-bucket NAME [--s3-prefix P/] [--s3-region R]
                       keep the objects there, and the head too unless --head names a folder
                       (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)
  --json               machine-readable result

Example:
  assay ledger init /srv/ledger --origin log.example/rooms --head /mnt/other/head`,
    zh: `用法：assay ledger init DIR --origin 名称 [选项]

在 DIR 中生成密钥、信任策略和一份已签名的空日志。对外公开的部分是 DIR/log，按静态文件提供即可。

  --origin 名称         日志的永久名称，惯例是不带协议的网址
  --policy 文件         tlog-policy 格式的见证方、分组和法定数；日志自身一行会自动加上
  --head DIR2          最后头记录的存放处；最好与 DIR 不在同一块磁盘，以便发现恢复旧备份
  --s3-endpoint 网址 --s3-bucket 名称 [--s3-prefix 前缀/] [--s3-region 区域]
                       改存到对象存储；未用 --head 指定文件夹时头记录也存在那里
                       （AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY）
  --json               输出机器可读结果

示例：
  assay ledger init /srv/ledger --origin log.example/rooms --head /mnt/other/head`,
  },
  'ledger.init.done': {
    en: `the log {origin} begins in {dir}
its key, for everybody:  {vkey}
its private key:         {key} (keep it, show it to nobody)
its last head:           {head}`,
    zh: `日志 {origin} 已在 {dir} 建立
公钥（可公开）：{vkey}
私钥：{key}（妥善保管，切勿外传）
头记录：{head}`,
  },
  'ledger.append.summary': { en: 'put events into a log', zh: '把事件写入日志' },
  'ledger.append.help': {
    en: `Usage: assay ledger append DIR [FILE…|-] [options]

Appends events, one JSON object a line (standard input unless files are given). Personal fields go
to the vault and only their salted digests into the log. Returns when everything is durable,
published and, where the policy names witnesses with addresses, cosigned.

  --raw        each line is an entry as it stands, not an event
  --key FILE   the private key, where it is not DIR/key
  --json       machine-readable result

Example:
  assay ledger append /srv/ledger evening.ndjson`,
    zh: `用法：assay ledger append DIR [文件…|-] [选项]

写入事件，每行一个 JSON 对象（未给出文件时读标准输入）。个人信息字段存入保险库，日志中只留加盐摘要。
全部落盘、公布，并在策略列有见证方网址时取得联署后才返回。

  --raw        每行原样作为一个条目，而非事件
  --key 文件   私钥文件（默认 DIR/key）
  --json       输出机器可读结果

示例：
  assay ledger append /srv/ledger evening.ndjson`,
  },
  'ledger.append.refused': {
    en: '{path} line {line}: {reason}',
    zh: '{path} 第 {line} 行：{reason}',
  },
  'ledger.append.progress': { en: '{appended} appended', zh: '已写入 {appended} 条' },
  'ledger.append.done': {
    en: '{appended} appended, {refused} refused; the log has {size} entries, cosigned by {cosigned} witnesses',
    zh: '写入 {appended} 条，拒收 {refused} 条；日志共 {size} 条，{cosigned} 个见证方已联署',
  },
  'ledger.prove.summary': { en: 'a receipt for one event', zh: '为一条事件出具凭证' },
  'ledger.prove.help': {
    en: `Usage: assay ledger prove DIR (--event ID [--broadcast B] | --index N) [--out FILE]

Writes a receipt that checks offline: FILE (C2SP tlog-proof), the leaf itself beside it (.leaf), and
what is still disclosed of the person (.disclosures.json). The newest cosigned checkpoint is used.

  --event ID      the event's id, or that of the view, order, comment or review it brings
  --broadcast B   of this broadcast: its leaves alone are looked at, and where DIR lies in the data
                  folder of a service it is known where they are; without it the whole log is read
  --index N       its place in the log, from 0
  --out FILE      default N.tlog-proof; - prints the proof only
  --json          machine-readable result

Example:
  assay ledger prove data/ledger --event c-1042 --broadcast b-7 --out receipt.tlog-proof
  assay ledger verify receipt.tlog-proof --policy my-policy.txt`,
    zh: `用法：assay ledger prove DIR (--event ID [--broadcast B] | --index N) [--out 文件]

写出可离线核验的凭证：文件本身（C2SP tlog-proof）、旁边的叶子原文（.leaf），以及该人尚未删除的
披露内容（.disclosures.json）。使用最新的已联署检查点。

  --event ID      事件的 id，或该事件产生的观看、订单、评论、评价的 id
  --broadcast B   只看这一场直播的叶子；若 DIR 位于服务的数据目录中，其位置已有记录。
                  不指定则读取整个日志
  --index N       在日志中的位置，从 0 起
  --out 文件      默认 N.tlog-proof；- 表示只打印证明
  --json          输出机器可读结果

示例：
  assay ledger prove data/ledger --event c-1042 --broadcast b-7 --out receipt.tlog-proof
  assay ledger verify receipt.tlog-proof --policy my-policy.txt`,
  },
  'ledger.prove.which': {
    en: 'name the event with --event ID or its place with --index N',
    zh: '请用 --event ID 指明事件，或用 --index N 指明位置',
  },
  'ledger.prove.progress': {
    en: '{leaves} of {size} entries read',
    zh: '已读取 {leaves} / {size} 条',
  },
  'ledger.prove.unknown-event': {
    en: 'nothing in the log under "{event}"',
    zh: '日志中没有“{event}”',
  },
  'ledger.prove.done': {
    en: 'entry {index} is in the log of {size} entries: {file}, with {leaf}',
    zh: '第 {index} 条在共 {size} 条的日志中：{file}，并附 {leaf}',
  },
  'ledger.prove.no-quorum': {
    en: 'the checkpoint has too few cosignatures for the policy: a stranger need not believe it yet',
    zh: '该检查点的联署数未达到策略要求：第三方尚无须采信',
  },
  'ledger.checkpoint.summary': { en: 'the signed head of a log', zh: '日志的签名检查点' },
  'ledger.checkpoint.help': {
    en: `Usage: assay ledger checkpoint DIR [--cosign] [--key FILE] [--json]

Prints the newest checkpoint that the policy's quorum cosigned, else the published one.

  --cosign   first asks the witnesses that the policy gives addresses for; status 1 without a quorum

Example:
  assay ledger checkpoint /srv/ledger --cosign`,
    zh: `用法：assay ledger checkpoint DIR [--cosign] [--key 文件] [--json]

打印达到策略法定数的最新检查点；没有则打印已公布的检查点。

  --cosign   先向策略列有网址的见证方请求联署；未达法定数时退出码为 1

示例：
  assay ledger checkpoint /srv/ledger --cosign`,
  },
  'ledger.verify.summary': { en: 'check a log or a receipt', zh: '核验日志或凭证' },
  'ledger.verify.help': {
    en: `Usage: assay ledger verify <DIR | LOG | RECEIPT.tlog-proof> [options]

Recomputes a whole log from its entries: every tile, every partial tile, the signed root, the head in
the second place, and each room's numbers. Or checks one receipt. Status 3 when anything fails, each
failure with the file and what it means.

  --policy FILE   whom YOU trust (tlog-policy); needed for a bare log and for receipts
  --leaf FILE     the leaf of a receipt, where it is not beside it
  --json          machine-readable result

Example:
  assay ledger verify /srv/ledger --policy my-policy.txt`,
    zh: `用法：assay ledger verify <DIR | 日志 | 凭证.tlog-proof> [选项]

由条目重新计算整份日志：每个数据块、每个不完整块、签名的根哈希、第二存放处的头记录，以及各直播间的
编号；或核验一份凭证。任何一项不符时退出码为 3，并逐项说明文件及含义。

  --policy 文件   您自己信任谁（tlog-policy）；核验单独的日志或凭证时必需
  --leaf 文件     凭证对应的叶子原文（默认在凭证旁边）
  --json          输出机器可读结果

示例：
  assay ledger verify /srv/ledger --policy my-policy.txt`,
  },
  'ledger.verify.needs-policy': {
    en: 'whom do you trust? --policy FILE names the log key and witnesses (tlog-policy)',
    zh: '您信任谁？请用 --policy 文件给出日志公钥和见证方（tlog-policy）',
  },
  'ledger.verify.done': {
    en: 'verified: all {size} entries lead to the signed root, and the numbers of {rooms} rooms have no gap',
    zh: '核验通过：全部 {size} 条均与签名的根哈希相符，{rooms} 个直播间的编号无缺号',
  },
  'ledger.verify.receipt': {
    en: 'verified: this is entry {index} of {origin}, which had {size} entries when it was signed',
    zh: '核验通过：这是 {origin} 的第 {index} 条，签名时日志共 {size} 条',
  },
  'ledger.verify.witnesses': { en: 'cosigned by {names}', zh: '联署方：{names}' },
  'ledger.verify.no-witness': {
    en: 'no witness has cosigned it: it holds as far as one trusts that its owner shows everybody the same log',
    zh: '尚无见证方联署：其效力取决于是否相信日志所有者对所有人出示同一份日志',
  },
  'ledger.witness.summary': { en: 'be a witness for others’ logs', zh: '为他人的日志作见证' },
  'ledger.witness.help': {
    en: `Usage: assay ledger witness DIR --name NAME --log VKEY… [options]

Serves C2SP tlog-witness: cosigns a log's checkpoint when it continues the last one, and remembers it
before saying so. DIR holds the key and the memory: lose neither, restore neither from a back-up.

  --name NAME     the witness's name, needed the first time, when its key is made
  --log VKEY      a log to watch; may be repeated
  --logs FILE     the same, one a line
  --host --port   where to listen (127.0.0.1, 8080)
  --json          say what is served as JSON

Example:
  assay ledger witness /srv/witness --name witness.example/w1 --logs logs.txt --port 8080`,
    zh: `用法：assay ledger witness DIR --name 名称 --log VKEY… [选项]

提供 C2SP tlog-witness 服务：仅当日志的检查点延续上一个时才联署，并在答复前先行记住。DIR 中存有密钥
和记录：两者都不可丢失，也不可从备份恢复。

  --name 名称     见证方名称；首次运行生成密钥时必需
  --log VKEY      要见证的日志，可重复
  --logs 文件     同上，每行一个
  --host --port   监听地址（127.0.0.1、8080）
  --json          以 JSON 说明所提供的服务

示例：
  assay ledger witness /srv/witness --name witness.example/w1 --logs logs.txt --port 8080`,
  },
  'ledger.witness.no-name': {
    en: '{dir} has no key yet: --name says under which name to make one',
    zh: '{dir} 中尚无密钥：请用 --name 指定名称',
  },
  'ledger.witness.no-log': {
    en: 'which logs? --log VKEY or --logs FILE',
    zh: '要见证哪些日志？请用 --log VKEY 或 --logs 文件',
  },
  'ledger.witness.ready': {
    en: `{name} witnesses {logs} keys of logs at {url}
for a policy:  witness w {vkey} {url}`,
    zh: `{name} 正在 {url} 见证 {logs} 个日志公钥
写入策略：witness w {vkey} {url}`,
  },
  'ledger.mirror.summary': { en: 'keep a full copy of a log', zh: '保存日志的完整镜像' },
  'ledger.mirror.help': {
    en: `Usage: assay ledger mirror SOURCE DIR --policy FILE [--every SECONDS] [--json]

Copies a log (its address, or a folder) into DIR/log, recomputing everything. A checkpoint that does
not continue the copy is refused with status 3 and kept in DIR/contradictions as proof.

  --policy FILE     the log's key, and the witnesses whose cosignatures are wanted
  --every SECONDS   go on following

Example:
  assay ledger mirror https://log.example/rooms/ /srv/copy --policy policy.txt --every 60`,
    zh: `用法：assay ledger mirror 来源 DIR --policy 文件 [--every 秒] [--json]

把日志（网址或文件夹）复制到 DIR/log，并全部重新计算。检查点若不延续镜像，则以退出码 3 拒绝，并保存到
DIR/contradictions 作为证据。

  --policy 文件     日志公钥，以及要求其联署的见证方
  --every 秒        持续跟随

示例：
  assay ledger mirror https://log.example/rooms/ /srv/copy --policy policy.txt --every 60`,
  },
  'ledger.mirror.needs': {
    en: 'name the log, the folder for the copy, and --policy FILE',
    zh: '请给出日志、镜像文件夹和 --policy 文件',
  },
  'ledger.mirror.progress': { en: '{size} of {of} entries', zh: '{size}/{of} 条' },
  'ledger.mirror.done': {
    en: '{origin}: the copy went from {from} to {to} entries, and every one continues it',
    zh: '{origin}：镜像由 {from} 条增至 {to} 条，全部衔接无误',
  },
} as const

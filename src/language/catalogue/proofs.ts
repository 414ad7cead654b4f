/** What the formats of the log say when a thing is malformed or does not prove what it claims. */
export const proofs = {
  'proofs.malformed-path': {
    en: 'This is not the path of a tile: {path}',
    zh: '这不是日志分片（tile）的路径：{path}',
  },
  'proofs.malformed-entries': {
    en: 'The entry bundle is torn, or holds another number of entries than its name says',
    zh: '条目包不完整，或条目数与文件名不符',
  },
  'proofs.malformed-tile': {
    en: 'The tile {path} does not hold the number of hashes that its name says',
    zh: '分片 {path} 中的哈希数与文件名不符',
  },
  'proofs.missing-tile': {
    en: 'The tile {path} is missing',
    zh: '缺少分片 {path}',
  },
  'proofs.entry-too-long': {
    en: 'An entry of {bytes} bytes is longer than a log takes ({most})',
    zh: '条目长 {bytes} 字节，超过日志的上限（{most} 字节）',
  },
  'proofs.malformed-note': {
    en: 'This is not a signed note: text, a blank line and signature lines were expected',
    zh: '这不是签名文本：应有正文、空行和签名行',
  },
  'proofs.unverified-note': {
    en: 'No signature on the note is by a key that you trust',
    zh: '文本上没有任何一个受信任密钥的签名',
  },
  'proofs.bad-signature': {
    en: 'The signature of {name} does not match the text: one of the two was changed',
    zh: '{name} 的签名与正文不符：其中之一被改动过',
  },
  'proofs.malformed-key': {
    en: 'This is not a key, or its parts do not belong together: {key}',
    zh: '这不是有效的密钥，或各部分不匹配：{key}',
  },
  'proofs.unsupported-key': {
    en: 'The key {key} is of a kind that cannot be checked here',
    zh: '密钥 {key} 的类型无法在此核验',
  },
  'proofs.malformed-checkpoint': {
    en: 'This is not a checkpoint: origin, size and root were expected, each on its line',
    zh: '这不是检查点：应逐行给出日志名、规模和根哈希',
  },
  'proofs.unknown-log': {
    en: 'The checkpoint is of the log {origin}, which the policy does not name',
    zh: '检查点属于日志 {origin}，信任策略中没有这个日志',
  },
  'proofs.quorum-missing': {
    en: 'Too few of the witnesses that the policy asks for have cosigned; those that did: {names}',
    zh: '联署的见证方不足信任策略的要求；已联署：{names}',
  },
  'cosigned.nobody': { en: 'nobody', zh: '无' },
  'proofs.malformed-proof': {
    en: 'Line {line} of the proof is not what a tlog-proof has there',
    zh: '证明文件第 {line} 行不符合 tlog-proof 格式',
  },
  'proofs.not-included': {
    en: 'The entry is not at place {index} of the log with this root',
    zh: '此根哈希对应的日志中，第 {index} 位不是该条目',
  },
  'proofs.malformed-hash': {
    en: 'A hash of the proof is not base64',
    zh: '证明中的哈希不是有效的 base64',
  },
  'proofs.says-other': {
    en: 'The entry that is proved is not this event: it says something else',
    zh: '所证明的条目不是这一事件：其内容与此不符',
  },
  'proofs.malformed-policy': {
    en: 'Line {line} of the policy cannot be read',
    zh: '信任策略第 {line} 行无法解读',
  },
  'proofs.not-canonical': {
    en: 'The value has no canonical JSON form: a lone surrogate, a number that is not finite, something that is not JSON, or nesting that is too deep',
    zh: '该值没有规范 JSON 形式：含孤立代理项、非有限数、非 JSON 内容，或嵌套过深',
  },
  'proofs.malformed-leaf': {
    en: 'The entry is not a leaf: canonical JSON with sorted digests was expected',
    zh: '该条目不是有效的叶子：应为摘要已排序的规范 JSON',
  },
  'proofs.reserved-name': {
    en: 'A field may not be called "{name}": the name is reserved for digests',
    zh: '字段名不得为“{name}”：该名称保留给摘要使用',
  },
  'proofs.malformed-disclosure': {
    en: 'This is not a disclosure: salt, name and value were expected',
    zh: '这不是披露项：应有盐值、字段名和值',
  },
  'proofs.unknown-disclosure': {
    en: 'The disclosure of "{name}" belongs to no digest of this leaf: it was changed, or is of another leaf',
    zh: '“{name}”的披露项与此叶子的任何摘要都不对应：它被改动过，或属于另一叶子',
  },
  'proofs.malformed-chunk': {
    en: 'The chunk is torn, or does not hold the events that its leaf counts',
    zh: '数据块不完整，或与其叶子所计的事件不符',
  },
  'proofs.erased-event': {
    en: 'Event {index} of the chunk was erased: its hash is left, its content is not',
    zh: '数据块中第 {index} 个事件已被删除：只留下哈希，内容不复存在',
  },
  'verify-log.missing': {
    en: 'The object is missing: the log cannot be checked here, and somebody may have removed it',
    zh: '该对象缺失：日志的这一部分无法核验，也可能是被人删除的',
  },
  'verify-log.malformed': {
    en: 'The object is torn or malformed: its length or layout is not what its name says',
    zh: '该对象不完整或格式有误：长度或布局与文件名不符',
  },
  'verify-log.wrong-entries': {
    en: 'The entries are not those that were logged: at least one was changed afterwards',
    zh: '这些条目与当初写入日志的不一致：至少有一条事后被改动',
  },
  'verify-log.wrong-hashes': {
    en: 'The hashes are not those of the entries: the tile was changed or damaged',
    zh: '这些哈希与条目不符：该分片被改动或损坏',
  },
  'verify-log.disagree': {
    en: 'Entries and hashes contradict one another here, and nothing else says which was changed',
    zh: '此处条目与哈希互相矛盾，且没有其他依据判断是哪一方被改动',
  },
  'verify-log.wrong-root': {
    en: 'The signed root is not that of the entries: the log was rewritten after it was signed',
    zh: '已签名的根哈希与条目不符：日志在签名之后被改写',
  },
  'verify-log.unexpected': {
    en: 'No log has an object of this name',
    zh: '日志中不应有此名称的对象',
  },
  'verify-log.unknown-signature': {
    en: '{name} signed with a key that the policy does not name: the line was damaged, or proves nothing',
    zh: '{name} 的签名所用密钥不在信任策略之内：该行已损坏，或不能证明任何事情',
  },
} as const

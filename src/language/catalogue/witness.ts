/** What the witness and mirror parts say. */
export const witness = {
  'witness.unreachable': {
    en: 'the witness {name} cannot be reached at {url}: {reason}',
    zh: '无法在 {url} 联系到见证方 {name}：{reason}',
  },
  'witness.refused': {
    en: 'the witness {name} ({url}) does not cosign: {reason}',
    zh: '见证方 {name}（{url}）拒绝联署：{reason}',
  },
  'witness.ahead': {
    en: 'the witness {name} has cosigned {held} entries of this log, which stands at {size}: the log is a restored back-up',
    zh: '见证方 {name} 已联署到第 {held} 条，而日志只有 {size} 条：日志恢复自旧备份',
  },
  'witness.distrusted': {
    en: 'the answer of the witness {name} is not signed with its key',
    zh: '见证方 {name} 的答复并非由其密钥签署',
  },
  'witness.damaged': {
    en: 'what this witness kept of {origin} is not what it signed: it must not cosign again under this key',
    zh: '本见证方保存的 {origin} 记录与其签署内容不符：不得再用此密钥联署',
  },
  'witness.nothing-served': {
    en: 'there is no checkpoint there: nothing to copy',
    zh: '那里没有检查点：无可复制',
  },
  'witness.served-otherwise': {
    en: 'the log does not serve the entries that its checkpoint of {size} covers: they are missing or were changed',
    zh: '日志提供的条目与其 {size} 条的检查点不符：条目缺失或被改动',
  },
  'witness.went-back': {
    en: '{origin} now shows {size} entries and had shown {seen}: it went back on what it signed',
    zh: '{origin} 现在只显示 {size} 条，此前为 {seen} 条：日志倒退，与其签署过的内容不符',
  },
  'witness.forked': {
    en: '{origin} shows two histories: its checkpoint of {now} entries does not continue that of {before}. Both are kept: together they prove it',
    zh: '{origin} 给出两份历史：{now} 条的检查点并不延续 {before} 条的检查点。两者均已保存，合在一起即为证据',
  },
} as const

/** What the criticism part says. */
export const criticism = {
  'criticism.summary': {
    en: '{removed} of {all} removals took down criticism without a lawful reason',
    zh: '被删除的 {all} 条评论中，有 {removed} 条是批评意见且无正当理由',
  },
  'criticism.summary-filter': {
    en: 'a filter list stops {words} word(s) of criticism',
    zh: '屏蔽词表拦截了 {words} 个批评用语',
  },
  'criticism.summary-both': {
    en: '{removed} of {all} removals took down criticism without a lawful reason, and a filter list stops {words} word(s) of criticism',
    zh: '被删除的 {all} 条评论中，有 {removed} 条是批评意见且无正当理由；屏蔽词表另拦截 {words} 个批评用语',
  },
  'criticism.summary-muted': {
    en: '{count} viewer(s) who criticised were muted without a reason',
    zh: '{count} 名提出批评的观众被无理由禁言',
  },
  'criticism.reviews': {
    en: '{removed} critical review(s) were taken down without a lawful reason',
    zh: '有 {removed} 条差评被删除且无正当理由',
  },
  'criticism.removed': {
    en: '{bare} critical comment(s) were taken down without a reason, {contradicted} for a reason that the text does not bear out: {examples}',
    zh: '{bare} 条批评评论被删除而未说明理由，{contradicted} 条所称理由与内容不符：{examples}',
  },
  'criticism.rates': {
    en: 'of {criticalPosted} critical comments {critical} were taken down without a lawful reason, of {praisingPosted} praising ones {praising}; were stance no matter, so many would be critical with a chance of {chance}',
    zh: '批评评论 {criticalPosted} 条中无正当理由删除 {critical} 条，称赞评论 {praisingPosted} 条中删除 {praising} 条；若删除与褒贬无关，出现如此多批评评论被删的概率为 {chance}',
  },
  'criticism.filter': {
    en: '{count} word(s) on a filter list are criticism, not abuse: {words}',
    zh: '屏蔽词中有 {count} 个属于批评而非辱骂：{words}',
  },
  'criticism.muted': {
    en: '{count} viewer(s) who criticised, and did nothing else that would call for it, were muted without a reason',
    zh: '{count} 名观众仅因批评、并无其他违规言行，被无理由禁言',
  },
} as const

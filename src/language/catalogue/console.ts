/** What the service says of files handed in and of prices asked about. */
export const consoleWork = {
  'console.audits-full': {
    en: 'You have {most} files here already, or too many are under way. Results go after an hour; try again later.',
    zh: '您已提交 {most} 个文件，或当前处理的文件过多。结果保留一小时，请稍后再试。',
  },
  'console.audit-failed': {
    en: 'The file could not be audited; the failure was logged. Try a smaller part of it.',
    zh: '该文件无法审计，错误已记录。请尝试提交其中一部分。',
  },
  'console.audit-stopped': {
    en: 'The audit was stopped: it took too long or too much memory. Try a smaller part of the file.',
    zh: '审计已中止：耗时过长或占用内存过多。请尝试提交文件的一部分。',
  },
  'console.prices-too-long': {
    en: 'The question took more than ten seconds. Leave out products or coupons that do not matter.',
    zh: '计算超过十秒。请去掉无关的商品或优惠券后再试。',
  },
} as const

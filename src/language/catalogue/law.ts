/** What is said about the law: how far a text was read, and whether it was in force. */
export const law = {
  'law.reading.verified': { en: 'text read', zh: '已核对原文' },
  'law.reading.partly-verified': {
    en: 'text read in part; have it checked before quoting it',
    zh: '仅核对部分原文，引用前须复核',
  },
  'law.reading.unverified': {
    en: 'text not read; have it checked before quoting it',
    zh: '未核对原文，引用前须复核',
  },
  'law.status.in-force': { en: 'in force on the date of the event', zh: '事发当日有效' },
  'law.status.draft': {
    en: 'a draft that was never in force, shown for orientation only',
    zh: '征求意见稿，从未生效，仅供参照',
  },
} as const

/** What the places that keep a ledger say when they cannot. */
export const store = {
  'store.full': { en: 'there is no space left: {reason}', zh: '存储空间已满：{reason}' },
  'store.read-only': { en: 'it may not be written: {reason}', zh: '无写入权限：{reason}' },
  'store.unreachable': {
    en: 'it cannot be read or written: {reason}',
    zh: '无法读取或写入：{reason}',
  },
  'store.locked': {
    en: 'another process writes this ledger: {reason}',
    zh: '另一个进程正在写入此账本：{reason}',
  },
} as const

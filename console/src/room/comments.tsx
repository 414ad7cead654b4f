/** Comments as they come, newest first; removed ones with who and why, for those who watch. */
import { memo } from 'react'
import { useWords, type Sentence } from '../i18n.tsx'
import type { Moment } from './types.ts'

const WORDS = {
  title: { en: 'Comments', zh: '评论' },
  none: { en: 'Nobody wrote anything yet.', zh: '暂无评论。' },
  removed: { en: 'removed by {by} at {at}: {reason}', zh: '{at} 被 {by} 删除，原因：{reason}' },
  unknown: { en: '(removed before it was handed in)', zh: '（接入前已被删除）' },
} as const

const REASONS: Readonly<Record<string, Sentence>> = {
  privacy: { en: 'privacy', zh: '隐私' },
  abuse: { en: 'abuse', zh: '辱骂' },
  spam: { en: 'spam', zh: '垃圾信息' },
  illegal: { en: 'illegal content', zh: '违法内容' },
  'off-topic': { en: 'off topic', zh: '与主题无关' },
  none: { en: 'no reason given', zh: '未说明原因' },
}

export const Comments = ({ moments }: { readonly moments: readonly Moment[] }) => {
  const { t } = useWords()
  const comments = moments.filter(({ kind }) => kind === 'comment').toReversed()
  return (
    <section className="card comments">
      <h2>{t(WORDS.title)}</h2>
      {comments.length === 0 ? (
        <p className="soft">{t(WORDS.none)}</p>
      ) : (
        <ul tabIndex={0} aria-label={t(WORDS.title)}>
          {comments.map((comment) => (
            <Comment key={comment.id} comment={comment} />
          ))}
        </ul>
      )}
    </section>
  )
}

const Comment = memo(({ comment }: { readonly comment: Moment }) => {
  const { t, when } = useWords()
  const { removed, text, at } = comment
  return (
    <li className={removed === null ? '' : 'is-removed'}>
      <span className="soft small numbers">{when(at, 'clock')}</span>{' '}
      <span className="said">{text === '' && removed !== null ? t(WORDS.unknown) : text}</span>
      {removed !== null && (
        <div className="small why">
          {t(WORDS.removed, {
            by: removed.by,
            at: when(removed.at, 'clock'),
            reason: t(REASONS[removed.reason] ?? { en: removed.reason, zh: removed.reason }),
          })}
          {removed.note !== null && ` — ${removed.note}`}
        </div>
      )}
    </li>
  )
})

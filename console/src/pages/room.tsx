/** One broadcast: what is displayed, observed and genuine, why it is doubted, and what is done. */
import { useState } from 'react'
import { at } from '../api.ts'
import { useWords } from '../i18n.tsx'
import { Failed, Waiting } from '../parts.tsx'
import { Comments } from '../room/comments.tsx'
import { CurvesCard } from '../room/curves.tsx'
import { Figures } from '../room/figures.tsx'
import { Findings } from '../room/findings.tsx'
import { Measures } from '../room/measures.tsx'
import { Notes } from '../room/notes.tsx'
import { Recording } from '../room/recording.tsx'
import { useBroadcast, useMoments } from '../room/use-broadcast.ts'
import { Link, useRoute, type PageProps } from '../router.tsx'
import { useSession } from '../session.tsx'
import { strengthOf, term, triggerName } from '../terms.ts'
import '../room/room.css'

const WORDS = {
  back: { en: 'All rooms', zh: '全部直播间' },
  started: { en: 'on air since {at}', zh: '{at} 开播' },
  ended: { en: 'ended {at}', zh: '{at} 结束' },
  judged: { en: 'judged {at}', zh: '{at} 评估' },
  key: { en: 'Key room: {why}', zh: '重点直播间：{why}' },
  grave: {
    en: 'Gravest finding: {kind}, evidence {strength}',
    zh: '最严重的发现：{kind}，证据强度{strength}',
  },
  audit: { en: 'Audit for the merchant', zh: '商家审计报告' },
  prices: { en: 'Promises and coupons', zh: '承诺与优惠券' },
  public: { en: 'Public page', zh: '公开页面' },
  notice: {
    en: 'Nobody is found guilty here. Evidence is weighed between named explanations; people decide, after hearing everyone concerned.',
    zh: '此处不认定任何人有过错，只是在若干解释之间权衡证据；结论由人在听取各方意见之后作出。',
  },
  pages: { en: 'Pages of this broadcast', zh: '本场直播的页面' },
} as const

const WATCHERS: ReadonlySet<string> = new Set(['inspector', 'adjudicator', 'regulator', 'admin'])

/** `?at=`: the moment that a finding leads to, ms; null where none is asked for. */
const momentIn = (search: string): number | null => {
  const at = Date.parse(new URLSearchParams(search).get('at') ?? '')
  return Number.isNaN(at) ? null : at
}

const RoomPage = ({ params }: PageProps) => {
  const broadcast = params['broadcast'] ?? ''
  const { t, when } = useWords()
  const { me } = useSession()
  const isWatcher = me != null && WATCHERS.has(me.role)
  const { whole, raised, error, reload } = useBroadcast(broadcast)
  const moments = useMoments(broadcast, isWatcher)
  const { search } = useRoute()
  const [picked, setPicked] = useState(() => momentIn(search))
  if (error !== undefined && whole === undefined) return <Failed error={error} again={reload} />
  if (whole === undefined) return <Waiting />
  const { gravest, keyTriggers = [], risk = 0 } = whole
  return (
    <article className="room">
      <header>
        <Link to="/">← {t(WORDS.back)}</Link>
        <h1>{whole.title || whole.room || whole.broadcast}</h1>
        <p className="soft">
          {whole.room} · {whole.operator} ·{' '}
          {whole.endedAt === null
            ? t(WORDS.started, { at: when(whole.startedAt) })
            : t(WORDS.ended, { at: when(whole.endedAt) })}{' '}
          · {t(term('vantage', whole.vantage))} ·{' '}
          {t(WORDS.judged, { at: when(whole.judgedAt, 'clock') })}
        </p>
        {gravest != null && (
          <p>
            <span className="chip is-supported">
              {t(WORDS.grave, {
                kind: t(term('kind', gravest.kind)),
                strength: t(strengthOf(risk)),
              })}
            </span>
          </p>
        )}
        {keyTriggers.length > 0 && (
          <p>
            <span className="chip is-undetermined">
              {t(WORDS.key, { why: keyTriggers.map((one) => t(triggerName(one))).join(' · ') })}
            </span>
          </p>
        )}
        <nav aria-label={t(WORDS.pages)}>
          <Link to={at`/audits/${broadcast}`}>{t(WORDS.audit)}</Link>
          <Link to={at`/broadcasts/${broadcast}/prices`}>{t(WORDS.prices)}</Link>
          <Link to={at`/rooms/${whole.room}`}>{t(WORDS.public)}</Link>
        </nav>
      </header>
      <div className="room-columns">
        <div>
          <Figures whole={whole} />
          <Recording broadcast={broadcast} isStored={whole.hasRecording} picked={picked} />
          {whole.series !== undefined && (
            <CurvesCard
              curves={whole.series}
              isLive={whole.endedAt === null}
              peak={whole.figures.concurrent.genuine}
              moments={moments}
              raised={raised}
              picked={picked}
              onPick={setPicked}
            />
          )}
          <Findings raised={raised} all={whole.findings} />
        </div>
        <div>
          <Measures
            broadcast={broadcast}
            standing={whole.standing}
            raised={raised}
            onDone={reload}
          />
          {(me?.role === 'inspector' || me?.role === 'adjudicator') && (
            <Notes broadcast={broadcast} />
          )}
          {isWatcher && <Comments moments={moments} />}
        </div>
      </div>
      <p className="soft small">{t(WORDS.notice)}</p>
    </article>
  )
}

export default RoomPage

/** The curves of a broadcast, one kind at a time, with the marks of what was said beneath. */
import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import type { Interval } from '../../../src/vocabulary/finding.ts'
import { useWords, type Sentence } from '../i18n.tsx'
import { term } from '../terms.ts'
import { Curve } from './curve.tsx'
import { settled } from './settled.ts'
import { Timeline } from './timeline.tsx'
import type { Curves, Moment, RaisedFinding } from './types.ts'

const WORDS = {
  title: { en: 'Over time', zh: '时间走势' },
  which: { en: 'Curve', zh: '曲线' },
  audience: { en: 'People present', zh: '同时在线' },
  arrivals: { en: 'Arrivals by entry', zh: '按入口的进入人数' },
  likes: { en: 'Likes', zh: '点赞' },
  comments: { en: 'Comments', zh: '评论' },
  orders: { en: 'Orders', zh: '订单' },
  note: {
    en: 'The upright bar is the 90 % interval of the genuine figure at the peak. Click the curve or a mark to choose a moment.',
    zh: '竖线为真实峰值的 90% 区间。点击曲线或下方标记可选择时刻。',
  },
  late: {
    en: 'Of a running broadcast the last minute and a half of who is present is left open: visits report a little later.',
    zh: '直播进行中，最近一分半钟的在线人数暂不绘出，因为观看数据稍后才会上报。',
  },
  none: { en: 'No curve yet: nothing of this kind was recorded.', zh: '暂无曲线：没有此类记录。' },
} as const

const ENTRIES: Readonly<Record<string, Sentence>> = {
  follow: { en: 'follow', zh: '关注' },
  feed: { en: 'feed', zh: '推荐流' },
  search: { en: 'search', zh: '搜索' },
  share: { en: 'share', zh: '分享' },
  push: { en: 'push', zh: '推送' },
  paid: { en: 'paid', zh: '付费推广' },
  direct: { en: 'direct', zh: '直接进入' },
  unknown: { en: 'unknown', zh: '未知' },
}

const KINDS = ['audience', 'arrivals', 'likes', 'comments', 'orders'] as const
type Kind = (typeof KINDS)[number]

type Props = {
  readonly curves: Curves
  readonly isLive: boolean
  readonly peak: Interval | null
  readonly moments: readonly Moment[]
  readonly raised: readonly RaisedFinding[]
  readonly picked: number | null
  readonly onPick: (at: number) => void
}

export const CurvesCard = ({ curves, isLive, peak, moments, raised, picked, onPick }: Props) => {
  const { t } = useWords()
  const [kind, setKind] = useState<Kind>('audience')
  const series = useMemo(
    () => (isLive && kind === 'audience' ? settled(curves[kind]) : curves[kind]),
    [curves, kind, isLive],
  )
  const names = Object.keys(series.values).filter((name) =>
    series.values[name]?.some((value) => value !== null && value > 0),
  )
  const labels = names.map((name) => {
    const known = ENTRIES[name] ?? term('column', name)
    return t(known)
  })
  return (
    <section className="card">
      <h2>{t(WORDS.title)}</h2>
      <Segmented<Kind>
        aria-label={t(WORDS.which)}
        value={kind}
        onChange={setKind}
        options={KINDS.map((value) => ({ value, label: t(WORDS[value]) }))}
      />
      {names.length === 0 ? (
        <p className="soft">{t(WORDS.none)}</p>
      ) : (
        <Curve
          key={kind}
          series={series}
          names={names}
          labels={labels}
          label={`${t(WORDS[kind])}: ${labels.join(', ')}`}
          interval={kind === 'audience' && peak !== null && Number.isFinite(peak.low) ? peak : null}
          picked={picked}
          onPick={onPick}
        />
      )}
      <Timeline
        from={series.at[0]}
        until={series.at.at(-1)}
        moments={moments}
        raised={raised}
        picked={picked}
        onPick={onPick}
      />
      <p className="soft small">
        {t(WORDS.note)} {isLive && kind === 'audience' && t(WORDS.late)}
      </p>
    </section>
  )
}

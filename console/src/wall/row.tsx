/** A room's cells: how grave and why, displayed against genuine, key room, measures, what changed. */
import { memo } from 'react'
import { useWords } from '../i18n.tsx'
import { at } from '../api.ts'
import { Link } from '../router.tsx'
import { measureName, rankOf, strengthOf, term, triggerName } from '../terms.ts'
import { viewersOf, type Change, type Room } from './rooms.ts'

const WORDS = {
  calm: { en: 'nothing found', zh: '未见异常' },
  since: { en: 'since {at}', zh: '{at} 起' },
  key: { en: 'key room', zh: '重点直播间' },
  over: { en: 'over', zh: '已结束' },
  new: { en: 'new', zh: '新增' },
  rose: { en: 'risk rose', zh: '风险上升' },
  fell: { en: 'risk fell', zh: '风险下降' },
  measures: { en: 'measures changed', zh: '措施有变' },
  compared: {
    en: '{displayed} displayed, {genuine} genuine ({low} to {high})',
    zh: '页面显示 {displayed}，真实约 {genuine}（{low} 至 {high}）',
  },
} as const

type Props = { readonly room: Room; readonly change: Change | null; readonly scale: number }

export const RoomCells = memo(({ room, change, scale }: Props) => {
  const { t, percent, when } = useWords()
  const { gravest, keyTriggers = [], measures } = room
  return (
    <>
      <div role="gridcell" className="cell-title">
        <Link to={at`/broadcasts/${room.broadcast}`} tabIndex={-1}>
          {room.title || room.room || room.broadcast}
        </Link>
        {change !== null && <span className="chip is-changed">{t(WORDS[change])}</span>}
        {room.endedAt !== null && <span className="chip">{t(WORDS.over)}</span>}
        <div className="soft small cut">
          {[room.room, room.operator].filter(Boolean).join(' · ')}
        </div>
      </div>
      <div role="gridcell" className="cell-risk">
        {room.risk === undefined ? null : room.risk <= 0 ? (
          <span className="soft">{t(WORDS.calm)}</span>
        ) : (
          <>
            <Meter rank={rankOf(room.risk)} /> <b>{t(strengthOf(room.risk))}</b>
            {gravest != null && (
              <div className="small cut">
                {t(term('kind', gravest.kind))}{' '}
                <span className="soft">{t(WORDS.since, { at: when(gravest.from, 'minute') })}</span>
              </div>
            )}
          </>
        )}
      </div>
      <div role="gridcell" className="cell-viewers numbers">
        <Compared room={room} scale={scale} />
      </div>
      <div role="gridcell" className="cell-water numbers">
        {percent(viewersOf(room).water)}
      </div>
      <div
        role="gridcell"
        className="cell-key small"
        title={keyTriggers.map((one) => t(triggerName(one))).join(' · ')}
      >
        {keyTriggers.length > 0 && (
          <>
            <span className="chip is-key">{t(WORDS.key)}</span>
            <div className="soft cut">
              {keyTriggers.map((one) => t(triggerName(one))).join(' · ')}
            </div>
          </>
        )}
      </div>
      <div
        role="gridcell"
        className="cell-measures small"
        title={measures.map((one) => t(measureName(one))).join(' · ')}
      >
        {measures.length > 0 && (
          <>
            <b className="numbers">{measures.length}</b>{' '}
            <span className="soft">{measures.map((one) => t(measureName(one))).join(' · ')}</span>
          </>
        )}
      </div>
    </>
  )
})

/** Two bars on one scale: what was shown, and of it what is genuine, with its interval. */
const Compared = ({ room, scale }: { readonly room: Room; readonly scale: number }) => {
  const { t, count } = useWords()
  const { displayed, genuine } = viewersOf(room)
  const { low = null, high = null } = room.figures.viewers.genuine ?? {}
  const part = (value: number | null) =>
    value === null || !Number.isFinite(value) ? 0 : Math.min(100, (100 * value) / scale)
  const said = {
    displayed: count(displayed),
    genuine: count(genuine),
    low: count(low),
    high: count(high),
  }
  return (
    <div className="compared" title={t(WORDS.compared, said)}>
      <span className="was-displayed">{count(displayed)}</span>
      <span className="is-genuine">{count(genuine)}</span>
      <svg width="100%" height="16" aria-hidden="true">
        <rect className="bar-displayed" x="0" y="1" height="6" width={`${part(displayed)}%`} />
        <rect className="bar-genuine" x="0" y="9" height="6" width={`${part(genuine)}%`} />
        {low !== null && high !== null && (
          <line className="whisker" x1={`${part(low)}%`} x2={`${part(high)}%`} y1="12" y2="12" />
        )}
      </svg>
    </div>
  )
}

/** Six steps of the verbal scale; the word stands beside it. */
const Meter = ({ rank }: { readonly rank: number }) => (
  <svg className="meter" width="38" height="10" aria-hidden="true">
    {[1, 2, 3, 4, 5, 6].map((step) => (
      <rect
        key={step}
        className={step <= rank ? 'on' : 'off'}
        x={(step - 1) * 6.4}
        y={10 - (4 + step)}
        width="5"
        height={4 + step}
      />
    ))}
  </svg>
)

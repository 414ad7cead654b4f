/**
 * The wall: every room on air, the gravest first, displayed against genuine at one glance, and what
 * changed since one last looked (scenarios S2-8, S3-15; key rooms M26 Art. 11).
 */
import { Alert, Button, Input, Segmented } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { at } from '../api.ts'
import { useWords } from '../i18n.tsx'
import { Failed, Nothing, Waiting } from '../parts.tsx'
import { useRoute } from '../router.tsx'
import { useSession } from '../session.tsx'
import { RoomCells } from '../wall/row.tsx'
import {
  changeOf,
  NARROWINGS,
  shownOf,
  viewersOf,
  type Asked,
  type Order,
  type Room,
} from '../wall/rooms.ts'
import { useLook } from '../wall/use-look.ts'
import { useRooms } from '../wall/use-rooms.ts'
import { VirtualRows } from '../wall/virtual-rows.tsx'
import '../wall/wall.css'

const WORDS = {
  title: { en: 'Live rooms', zh: '直播间总览' },
  summary: {
    en: '{rooms} rooms, {doubt} with a supported finding, {key} key rooms',
    zh: '共 {rooms} 个直播间，{doubt} 个有证据支持的发现，{key} 个重点直播间',
  },
  summaryOwn: { en: '{rooms} broadcasts of yours', zh: '您的直播共 {rooms} 场' },
  changed: {
    en: '{changed} changed since you last looked at {at}',
    zh: '自您上次查看（{at}）以来，{changed} 个有变化',
  },
  unchanged: {
    en: 'Nothing changed since you last looked at {at}',
    zh: '自您上次查看（{at}）以来没有变化',
  },
  mark: { en: 'Mark all as seen', zh: '全部标为已看' },
  broken: {
    en: 'The connection broke; what you see may be old. It is being opened again.',
    zh: '连接已中断，显示的可能不是最新数据，正在重新连接。',
  },
  search: { en: 'Room, title or operator', zh: '直播间、标题或运营者' },
  narrow: { en: 'Show', zh: '显示' },
  all: { en: 'All', zh: '全部' },
  doubt: { en: 'With findings', zh: '有发现' },
  key: { en: 'Key rooms', zh: '重点直播间' },
  changedOnly: { en: 'Changed', zh: '有变化' },
  columnTitle: { en: 'Room', zh: '直播间' },
  columnRisk: { en: 'Evidence, and for what', zh: '证据强度与事由' },
  columnViewers: { en: 'Viewers: displayed | genuine', zh: '观众：页面显示｜真实' },
  columnWater: { en: 'Water', zh: '水分' },
  columnKey: { en: 'Key room', zh: '重点' },
  columnMeasures: { en: 'Measures', zh: '措施' },
  none: { en: 'No room is on air', zh: '当前没有直播' },
  noneHint: {
    en: 'Rooms appear by themselves as soon as a producer sends their events. To see some now, start the service with --sample 1.',
    zh: '接入方发送事件后，直播间会自动出现；想立即查看效果，可用 --sample 1 启动服务。',
  },
  noMatch: { en: 'No room matches', zh: '没有符合条件的直播间' },
  noMatchHint: {
    en: 'Search for less, or show all rooms.',
    zh: '请减少关键词，或改为显示全部直播间。',
  },
  clear: { en: 'Show all rooms', zh: '显示全部' },
  keys: {
    en: 'Keys: ↑ ↓ choose, Enter opens, / searches',
    zh: '快捷键：↑ ↓ 选择，回车打开，/ 搜索',
  },
} as const

const EVERYTHING: Asked = { text: '', narrowing: 'all', order: 'risk', isReversed: false }

const Wall = () => {
  const { t, when } = useWords()
  const { me } = useSession()
  const { rooms, error, isLive, retry } = useRooms()
  const { look, mark } = useLook(rooms)
  const [asked, setAsked] = useState(EVERYTHING)
  const search = useSearchKey()
  const all = useMemo(() => [...(rooms?.values() ?? [])], [rooms])
  const shown = useMemo(() => shownOf(all, asked, look), [all, asked, look])
  const changed = useMemo(
    () => all.filter((room) => changeOf(room, look) !== null).length,
    [all, look],
  )
  if (error !== undefined && rooms === undefined) return <Failed error={error} again={retry} />
  if (rooms === undefined) return <Waiting />

  const isOwn = me?.role === 'merchant'
  const tally = {
    rooms: all.length,
    doubt: all.filter(({ risk = 0 }) => risk > 0).length,
    key: all.filter(({ keyTriggers = [] }) => keyTriggers.length > 0).length,
  }
  return (
    <div className="wall">
      <div className="wall-top">
        <h1>{t(WORDS.title)}</h1>
        <p className="soft">{t(isOwn ? WORDS.summaryOwn : WORDS.summary, tally)}</p>
        {look.at !== null && (
          <p role="status">
            {t(changed > 0 ? WORDS.changed : WORDS.unchanged, {
              changed,
              at: when(look.at, 'clock'),
            })}{' '}
            {changed > 0 && (
              <Button size="small" onClick={mark}>
                {t(WORDS.mark)}
              </Button>
            )}
          </p>
        )}
      </div>
      {!isLive && <Alert type="warning" role="status" title={t(WORDS.broken)} banner />}
      <div className="wall-tools">
        <label ref={search}>
          <span className="hidden">{t(WORDS.search)}</span>
          <Input
            type="search"
            allowClear
            placeholder={t(WORDS.search)}
            value={asked.text}
            onChange={({ target: { value } }) => setAsked({ ...asked, text: value })}
          />
        </label>
        {!isOwn && (
          <Segmented
            aria-label={t(WORDS.narrow)}
            value={asked.narrowing}
            onChange={(narrowing) => setAsked({ ...asked, narrowing })}
            options={NARROWINGS.map((value) => ({
              value,
              label: t(value === 'changed' ? WORDS.changedOnly : WORDS[value]),
            }))}
          />
        )}
        <span className="soft small keys">{t(WORDS.keys)}</span>
      </div>
      {all.length === 0 ? (
        <Nothing says={WORDS.none} hint={WORDS.noneHint} />
      ) : shown.length === 0 ? (
        <Nothing says={WORDS.noMatch} hint={WORDS.noMatchHint}>
          <Button onClick={() => setAsked(EVERYTHING)}>{t(WORDS.clear)}</Button>
        </Nothing>
      ) : (
        <List shown={shown} asked={asked} setAsked={setAsked} look={look} />
      )}
    </div>
  )
}

type ListProps = {
  readonly shown: readonly Room[]
  readonly asked: Asked
  readonly setAsked: (asked: Asked) => void
  readonly look: Parameters<typeof changeOf>[1]
}

const List = ({ shown, asked, setAsked, look }: ListProps) => {
  const { t } = useWords()
  const { go } = useRoute()
  const [active, setActive] = useState<string | null>(null)
  const rowHeight = useRowHeight()
  // One scale for all bars in sight, so that rooms can be compared; rounded, so that it rests.
  const scale = useMemo(() => scaleOf(shown), [shown])
  const sortBy = (order: Order) =>
    setAsked({ ...asked, order, isReversed: asked.order === order && !asked.isReversed })
  const head = (order: Order | null, className: string, text: string) => (
    <div
      role="columnheader"
      className={className}
      aria-sort={
        order === null || asked.order !== order
          ? undefined
          : asked.isReversed
            ? 'ascending'
            : 'descending'
      }
    >
      {order === null ? (
        text
      ) : (
        <button type="button" onClick={() => sortBy(order)}>
          {text} {asked.order === order ? (asked.isReversed ? '▲' : '▼') : ''}
        </button>
      )}
    </div>
  )
  return (
    <VirtualRows
      items={shown}
      idOf={({ broadcast }) => broadcast}
      rowHeight={rowHeight}
      label={t(WORDS.title)}
      active={active}
      onActive={setActive}
      onOpen={({ broadcast }) => go(at`/broadcasts/${broadcast}`)}
      head={
        <>
          {head('title', 'cell-title', t(WORDS.columnTitle))}
          {head('risk', 'cell-risk', t(WORDS.columnRisk))}
          {head('displayed', 'cell-viewers', t(WORDS.columnViewers))}
          {head('water', 'cell-water', t(WORDS.columnWater))}
          {head(null, 'cell-key', t(WORDS.columnKey))}
          {head(null, 'cell-measures', t(WORDS.columnMeasures))}
        </>
      }
      row={(room) => <RoomCells room={room} change={changeOf(room, look)} scale={scale} />}
    />
  )
}

/** The next of 1, 2, 5 × 10^n above the largest figure. */
const scaleOf = (shown: readonly Room[]): number => {
  let most = 1
  for (const room of shown) {
    const { displayed, genuine } = viewersOf(room)
    most = Math.max(most, displayed ?? 0, genuine ?? 0)
  }
  const ten = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((step) => step * ten).find((step) => step >= most) ?? most
}

/** Rows are two lines high on narrow screens; wall.css has the same bound. */
const useRowHeight = (): number => {
  const [query] = useState(() => matchMedia('(max-width: 900px)'))
  const [isNarrow, setNarrow] = useState(query.matches)
  useEffect(() => {
    const changed = () => setNarrow(query.matches)
    query.addEventListener('change', changed)
    return () => query.removeEventListener('change', changed)
  }, [query])
  return isNarrow ? 128 : 56
}

/** `/` goes to the search field, unless one is writing. */
const useSearchKey = () => {
  const label = useRef<HTMLLabelElement>(null)
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.target instanceof HTMLInputElement) return
      event.preventDefault()
      label.current?.querySelector('input')?.focus()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
  return label
}

export default Wall

/** Promises on file and their state; each leads to the moment of its broadcast at which it was made. */
import { Button } from 'antd'
import { at } from '../api.ts'
import { useWords } from '../i18n.tsx'
import { Failed, Nothing, Waiting } from '../parts.tsx'
import { Link } from '../router.tsx'
import { PromiseState } from './promise-state.tsx'
import type { OnFile } from './use-promises.ts'

const WORDS = {
  title: { en: 'Promises on file', zh: '登记的承诺' },
  none: {
    en: 'No price was promised, as far as the events say.',
    zh: '从事件记录看，没有作出价格承诺。',
  },
  hint: {
    en: 'A promise is on file once its live.promise.made event comes in. To check a shop that was not on air, use “Try another shop”.',
    zh: '收到 live.promise.made 事件后，承诺即登记在案。未开播的店铺可使用“试算其他店铺”。',
  },
  made: { en: 'Promised {at}: show the room then', zh: '{at} 作出承诺：查看当时的直播' },
  madeAt: { en: 'Promised {at}', zh: '{at} 作出承诺' },
  more: { en: 'Show older ones', zh: '查看更早的承诺' },
  cut: {
    en: 'More was promised than is kept on file: the newest are missing.',
    zh: '承诺数量超过登记上限，最新的若干项未登记。',
  },
} as const

export const PromisesOnFile = ({ onFile }: { readonly onFile: OnFile }) => {
  const { t, when } = useWords()
  const { rows, error, isMore, isComplete, more, reload } = onFile
  return (
    <section className="card">
      <h2>{t(WORDS.title)}</h2>
      {error !== undefined && <Failed error={error} again={reload} />}
      {rows === undefined && error === undefined && <Waiting />}
      {rows?.length === 0 && <Nothing says={WORDS.none} hint={WORDS.hint} />}
      <ul className="list">
        {rows?.map((row) => (
          <li key={row.number}>
            <PromiseState promise={row} currency={row.currency} />
            <p className="small">
              {row.broadcast === null ? (
                t(WORDS.madeAt, { at: when(row.madeAt) })
              ) : (
                <Link
                  to={`${at`/broadcasts/${row.broadcast}`}?at=${encodeURIComponent(row.madeAt)}`}
                >
                  {t(WORDS.made, { at: when(row.madeAt) })}
                </Link>
              )}
            </p>
          </li>
        ))}
      </ul>
      {!isComplete && <p className="soft">{t(WORDS.cut)}</p>}
      {isMore && <Button onClick={more}>{t(WORDS.more)}</Button>}
    </section>
  )
}

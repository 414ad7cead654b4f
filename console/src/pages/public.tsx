/**
 * The public page of a room: what may be shown to everybody, and nothing else (GET /v1/embed/:room).
 * Figures that were verified say so; who actually sells stands here by law (M26 Art. 26).
 */
import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import type { EmbedView } from '../../../src/http/contract.ts'
import { at, listen, useGet } from '../api.ts'
import '../case.css'
import { useWords } from '../i18n.tsx'
import { Failed, Waiting } from '../parts.tsx'
import { Link, type PageProps } from '../router.tsx'

const WORDS = {
  gone: {
    en: 'No broadcast of this room is known. Check the address, or come back when it is on air.',
    zh: '没有该直播间的场次。请核对地址，或等开播后再来。',
  },
  room: { en: 'Room {room}', zh: '直播间 {room}' },
  viewers: { en: 'viewers', zh: '观众' },
  likes: { en: 'likes', zh: '点赞' },
  verified: { en: 'verified', zh: '已核验' },
  shown: { en: 'as the page shows it, not verified', zh: '页面显示值，未经核验' },
  unknown: { en: 'not known yet', zh: '暂无数据' },
  sellers: { en: 'Who actually sells', zh: '实际销售者' },
  noSellers: { en: 'Nobody has been stated yet.', zh: '尚未公示。' },
  promises: { en: 'What was promised', zh: '作出的承诺' },
  noPromises: { en: 'No promise is on file.', zh: '没有登记的承诺。' },
  evidence: { en: 'You bought here and need evidence?', zh: '您在此购买并需要证据？' },
  ask: { en: 'Ask for evidence', zh: '申请证据' },
  gift: { en: 'gift', zh: '赠品' },
  'lowest-price': { en: 'lowest price', zh: '最低价' },
  'price-protection': { en: 'price protection', zh: '价保' },
  quantity: { en: 'quantity', zh: '数量' },
  'after-sales': { en: 'after-sales', zh: '售后' },
} as const

const PublicPage = ({ params }: PageProps) => {
  const room = params['room'] ?? ''
  const { data, error, reload } = useGet<EmbedView>(at`/v1/embed/${room}`)
  const [newer, setNewer] = useState<EmbedView>()
  useEffect(() => {
    setNewer(undefined)
    return listen(at`/v1/embed/${room}/stream`, (_, view) => setNewer(view as EmbedView), [
      'figures',
      'measure',
    ])
  }, [room])
  const view = newer ?? data
  if (view !== undefined) return <Shown view={view} />
  if (error === undefined) return <Waiting />
  return (
    <Failed error={error} again={reload} {...(error.status === 404 ? { hint: WORDS.gone } : {})} />
  )
}

export default PublicPage

const Shown = ({ view }: { readonly view: EmbedView }) => {
  const { t } = useWords()
  const { room, counters, notice, sellers, promises } = view
  return (
    <div className="narrow stack">
      <section className="card">
        <h1>
          <bdi>{t(WORDS.room, { room })}</bdi>
        </h1>
        {notice !== null && <Alert type="warning" showIcon role="status" title={t(notice)} />}
        <div className="columns">
          <Counter name="viewers" counter={counters?.viewers ?? null} />
          <Counter name="likes" counter={counters?.likes ?? null} />
        </div>
      </section>
      <section className="card">
        <h2>{t(WORDS.sellers)}</h2>
        {sellers.length === 0 ? (
          <p className="soft">{t(WORDS.noSellers)}</p>
        ) : (
          <ul className="list">
            {sellers.map((seller) => (
              <li key={seller}>
                <bdi>{seller}</bdi>
              </li>
            ))}
          </ul>
        )}
        <h2>{t(WORDS.promises)}</h2>
        {promises.length === 0 ? (
          <p className="soft">{t(WORDS.noPromises)}</p>
        ) : (
          <ul className="list">
            {promises.map(({ product, kind, text }, i) => (
              <li key={i}>
                <span className="chip">
                  {Object.hasOwn(WORDS, kind) ? t(WORDS[kind as keyof typeof WORDS]) : kind}
                </span>{' '}
                <bdi>{product}</bdi>: <bdi>{text}</bdi>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="card no-print">
        <h2>{t(WORDS.evidence)}</h2>
        <Link to="/evidence">{t(WORDS.ask)}</Link>
      </section>
    </div>
  )
}

const Counter = ({
  name,
  counter,
}: {
  readonly name: 'viewers' | 'likes'
  readonly counter: { readonly value: number | null; readonly isVerified: boolean } | null
}) => {
  const { t, count } = useWords()
  const isKnown = counter !== null && counter.value !== null
  return (
    <div>
      <p className="big-number numbers">{count(counter?.value)}</p>
      <p>
        {t(WORDS[name])}{' '}
        <span className={`chip ${counter?.isVerified === true ? 'is-innocent' : ''}`}>
          {t(!isKnown ? WORDS.unknown : counter.isVerified ? WORDS.verified : WORDS.shown)}
        </span>
      </p>
    </div>
  )
}

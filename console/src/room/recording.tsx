/**
 * The way to the recording, where there is one; the player is fetched when it is asked for, or when a
 * moment is chosen.
 */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../i18n.tsx'
import { Waiting } from '../parts.tsx'

const Video = lazy(() => import('./video.tsx').then(({ Video }) => ({ default: Video })))

const WORDS = {
  title: { en: 'Recording', zh: '录像' },
  play: { en: 'Play the recording', zh: '播放录像' },
  none: { en: 'No recording is stored for this broadcast.', zh: '本场直播没有存档录像。' },
} as const

type Props = {
  readonly broadcast: string
  readonly isStored: boolean
  readonly picked: number | null
  /** Where it begins while nothing is picked. */
  readonly from?: number
}

export const Recording = ({ broadcast, isStored, picked, from }: Props) => {
  const { t } = useWords()
  const [isWanted, setWanted] = useState(false)
  return (
    <section className="card">
      <h2>{t(WORDS.title)}</h2>
      {!isStored ? (
        <p className="soft">{t(WORDS.none)}</p>
      ) : isWanted || picked !== null ? (
        <Suspense fallback={<Waiting />}>
          <Video broadcast={broadcast} picked={picked ?? from ?? null} />
        </Suspense>
      ) : (
        <Button onClick={() => setWanted(true)}>{t(WORDS.play)}</Button>
      )}
    </section>
  )
}

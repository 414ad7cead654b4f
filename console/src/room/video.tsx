/**
 * The archived recording (HLS by way of Media Source Extensions), fetched only when somebody wants
 * it. A moment chosen on the curve or a mark moves the picture there.
 */
import { Alert } from 'antd'
import { Events, Hls, type LevelDetails } from 'hls.js/light'
import { useEffect, useRef, useState } from 'react'
import { at } from '../api.ts'
import { useWords } from '../i18n.tsx'

const WORDS = {
  failed: {
    en: 'The recording cannot be played from here on: a piece is missing or was changed, or the connection broke. Choose another moment, or try again.',
    zh: '录像从此处起无法播放：片段缺失、被改动，或连接中断。请选择其他时刻或重试。',
  },
  before: { en: 'There is no recording of that moment.', zh: '该时刻没有录像。' },
  label: { en: 'Recording', zh: '录像' },
} as const

type Props = { readonly broadcast: string; readonly picked: number | null }

export const Video = ({ broadcast, picked }: Props) => {
  const { t } = useWords()
  const video = useRef<HTMLVideoElement>(null)
  const details = useRef<LevelDetails | null>(null)
  const [isReady, setReady] = useState(false)
  const [isFailed, setFailed] = useState(false)
  const [isOutside, setOutside] = useState(false)

  useEffect(() => {
    // A worker would be a script of blob:, which the policy does not allow.
    const player = new Hls({ enableWorker: false })
    player.on(Events.LEVEL_UPDATED, (_, level) => {
      details.current = level.details
    })
    player.on(Events.ERROR, (_, { fatal }) => fatal && setFailed(true))
    player.loadSource(at`/v1/broadcasts/${broadcast}/recording`)
    player.attachMedia(video.current!)
    return () => player.destroy()
  }, [broadcast])

  useEffect(() => {
    const element = video.current
    if (picked === null || element === null || !isReady) return
    const seconds = secondsAt(details.current, picked)
    setOutside(seconds === null)
    if (seconds !== null) element.currentTime = seconds
  }, [picked, isReady])

  return (
    <div className="video">
      <video
        ref={video}
        controls
        autoPlay
        muted
        playsInline
        aria-label={t(WORDS.label)}
        // Before it, the player would go where it begins by itself.
        onCanPlay={() => setReady(true)}
      />
      {isOutside && <p className="soft small">{t(WORDS.before)}</p>}
      {isFailed && <Alert type="warning" role="alert" title={t(WORDS.failed)} />}
    </div>
  )
}

/** Where in the video a moment is, s; null where no piece has it: time may be missing in between. */
const secondsAt = (details: LevelDetails | null, at: number): number | null => {
  for (const { programDateTime, start, duration } of details?.fragments ?? []) {
    const into = (at - (programDateTime ?? Number.NaN)) / 1000
    if (into >= 0 && into < duration) return start + into
  }
  return null
}

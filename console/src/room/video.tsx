/**
 * The archived recording (HLS by way of Media Source Extensions), fetched only when somebody wants
 * it. A moment chosen on the curve or a mark moves the picture there.
 */
import { Alert } from 'antd'
import { Events, Hls } from 'hls.js/light'
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
  const begins = useRef<number | null>(null)
  const [isReady, setReady] = useState(false)
  const [isFailed, setFailed] = useState(false)
  const [isOutside, setOutside] = useState(false)

  useEffect(() => {
    // A worker would be a script of blob:, which the policy does not allow.
    const player = new Hls({ enableWorker: false })
    player.on(Events.LEVEL_LOADED, (_, { details }) => {
      begins.current = details.fragments[0]?.programDateTime ?? null
      setReady(true)
    })
    player.on(Events.ERROR, (_, { fatal }) => fatal && setFailed(true))
    player.loadSource(at`/v1/broadcasts/${broadcast}/recording`)
    player.attachMedia(video.current!)
    return () => player.destroy()
  }, [broadcast])

  useEffect(() => {
    const element = video.current
    if (picked === null || element === null || !isReady || begins.current === null) return
    const seconds = (picked - begins.current) / 1000
    const isThere = seconds >= 0 && seconds <= element.duration
    setOutside(!isThere)
    if (isThere) element.currentTime = seconds
  }, [picked, isReady])

  return (
    <div className="video">
      <video ref={video} controls muted playsInline aria-label={t(WORDS.label)} />
      {isOutside && <p className="soft small">{t(WORDS.before)}</p>}
      {isFailed && <Alert type="warning" role="alert" title={t(WORDS.failed)} />}
    </div>
  )
}

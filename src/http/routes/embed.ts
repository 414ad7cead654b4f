/**
 * What any platform puts into its player: counters as they may be shown, the notice, who actually
 * sells (M26 Art. 26), what was promised, and where a buyer asks for evidence (M26 Art. 18). No
 * identities, no thresholds, no findings.
 */
import { Hono } from 'hono'
import { say } from '../../language/say.ts'
import { CONCERNS, concernOf } from '../../engine/live/concern.ts'
import type { Sentence } from '../../language/sentence.ts'
import type { EmbedView, LiveMessage, MeasureView } from '../contract.ts'
import type { AppEnv, Door } from '../door.ts'
import { notFound } from '../problem.ts'

export const PUBLIC_TOPICS: ReadonlySet<LiveMessage['topic']> = new Set(['figures', 'measure'])

/** Promises shown; a page is no archive. */
const PROMISES = 20

export const embedRoutes = (door: Door): Hono<AppEnv> =>
  new Hono<AppEnv>().get('/v1/embed/:room', (c) => {
    const broadcast = door.register.inRoom(c.req.param('room'))
    if (broadcast === undefined) throw notFound()
    return c.json(embedOf(door, broadcast), 200, { 'cache-control': 'max-age=1' })
  })

export const embedMessage = (door: Door, broadcast: string): LiveMessage => ({
  topic: 'figures',
  broadcast,
  data: embedOf(door, broadcast),
})

const embedOf = ({ desk, register }: Door, broadcast: string): EmbedView => {
  const known = register.get(broadcast)
  const figures = desk.figures(broadcast)
  return {
    room: known?.room ?? broadcast,
    broadcast,
    counters: figures?.counters ?? null,
    notice: noticeOf(desk.measures(broadcast)),
    sellers: [...(known?.sellers ?? [])],
    promises: [...(known?.promises.values() ?? [])].slice(0, PROMISES),
    evidenceUri: '/evidence',
  }
}

/** Of measures that speak to viewers, each concern once; null where none does. */
const noticeOf = (measures: readonly MeasureView[]): Sentence | null => {
  const shown = measures.filter(({ name }) => name === 'mark' || name === 'prompt')
  const concerns = new Set(shown.map(({ kind }) => concernOf(kind)))
  const said = CONCERNS.filter((each) => concerns.has(each)).map((each) =>
    say(`embed.notice.${each}`),
  )
  if (said.length === 0) return null
  return { en: said.map(({ en }) => en).join(' '), zh: said.map(({ zh }) => zh).join('') }
}

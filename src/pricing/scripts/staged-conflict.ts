/**
 * Scenario S1-6: brand and host quarrel on air, then the price falls all at once, and the next
 * broadcast plays the same scene. One quarrel is a quarrel; the same one in two broadcasts of a room
 * is put before a person, with its clips, and is no ground for an automatic measure.
 */
import { groupBy } from '../group-by.ts'
import { holdsOneOf, type ScriptPolicy } from './policy.ts'
import type { Clip, Stage, Staging } from './stage.ts'

export type StagedConflict = {
  readonly script: 'staged-conflict'
  readonly verdict: 'review'
  readonly room: string
  readonly scenes: readonly {
    readonly broadcast: string
    readonly product: string
    readonly clips: readonly Clip[]
    /** Minor units, before and after, and the event that set the lower price. */
    readonly before: number
    readonly after: number
    readonly event: string
  }[]
}

type Scene = StagedConflict['scenes'][number]

export const stagedConflicts = (staging: Staging, policy: ScriptPolicy): StagedConflict[] => {
  const rooms = groupBy(staging.stages, ({ room }) => room)
  return [...rooms].flatMap(([room, stages]) => {
    const scenes = stages.flatMap((stage) => sceneOf(stage, staging, policy) ?? [])
    return scenes.length < policy.minBroadcasts
      ? []
      : [{ script: 'staged-conflict' as const, verdict: 'review' as const, room, scenes }]
  })
}

/** The first quarrel of a broadcast that a sudden fall in price follows. */
const sceneOf = (stage: Stage, { prices }: Staging, policy: ScriptPolicy): Scene | undefined => {
  const quarrels = stage.captions.filter(({ text }) => holdsOneOf(text, policy.words.quarrel))
  if (quarrels.length === 0) return undefined
  const before = new Map<string, number>()
  for (const { event, at } of prices) {
    const { product, channel, kind, price } = event.data
    if (kind === 'reference') continue
    const key = `${product} ${channel}`
    const last = before.get(key)
    before.set(key, price)
    if (last === undefined || at < stage.from || at > stage.until) continue
    if ((last - price) * 10_000 < last * policy.suddenFallBps) continue
    const fallMs = at - stage.from
    const clips = quarrels.filter(({ startMs }) => Math.abs(fallMs - startMs) <= policy.quarrelMs)
    if (clips.length > 0)
      return {
        broadcast: stage.broadcast,
        product,
        clips,
        before: last,
        after: price,
        event: event.id,
      }
  }
  return undefined
}

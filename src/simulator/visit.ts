/**
 * One visit: joining, heartbeats as the client's build sends them, leaving or falling silent. The
 * same for everybody; who is hired differs only in what he brings along.
 */
import { between, chance, logNormal, normal, weighted } from './distributions.ts'
import type { Entry, Person } from './model.ts'
import type { Random } from './random.ts'
import type { Show } from './show.ts'
import { stamp, type Stage } from './stage.ts'

export type View = {
  readonly view: string
  readonly person: Person
  readonly joinedAt: number
  readonly endsAt: number
}

/** Joins now. `then` is called when the visit is over, told or untold. */
export const visit = (
  stage: Stage,
  random: Random,
  show: Show,
  person: Person,
  how: { readonly entry: Entry; readonly dwellMs: number; readonly cutAt?: number },
  then: () => void = () => {},
): View => {
  const { build, account, device, ip, network, createdAt } = person
  const wanted = Math.min(stage.now + how.dwellMs, show.endsAt + between(random, 0, 3_000))
  const cut = how.cutAt !== undefined && how.cutAt < wanted
  const endsAt = Math.max(stage.now + 1, Math.round(cut ? how.cutAt : wanted))
  const view: View = { view: stage.platform.id('v'), person, joinedAt: stage.now, endsAt }
  stage.emit(show, 'live.viewer.joined', {
    view: view.view,
    ...(account !== undefined && { viewer: account }),
    device,
    ip,
    ...(network !== undefined && { network }),
    app: build.app,
    entry: how.entry,
    ...(createdAt !== undefined && { accountCreatedAt: stamp(createdAt) }),
  })
  stage.meet(person)
  stage.tell('view', view.view, person.label, show)
  count(show, person)
  show.present += 1
  beat(stage, random, show, view, () => {
    const silent = cut || chance(random, build.silentEnd)
    if (!silent) stage.emit(show, 'live.viewer.left', { view: view.view })
    show.present -= 1
    then()
  })
  return view
}

const count = (show: Show, person: Person): void => {
  const tallies = person.label === 'genuine' ? [show.all, show.genuine] : [show.all]
  for (const tally of tallies) {
    tally.views += 1
    if (person.attended !== show.id) tally.viewers += 1
  }
  person.attended = show.id
}

const beat = (stage: Stage, random: Random, show: Show, view: View, end: () => void): void => {
  const { build } = view.person
  // a screen that goes dark keeps the sound on, sometimes
  const darkens = chance(random, 0.12) ? between(random, 0.3, 0.9) : 1
  let told = view.joinedAt
  let grid = view.joinedAt
  const watched = (nominal: boolean): void => {
    const elapsedMs = stage.now - told
    told = stage.now
    const seconds = nominal && build.reports === 'nominal' ? build.beatMs / 1000 : elapsedMs / 1000
    const visible = stage.now < view.joinedAt + darkens * (view.endsAt - view.joinedAt)
    stage.emit(show, 'live.viewer.watched', { view: view.view, seconds, visible, playing: true })
  }
  const next = (): void => {
    grid = (build.timer === 'drifting' ? told : grid) + build.beatMs
    const late =
      build.timer === 'loose'
        ? normal(random) * build.jitterMs
        : Math.abs(normal(random)) * build.jitterMs
    const at = Math.round(Math.max(told + 1, grid + late))
    if (at < view.endsAt)
      stage.at(at, () => {
        watched(true)
        next()
      })
    else
      stage.at(view.endsAt, () => {
        if (build.flushes && stage.now > told) watched(false)
        end()
      })
  }
  next()
}

/** A genuine visit: people come back, bring others, and lose their connection with everybody else. */
export const attend = (
  stage: Stage,
  random: Random,
  show: Show,
  person: Person,
  how: { readonly entry: Entry; readonly dwellMs: number },
  also: { readonly dwellMs: () => number; readonly engage: (view: View) => void },
): void => {
  const { outage, habits } = show
  const cut = outage !== undefined && stage.now < outage.at && chance(random, outage.share)
  const view = visit(
    stage,
    random,
    show,
    person,
    { ...how, ...(cut && { cutAt: outage.at + between(random, 0, 4_000) }) },
    () => {
      const back = (at: number, entry: Entry): void => {
        if (at < show.endsAt)
          stage.at(at, () => {
            attend(stage, random, show, person, { entry, dwellMs: also.dwellMs() }, also)
          })
      }
      const lost = cut && stage.now >= outage.at && stage.now < outage.until
      // clients try again by themselves, so they come back together
      if (lost && chance(random, 0.8)) back(outage.until + logNormal(random, 12_000, 0.9), 'direct')
      else if (!lost && chance(random, habits.returns))
        back(stage.now + logNormal(random, 400_000, 1), weighted(random, RETURN_ENTRIES))
    },
  )
  also.engage(view)
}

const RETURN_ENTRIES = [
  ['direct', 0.4],
  ['follow', 0.3],
  ['feed', 0.3],
] as const

/**
 * What a genuine viewer does besides watching: writes, taps in bursts, answers the host, looks at
 * the goods being shown, buys, follows, shares, sends a gift. Also used, event by event, by those
 * who are paid to do the same.
 */
import { between, chance, exponential, integer, logNormal, pick } from './distributions.ts'
import type { Person } from './model.ts'
import type { Random } from './random.ts'
import { honestTerms, order } from './shop.ts'
import type { Moment, Product, Show } from './show.ts'
import type { Stage } from './stage.ts'
import { answer, chat } from './talk.ts'
import type { View } from './visit.ts'

/** Enters in the agenda all that this viewer will do during the visit. */
export const engage = (
  stage: Stage,
  random: Random,
  show: Show,
  view: View,
  invite: () => void,
): void => {
  const { person } = view
  chatter(stage, random, show, view)
  for (const moment of show.moments) {
    if (moment.at < view.joinedAt || moment.at >= view.endsAt) continue
    const willing = Math.min(0.9, show.habits.responds * moment.pull * (0.5 + person.appetite / 2))
    if (!chance(random, willing)) continue
    // reading, deciding, typing: a log-normal lag of some seconds
    later(stage, view, moment.at + logNormal(random, 5_000, 0.7), () => {
      respond(stage, random, show, view, moment)
    })
  }
  for (const product of show.products) consider(stage, random, show, view, product)
  const stayedMs = view.endsAt - view.joinedAt
  if (stayedMs < 60_000 || person.account === undefined) return
  const once = (probability: number, act: () => void): void => {
    if (chance(random, probability))
      later(stage, view, view.joinedAt + between(random, 0.2, 1) * stayedMs, act)
  }
  once(0.02, () => stage.emit(show, 'live.follow.added', { viewer: person.account }))
  once(0.004, () => stage.emit(show, 'live.fangroup.joined', { viewer: person.account }))
  once(0.003, () =>
    stage.emit(show, 'live.gift.sent', {
      viewer: person.account,
      gift: pick(random, ['rose', 'lollipop', 'rocket']),
      value: pick(random, [10, 10, 90, 500]),
    }),
  )
  once(show.habits.shares, () => {
    stage.emit(show, 'live.share.sent', { viewer: person.account })
    for (let i = integer(random, 0, 2); i > 0; i -= 1)
      stage.at(stage.now + exponential(random, 90_000), () => {
        if (stage.now < show.endsAt) invite()
      })
  })
}

/** Does it if the viewer is still there. */
const later = (stage: Stage, view: View, at: number, act: () => void): void => {
  if (at < view.endsAt) stage.at(at, act)
}

const chatter = (stage: Stage, random: Random, show: Show, view: View): void => {
  const { person } = view
  const perMs = (person.talk + person.taps) / 60_000
  if (person.account === undefined || perMs < 1e-9) return
  const next = (from: number): void => {
    later(stage, view, from + exponential(random, 1 / perMs) + 800, () => {
      if (random.uniform() * (person.talk + person.taps) < person.talk)
        comment(stage, show, person, view, chat(random, show.habits.english))
      else tap(stage, random, show, view, 1)
      next(stage.now)
    })
  }
  next(view.joinedAt)
}

const respond = (stage: Stage, random: Random, show: Show, view: View, moment: Moment): void => {
  if (moment.ask === 'like') tap(stage, random, show, view, integer(random, 1, 3))
  else {
    comment(stage, show, view.person, view, answer(random, moment.word))
    if (moment.ask === 'draw' && chance(random, 0.3))
      later(stage, view, stage.now + between(random, 2_000, 15_000), () => {
        comment(stage, show, view.person, view, answer(random, moment.word))
      })
  }
}

/** A burst: clients send taps together every few seconds, and thumbs tire. */
const tap = (stage: Stage, random: Random, show: Show, view: View, packets: number): void => {
  like(stage, show, view.person, view, Math.max(1, Math.round(logNormal(random, 6, 0.9))))
  if (packets > 1 || chance(random, 0.3))
    later(stage, view, stage.now + between(random, 1_500, 5_000), () => {
      tap(stage, random, show, view, packets - 1)
    })
}

const consider = (stage: Stage, random: Random, show: Show, view: View, product: Product): void => {
  const from = Math.max(view.joinedAt + 4_000, product.from)
  const until = Math.min(view.endsAt, product.until)
  const { habits } = show
  // the longer one has seen it, up to three minutes
  const seen = Math.min(1, (until - from) / 180_000)
  if (seen <= 0 || !chance(random, Math.min(0.9, habits.clicks * view.person.appetite * seen)))
    return
  later(stage, view, between(random, from, until), () => {
    click(stage, random, show, view.person, view, product)
    if (view.person.account !== undefined && chance(random, habits.ordersPerClick))
      later(stage, view, stage.now + logNormal(random, 25_000, 0.8), () => {
        order(stage, random, show, view.person, product, honestTerms(random, show))
      })
  })
}

export const comment = (
  stage: Stage,
  show: Show,
  person: Person,
  view: View | undefined,
  text: string,
): void => {
  if (person.account === undefined) return
  const id = stage.platform.id('c')
  stage.meet(person)
  stage.tell('comment', id, person.label, show)
  for (const tally of person.label === 'genuine' ? [show.all, show.genuine] : [show.all])
    tally.comments += 1
  stage.emit(show, 'live.comment.posted', {
    comment: id,
    viewer: person.account,
    ...(view !== undefined && stage.platform.linksViews && { view: view.view }),
    text: text.normalize('NFC'),
  })
}

export const like = (
  stage: Stage,
  show: Show,
  person: Person,
  view: View | undefined,
  count: number,
): void => {
  if (person.account === undefined) return
  stage.meet(person)
  for (const tally of person.label === 'genuine' ? [show.all, show.genuine] : [show.all])
    tally.likes += count
  const id = stage.emit(show, 'live.like.sent', {
    viewer: person.account,
    ...(view !== undefined && stage.platform.linksViews && { view: view.view }),
    count,
  })
  stage.tell('like', id, person.label, show)
}

export const click = (
  stage: Stage,
  random: Random,
  show: Show,
  person: Person,
  view: View,
  product: Product,
): void => {
  if (person.account === undefined) return
  stage.emit(show, 'live.product.clicked', {
    viewer: person.account,
    view: view.view,
    product: product.product,
  })
  if (chance(random, 0.25))
    stage.emit(show, 'live.banner.shown', {
      kind: 'going-to-buy',
      viewer: person.account,
      product: product.product,
      text: '正在去购买',
    })
}

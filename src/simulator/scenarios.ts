/** The scenarios by name: who plays, how many people unless said otherwise, how much is false. */
import {
  boughtLikes,
  boughtViews,
  emptyInterest,
  evening,
  falseOrders,
  inflatedDisplay,
  machineComments,
  paidCrowd,
  slotFee,
  step,
} from './guilty.ts'
import {
  campusNat,
  fanClub,
  fashionRefunds,
  feedSpike,
  giveAway,
  hostPrompt,
  networkOutage,
  ordinary,
  push,
  quietNight,
  smallRoom,
} from './innocent.ts'
import type { World } from './world.ts'

type Scenario = {
  readonly play: (world: World) => void
  /** People per broadcast; a range is drawn from by seed. */
  readonly viewers: readonly [number, number]
  /** Share of the falsified quantity, drawn from this range; absent where nothing is false. */
  readonly contamination?: readonly [number, number]
  /** Heartbeats of this interval unless asked otherwise. */
  readonly heartbeatSeconds?: number
}

export const SCENARIO_NAMES = [
  'ordinary',
  'push',
  'unrecorded-push',
  'feed-spike',
  'give-away',
  'host-prompt',
  'campus-nat',
  'fan-club',
  'network-outage',
  'fashion-refunds',
  'quiet-night',
  'small-room',
  'bought-views',
  'step',
  'paid-crowd',
  'bought-likes',
  'machine-comments',
  'inflated-display',
  'empty-interest',
  'self-brushing',
  'third-party-attack',
  'slot-fee',
  'evening',
] as const
export type ScenarioName = (typeof SCENARIO_NAMES)[number]

export const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  ordinary: { play: ordinary, viewers: [2_000, 6_000] },
  push: { play: push(true), viewers: [3_000, 8_000] },
  'unrecorded-push': { play: push(false), viewers: [3_000, 8_000] },
  'feed-spike': { play: feedSpike, viewers: [3_000, 8_000] },
  'give-away': { play: giveAway, viewers: [2_000, 5_000] },
  'host-prompt': { play: hostPrompt, viewers: [2_000, 5_000] },
  'campus-nat': { play: campusNat, viewers: [1_500, 4_000] },
  'fan-club': { play: fanClub, viewers: [400, 1_000] },
  'network-outage': { play: networkOutage, viewers: [2_000, 5_000] },
  'fashion-refunds': { play: fashionRefunds, viewers: [3_000, 6_000] },
  'quiet-night': { play: quietNight, viewers: [40, 150] },
  'small-room': { play: smallRoom, viewers: [15, 60] },
  'bought-views': { play: boughtViews, viewers: [3_000, 8_000], contamination: [0.1, 0.7] },
  step: { play: step, viewers: [28_000, 34_000], contamination: [0.55, 0.65] },
  'paid-crowd': { play: paidCrowd, viewers: [400, 900], contamination: [0.1, 0.4] },
  'bought-likes': { play: boughtLikes, viewers: [2_000, 5_000], contamination: [0.3, 0.9] },
  'machine-comments': { play: machineComments, viewers: [2_000, 5_000], contamination: [0.2, 0.7] },
  'inflated-display': {
    play: inflatedDisplay,
    viewers: [60_000, 90_000],
    contamination: [0.2, 0.6],
  },
  'empty-interest': { play: emptyInterest, viewers: [2_000, 5_000], contamination: [0.4, 0.85] },
  'self-brushing': {
    play: falseOrders('brushed'),
    viewers: [3_000, 6_000],
    contamination: [0.3, 0.8],
  },
  'third-party-attack': {
    play: falseOrders('attack'),
    viewers: [3_000, 6_000],
    contamination: [0.3, 0.8],
  },
  'slot-fee': { play: slotFee, viewers: [4_000, 8_000], contamination: [0.72, 0.72] },
  evening: {
    play: evening,
    viewers: [6_000, 6_000],
    contamination: [0.3, 0.3],
    heartbeatSeconds: 30,
  },
}

/** Every detector of the house, in the order in which its findings are listed. */
import { boughtViewers } from '../detectors/audience/bought-viewers.ts'
import { machineComments } from '../detectors/comments/machine-comments.ts'
import type { CrossDetector, Detector } from '../detectors/detector.ts'
import { inflatedDisplay } from '../detectors/display/inflated-display.ts'
import { emptyInterest } from '../detectors/interest/empty-interest.ts'
import { boughtLikes } from '../detectors/likes/bought-likes.ts'
import { orderAnomaly } from '../detectors/orders/anomaly.ts'
import { orderConcentration } from '../detectors/orders/concentration.ts'
import { paidCrowd } from '../detectors/audience/paid-crowd.ts'
import { undisclosedBoost } from '../detectors/audience/undisclosed-boost.ts'

export const DETECTORS: readonly Detector[] = [
  boughtViewers,
  undisclosedBoost,
  inflatedDisplay,
  boughtLikes,
  machineComments,
  emptyInterest,
]

export const CROSS_DETECTORS: readonly CrossDetector[] = [
  paidCrowd,
  orderAnomaly,
  orderConcentration,
]

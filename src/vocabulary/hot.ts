/**
 * The types that come by the million, judged by hand: no allocation, no schema. It accepts exactly
 * what the schemas accept (test/vocabulary/hot.test.ts) and explains nothing.
 */
import { BANNERS, ENTRIES } from './audience.ts'
import { MAX_ID, MAX_TEXT, fits, isUri } from './fields.ts'
import { isTime, parseTime } from './time.ts'

type Fields = Readonly<Record<string, unknown>>

/** The time in ms of a sound event of a hot type; NaN for anything else, sound or not. */
export const hotTime = (value: unknown): number => {
  if (!isFields(value)) return Number.NaN
  const { specversion, id, source, type, subject, time, data } = value
  if (
    specversion !== '1.0' ||
    !isId(id) ||
    !isId(subject) ||
    typeof source !== 'string' ||
    typeof time !== 'string' ||
    !isFields(data) ||
    !isHotData(type, data) ||
    !isKnownUri(source)
  )
    return Number.NaN
  return parseTime(time)
}

/** The last good source: a producer's events all carry the same, and comparing beats scanning. */
let lastSource = ''

const isKnownUri = (source: string): boolean => {
  if (source === lastSource) return source !== ''
  if (!isUri(source)) return false
  lastSource = source
  return true
}

const isHotData = (type: unknown, data: Fields): boolean => {
  switch (type) {
    case 'live.viewer.watched':
      return isWatched(data)
    case 'live.viewer.joined':
      return isJoined(data)
    case 'live.viewer.left':
      return isId(data['view'])
    case 'live.like.sent':
      return isId(data['viewer']) && isCount(data['count']) && isMaybeId(data['view'])
    case 'live.comment.posted':
      return isComment(data)
    case 'live.product.clicked':
      return isId(data['viewer']) && isId(data['product']) && isMaybeId(data['view'])
    case 'live.banner.shown':
      return isBanner(data)
    case 'live.display.updated':
      return isDisplay(data)
    default:
      return false
  }
}

const isWatched = ({ view, seconds, visible, playing }: Fields): boolean =>
  isId(view) &&
  typeof seconds === 'number' &&
  seconds >= 0 &&
  seconds < Infinity &&
  isMaybeBool(visible) &&
  isMaybeBool(playing)

const isJoined = (data: Fields): boolean => {
  const { view, viewer, device, ip, network, app, entry, accountCreatedAt } = data
  return (
    isId(view) &&
    isMaybeId(viewer) &&
    isMaybeId(device) &&
    isMaybeId(ip) &&
    isMaybeId(network) &&
    isMaybeId(app) &&
    entries.has(entry) &&
    (accountCreatedAt === undefined ||
      (typeof accountCreatedAt === 'string' && isTime(accountCreatedAt)))
  )
}

const isComment = ({ comment, viewer, view, text, replyTo }: Fields): boolean =>
  isId(comment) && isId(viewer) && isMaybeId(view) && isText(text) && isMaybeId(replyTo)

const isBanner = ({ kind, viewer, product, text, count }: Fields): boolean =>
  banners.has(kind) && isMaybeId(viewer) && isId(product) && isText(text) && isMaybeCount(count)

const isDisplay = ({ concurrent, viewers, likes, orders, sales }: Fields): boolean =>
  isMaybeCount(concurrent) &&
  isMaybeCount(viewers) &&
  isMaybeCount(likes) &&
  isMaybeCount(orders) &&
  isMaybeCount(sales)

const entries: ReadonlySet<unknown> = new Set(ENTRIES)
const banners: ReadonlySet<unknown> = new Set(BANNERS)

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isId = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 0 && fits(value, MAX_ID)

const isMaybeId = (value: unknown): boolean => value === undefined || isId(value)

const isText = (value: unknown): boolean => typeof value === 'string' && fits(value, MAX_TEXT)

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0

const isMaybeCount = (value: unknown): boolean => value === undefined || isCount(value)

const isMaybeBool = (value: unknown): boolean => value === undefined || typeof value === 'boolean'

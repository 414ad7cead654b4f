/** What each account of a room says, counted: the ground on which it is weighed. */
import { FingerprintSet } from '../../sketches/fingerprint-set.ts'
import type { Room } from '../room.ts'
import { UNSHARED, VARIED, type Templates } from './templates.ts'
import { isPraiseOrUrge, isQuestion } from './text.ts'

/** A line counts as well varied from this many versions on. */
export const WELL_VARIED = 5

export type Says = Readonly<
  Record<
    | 'all'
    | 'lines'
    | 'shared'
    | 'varied'
    | 'wellVaried'
    | 'families'
    | 'praise'
    | 'scripted'
    | 'asks'
    | 'replies',
    Uint32Array
  >
>

/**
 * By account: comments, substantial lines that are not common property, and of these the shared, the
 * varied, and those that praise or urge (`scripted`). `praise` counts every comment that does.
 */
export const tallyOf = (room: Room, shared: Templates): Says => {
  const column = () => new Uint32Array(room.accounts.length)
  const says = {
    all: column(),
    lines: column(),
    shared: column(),
    varied: column(),
    wellVaried: column(),
    families: column(),
    praise: column(),
    scripted: column(),
    asks: column(),
    replies: column(),
  }
  const { texts } = room.comments
  const asks = new Uint8Array(texts.size)
  const praises = new Uint8Array(texts.size)
  for (let i = 0; i < texts.size; i += 1) {
    const text = texts.nameOf(i)
    asks[i] = Number(isQuestion(text))
    praises[i] = Number(isPraiseOrUrge(text))
  }
  const met = new FingerprintSet()
  const { account, text, reply } = room.comments.columns
  for (let i = 0; i < room.comments.length; i += 1) {
    const a = account[i]! - 1
    if (a < 0 || text[i] === 0) continue
    const number = text[i]! - 1
    says.all[a]! += 1
    says.praise[a]! += praises[number]!
    says.replies[a]! += reply[i]!
    const family = shared.familyOf[number]! - 1
    // A question that others ask too, word for word or in versions, may itself be scripted.
    if (family < 0 || shared.level[family] === UNSHARED) says.asks[a]! += asks[number]!
    if (family < 0 || shared.isCommon[family] === 1) continue
    says.lines[a]! += 1
    const level = shared.level[family]!
    if (level === UNSHARED) continue
    if (level === VARIED) says.varied[a]! += 1
    else says.shared[a]! += 1
    says.scripted[a]! += praises[number]!
    if (shared.versions[family]! >= WELL_VARIED) says.wellVaried[a]! += 1
    if (met.add(family + 1, a + 1)) says.families[a]! += 1
  }
  return says
}

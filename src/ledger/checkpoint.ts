/** Checkpoints: C2SP tlog-checkpoint, the text of the note. Origin, size and root on a line each. */
import { base64, fromBase64, fromDecimal } from './bytes.ts'
import { LedgerError } from './error.ts'
import { HASH_BYTES } from './hash.ts'

export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** Lines after the third. Ours write none. */
  readonly extensions: readonly string[]
}

/** The text to sign, ending with a newline. Is the inverse of parseCheckpoint. */
export const formatCheckpoint = ({
  origin,
  size,
  root,
  extensions = [],
}: Omit<Checkpoint, 'extensions'> & Partial<Checkpoint>): string =>
  [origin, size, base64(root), ...extensions, ''].join('\n')

/** @throws LedgerError `malformed-checkpoint`, also for sizes over 2^53 − 1 */
export const parseCheckpoint = (text: string): Checkpoint => {
  const [origin, sizeText, rootText, ...rest] = text.split('\n')
  const size = fromDecimal(sizeText ?? '')
  const root = fromBase64(rootText ?? '')
  const end = rest.pop()
  if (
    !origin ||
    size === null ||
    root?.length !== HASH_BYTES ||
    end !== '' ||
    rest.some((line) => line === '')
  )
    throw new LedgerError('malformed-checkpoint')
  return { origin, size, root, extensions: rest }
}

/**
 * A little H.264 encoder (ITU-T H.264, constrained baseline profile): the first picture has its
 * samples as they are (I_PCM, §7.3.5), the others repeat the one before (P_Skip) except where a
 * macroblock changed. Nothing is transformed, so every decoder shows exactly what was drawn. Pure.
 */
import { Bits } from './bits.ts'
import { HEIGHT, WIDTH, type Picture } from './picture.ts'

const MACROBLOCK = 16
const COLUMNS = WIDTH / MACROBLOCK
const ROWS = HEIGHT / MACROBLOCK

/** §A.2.1: baseline (66), and what constrained baseline and main have in common; §A.3: level 3. */
export const PROFILE = { profile: 66, compatibility: 0xc0, level: 30 } as const

/** §7.3.2.1.1: 4-bit frame numbers, output in order of decoding, one reference, no cropping. */
export const SEQUENCE_PARAMETERS = new Bits()
  .u(PROFILE.profile, 8)
  .u(PROFILE.compatibility, 8)
  .u(PROFILE.level, 8)
  .ue(0, 0, 2, 1)
  .u(0, 1)
  .ue(COLUMNS - 1, ROWS - 1)
  // frame_mbs_only, direct_8x8_inference; no cropping, no VUI.
  .u(0b1100, 4)
  .unit(0x67)

/** §7.3.2.2: CAVLC, one slice group, one reference, deblocking told in each slice. */
export const PICTURE_PARAMETERS = new Bits()
  .ue(0, 0)
  .u(0, 2)
  .ue(0, 0, 0)
  .u(0, 3)
  .ue(0, 0, 0)
  .u(0b100, 3)
  .unit(0x68)

/** One NAL unit a picture; the first is an IDR picture. At most 16, for the frame numbers. */
export const encodePictures = (pictures: readonly Picture[]): readonly Uint8Array[] =>
  pictures.map((picture, i) => {
    const before = pictures[i - 1]
    return before === undefined ? whole(picture) : changed(picture, before, i)
  })

/** §7.3.3 with slice type 7, I throughout: an IDR picture. */
const whole = (picture: Picture): Uint8Array => {
  // First macroblock, type, parameters; frame number; IDR id; two marks of reference pictures.
  const slice = new Bits().ue(0, 7, 0).u(0, 4).ue(0).u(0, 2)
  endOfHeader(slice)
  // §7.3.5, table 7-11: mb_type 25 is I_PCM.
  for (let at = 0; at < COLUMNS * ROWS; at += 1) slice.ue(25).aligned(samplesOf(picture, at))
  return slice.unit(0x65)
}

/** Slice type 5, P throughout: what did not change is skipped (§7.3.4, mb_skip_run). */
const changed = (picture: Picture, before: Picture, number: number): Uint8Array => {
  // As above; no other number of references, no other order of them, no marks.
  const slice = new Bits().ue(0, 5, 0).u(number, 4).u(0, 3)
  endOfHeader(slice)
  let skipped = 0
  for (let at = 0; at < COLUMNS * ROWS; at += 1) {
    const samples = samplesOf(picture, at)
    if (isSame(samples, samplesOf(before, at))) skipped += 1
    else {
      // Types of I in a P slice come after the five of P (table 7-13).
      slice.ue(skipped, 5 + 25).aligned(samples)
      skipped = 0
    }
  }
  if (skipped > 0) slice.ue(skipped)
  return slice.unit(0x41)
}

/** slice_qp_delta 0 (se(v): one bit), disable_deblocking_filter_idc 1. */
const endOfHeader = (slice: Bits): void => void slice.ue(0).ue(1)

/** §7.3.5: 256 samples of brightness, then 64 of each colour, row by row. */
const samplesOf = ({ luma, blue, red }: Picture, at: number): Uint8Array => {
  const [column, row] = [at % COLUMNS, Math.floor(at / COLUMNS)]
  const samples = new Uint8Array(384)
  let end = 0
  for (const [plane, size] of [
    [luma, MACROBLOCK],
    [blue, MACROBLOCK / 2],
    [red, MACROBLOCK / 2],
  ] as const)
    for (let y = row * size; y < (row + 1) * size; y += 1) {
      const from = (y * COLUMNS + column) * size
      samples.set(plane.subarray(from, from + size), end)
      end += size
    }
  return samples
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.every((sample, i) => sample === b[i])

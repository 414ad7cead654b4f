/**
 * Video that really plays, made by hand: H.264 (ITU-T H.264) baseline pictures of 64 × 48 whose
 * macroblocks are all I_PCM, samples as they are, so that no encoder is needed; one colour a frame;
 * in MPEG-TS (ISO 13818-1) or, by way of mediabunny, in fragmented MP4.
 */
import { Bits } from '../../src/simulator/video/bits.ts'
import {
  BufferSource,
  BufferTarget,
  Conversion,
  Input,
  Mp4OutputFormat,
  MPEG_TS,
  Output,
} from 'mediabunny'

export const FRAMES_PER_SECOND = 5

/** `frames`: numbers of the frames, each its own colour and time. */
export const tsPiece = (frames: readonly number[]): Uint8Array => {
  const mux = new TsMux()
  // PAT: program 1 has its map at 0x1000. PMT: one H.264 stream at 0x100, which carries the clock.
  mux.section(0, [0x00, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xf0, 0x00])
  mux.section(0x1000, [2, 0xb0, 18, 0, 1, 0xc1, 0, 0, 0xe1, 0, 0xf0, 0, 0x1b, 0xe1, 0, 0xf0, 0])
  for (const frame of frames) mux.frame(frame)
  return Uint8Array.from(mux.bytes)
}

/** An initialisation section and pieces of one second each, of fragmented MP4. */
export const fmp4Pieces = async (
  seconds: number,
): Promise<{ readonly init: Uint8Array; readonly pieces: readonly Uint8Array[] }> => {
  const frames = Array.from({ length: seconds * FRAMES_PER_SECOND }, (_, i) => i)
  const source = new BufferSource(new Uint8Array(tsPiece(frames)))
  const input = new Input({ source, formats: [MPEG_TS] })
  const target = new BufferTarget()
  const format = new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: 1 })
  const output = new Output({ format, target })
  await (await Conversion.init({ input, output })).execute()
  const bytes = new Uint8Array(target.buffer!)
  const boxes = boxesOf(bytes).filter(({ type }) => type !== 'mfra')
  const first = boxes.find(({ type }) => type === 'moof')!
  const starts = boxes.filter(({ type }) => type === 'moof').map(({ at }) => at)
  const end = boxes.at(-1)!.end
  return {
    init: bytes.slice(0, first.at),
    pieces: starts.map((at, i) => bytes.slice(at, starts[i + 1] ?? end)),
  }
}

const boxesOf = (bytes: Uint8Array) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const boxes: { readonly type: string; readonly at: number; readonly end: number }[] = []
  for (let at = 0; at < bytes.length;) {
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1')
    const end = at + view.getUint32(at)
    boxes.push({ type, at, end })
    at = end
  }
  return boxes
}

const WIDTH_MACROBLOCKS = 4
const HEIGHT_MACROBLOCKS = 3
const START_CODE = [0, 0, 0, 1]
const VIDEO_PID = 0x100

class TsMux {
  readonly bytes: number[] = []
  readonly #counters = new Map<number, number>()

  /** One packet of 188 bytes; shorter payloads are stuffed by an adaptation field. */
  #packet(pid: number, isStart: boolean, payload: readonly number[], clock: number[] = []): void {
    const counter = ((this.#counters.get(pid) ?? 15) + 1) & 15
    this.#counters.set(pid, counter)
    const room = 184 - payload.length
    const head = [0x47, (isStart ? 0x40 : 0) | (pid >> 8), pid & 0xff]
    if (room === 0) return void this.bytes.push(...head, 0x10 | counter, ...payload)
    const field = clock.length > 0 ? [...clock] : room > 1 ? [0] : []
    while (field.length < room - 1) field.push(0xff)
    this.bytes.push(...head, 0x30 | counter, field.length, ...field, ...payload)
  }

  section(pid: number, table: readonly number[]): void {
    const crc = crc32(table)
    this.#packet(pid, true, [
      0,
      ...table,
      crc >>> 24,
      (crc >>> 16) & 255,
      (crc >>> 8) & 255,
      crc & 255,
    ])
  }

  frame(frame: number): void {
    // In units of 1/90,000 s, the first frame at one second.
    const at = 90_000 + (frame * 90_000) / FRAMES_PER_SECOND
    const stamp = [
      0x21 | (Math.floor(at / 2 ** 30) << 1),
      (at >>> 22) & 255,
      ((at >>> 14) & 254) | 1,
      (at >>> 7) & 255,
      ((at << 1) & 254) | 1,
    ]
    const clock = [
      0x10,
      (at >>> 25) & 255,
      (at >>> 17) & 255,
      (at >>> 9) & 255,
      (at >>> 1) & 255,
      0x7e,
      0,
    ]
    let rest = [0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5, ...stamp, ...accessUnit(frame)]
    for (let isFirst = true; rest.length > 0; isFirst = false) {
      const room = isFirst ? 176 : 184
      this.#packet(VIDEO_PID, isFirst, rest.slice(0, room), isFirst ? clock : [])
      rest = rest.slice(room)
    }
  }
}

/** CRC-32/MPEG-2 (ISO 13818-1 Annex A). */
const crc32 = (bytes: readonly number[]): number => {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}

const accessUnit = (frame: number): number[] => {
  const delimiter = [0x09, 0xf0]
  const luma = 40 + ((frame * 37) % 180)
  const units = [
    delimiter,
    SPS,
    PPS,
    picture(frame & 1, luma, (frame * 61) % 256, (frame * 97) % 256),
  ]
  return units.flatMap((unit) => [...START_CODE, ...unit])
}

/** §7.3.2.1.1: baseline, level 1, pictures in coding order, no reference frames, no cropping. */
const SPS = new Bits()
  .u(66, 8)
  .u(0xc0, 8)
  .u(10, 8)
  .ue(0, 0, 2, 0)
  .u(0, 1)
  .ue(WIDTH_MACROBLOCKS - 1, HEIGHT_MACROBLOCKS - 1)
  .u(0b1100, 4)
  .unit(0x67)

/** §7.3.2.2: CAVLC, one slice group, no weighted prediction, no deblocking control. */
const PPS = new Bits().ue(0, 0).u(0, 2).ue(0, 0, 0).u(0, 3).ue(0, 0, 0).u(0, 3).unit(0x68)

/** §7.3.3 and §7.3.5: one IDR slice, type I, every macroblock I_PCM (type 25). */
const picture = (idrId: number, luma: number, blue: number, red: number): Uint8Array => {
  const slice = new Bits().ue(0, 7, 0).u(0, 4).ue(idrId).u(0, 2).ue(0)
  for (let i = 0; i < WIDTH_MACROBLOCKS * HEIGHT_MACROBLOCKS; i += 1) {
    slice.ue(25).aligned([])
    for (const [sample, count] of [
      [luma, 256],
      [blue, 64],
      [red, 64],
    ] as const)
      for (let k = 0; k < count; k += 1) slice.u(sample, 8)
  }
  return slice.unit(0x65)
}

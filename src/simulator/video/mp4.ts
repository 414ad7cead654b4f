/**
 * Fragmented MP4 (ISO/IEC 14496-12) of one video track, H.264 (ISO/IEC 14496-15): an initialisation
 * section, and segments of one fragment each. Times in ms. Pure.
 */
import { PICTURE_PARAMETERS, PROFILE, SEQUENCE_PARAMETERS } from './h264.ts'
import { HEIGHT, WIDTH } from './picture.ts'

const TRACK = 1
const UNITS_PER_SECOND = 1000

/** `ftyp` and `moov` (§4.3, §8.2). */
export const initialisation = (): Uint8Array =>
  joined(
    box('ftyp', ascii('iso6'), u32(1), ascii('iso6'), ascii('avc1'), ascii('mp41')),
    box('moov', movieHeader(), track(), box('mvex', trackDefaults())),
  )

/**
 * `moof` and `mdat` (§8.8). `units`: NAL units, one a picture, each shown for `eachMs`; the first can
 * be shown by itself. @param sinceMs of the first picture, on the clock of the whole recording
 */
export const fragment = (
  sequence: number,
  sinceMs: number,
  eachMs: number,
  units: readonly Uint8Array[],
): Uint8Array => {
  // ISO/IEC 14496-15 §5.3.4.2: each unit after its length in four bytes.
  const samples = units.map((unit) => joined(u32(unit.length), unit))
  const head = (dataOffset: number) =>
    box(
      'moof',
      full('mfhd', 0, 0, u32(sequence + 1)),
      box(
        'traf',
        // 0x020000: offsets count from the start of the moof (§8.8.7).
        full('tfhd', 0, 0x020000, u32(TRACK)),
        full('tfdt', 1, 0, u64(sinceMs)),
        // Offset; and of each sample its duration, size and flags (§8.8.8).
        full(
          'trun',
          0,
          0x000701,
          u32(samples.length),
          u32(dataOffset),
          ...samples.flatMap(({ length }, i) => [
            u32(eachMs),
            u32(length),
            u32(i === 0 ? INDEPENDENT : DEPENDENT),
          ]),
        ),
      ),
    )
  // The head is as long whatever the offset in it says.
  const { length } = head(0)
  return joined(head(length + 8), box('mdat', ...samples))
}

/** §8.8.3.1: depends on no other; depends on others and is no point to begin at. */
const INDEPENDENT = 0x02000000
const DEPENDENT = 0x01010000

const UNITY = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map((value) => u32(value))

const movieHeader = () =>
  // No times of creation, no duration: a live recording. Rate 1, volume 1.
  full(
    'mvhd',
    0,
    0,
    zeros(8),
    u32(UNITS_PER_SECOND),
    u32(0),
    u32(0x10000),
    u16(0x100),
    zeros(10),
    ...UNITY,
    zeros(24),
    u32(TRACK + 1),
  )

const track = () =>
  box(
    'trak',
    // Enabled, and in the movie.
    full(
      'tkhd',
      0,
      3,
      zeros(8),
      u32(TRACK),
      zeros(4),
      u32(0),
      zeros(16),
      ...UNITY,
      u32(WIDTH << 16),
      u32(HEIGHT << 16),
    ),
    box(
      'mdia',
      // Language `und`.
      full('mdhd', 0, 0, zeros(8), u32(UNITS_PER_SECOND), u32(0), u16(0x55c4), u16(0)),
      full('hdlr', 0, 0, zeros(4), ascii('vide'), zeros(12), ascii('sample\0')),
      box(
        'minf',
        full('vmhd', 0, 1, zeros(8)),
        // The media is in this file (§8.7.2).
        box('dinf', full('dref', 0, 0, u32(1), full('url ', 0, 1))),
        box(
          'stbl',
          full('stsd', 0, 0, u32(1), sampleEntry()),
          full('stts', 0, 0, u32(0)),
          full('stsc', 0, 0, u32(0)),
          full('stsz', 0, 0, u32(0), u32(0)),
          full('stco', 0, 0, u32(0)),
        ),
      ),
    ),
  )

/** §12.1.3, and the decoder's configuration (ISO/IEC 14496-15 §5.3.3.1). */
const sampleEntry = () =>
  box(
    'avc1',
    zeros(6),
    u16(1),
    zeros(16),
    u16(WIDTH),
    u16(HEIGHT),
    // 72 dots an inch, one picture a sample, no name, 24 bits deep.
    u32(0x480000),
    u32(0x480000),
    zeros(4),
    u16(1),
    zeros(32),
    u16(24),
    u16(0xffff),
    box(
      'avcC',
      Uint8Array.of(1, PROFILE.profile, PROFILE.compatibility, PROFILE.level, 0xff, 0xe1),
      u16(SEQUENCE_PARAMETERS.length),
      SEQUENCE_PARAMETERS,
      Uint8Array.of(1),
      u16(PICTURE_PARAMETERS.length),
      PICTURE_PARAMETERS,
    ),
  )

const trackDefaults = () => full('trex', 0, 0, u32(TRACK), u32(1), u32(0), u32(0), u32(0))

/** §4.2. */
function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = joined(...parts)
  return joined(u32(body.length + 8), ascii(type), body)
}

function full(
  type: string,
  version: number,
  flags: number,
  ...parts: readonly Uint8Array[]
): Uint8Array {
  return box(type, u32(version * 2 ** 24 + flags), ...parts)
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const part of parts) {
    bytes.set(part, end)
    end += part.length
  }
  return bytes
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0))
}

function zeros(length: number): Uint8Array {
  return new Uint8Array(length)
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value & 255)
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
}

function u64(value: number): Uint8Array {
  return joined(u32(Math.floor(value / 2 ** 32)), u32(value % 2 ** 32))
}

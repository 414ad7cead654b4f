/** The sample's recording: real video of small pieces, as readers that are not ours understand it. */
import fc from 'fast-check'
import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny'
import { describe, expect, it } from 'vitest'
import { Bits } from '../../src/simulator/video/bits.ts'
import { encodePictures } from '../../src/simulator/video/h264.ts'
import { drawPicture, HEIGHT, WIDTH } from '../../src/simulator/video/picture.ts'
import { PIECE_MS, sampleInit, samplePiece } from '../../src/simulator/video/sample-video.ts'

const moment = { beganAt: Date.parse('2026-03-01T15:59:52Z'), offsetMinutes: 480 }
const piece = (sequence: number) => samplePiece({ sequence, ...moment })

/** What mediabunny finds in a file of these pieces. */
const read = async (sequences: readonly number[]) => {
  const bytes = Buffer.concat([sampleInit(), ...sequences.map(piece)])
  const input = new Input({ source: new BufferSource(new Uint8Array(bytes)), formats: [MP4] })
  const track = (await input.getPrimaryVideoTrack())!
  const packets = []
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet)
  const config = (await track.getDecoderConfig())!
  input.dispose()
  return { packets, config }
}

describe('the recording of a sample broadcast', () => {
  it('is H.264 of 160 × 96, constrained baseline, as an independent reader finds it', async () => {
    const { config } = await read([0])
    // ISO/IEC 14496-15: avc1, profile 66, compatibility 0xc0, level 30.
    expect(config).toMatchObject({ codec: 'avc1.42c01e', codedWidth: WIDTH, codedHeight: HEIGHT })
  })

  it('has eight pictures a piece, each piece to be begun with, on one clock', async () => {
    const { packets } = await read([0, 1, 2])
    expect(packets.map(({ timestamp }) => timestamp)).toEqual(
      Array.from({ length: 24 }, (_, i) => i / 2),
    )
    expect(packets.every(({ duration }) => duration === 0.5)).toBe(true)
    expect(packets.flatMap(({ type }, i) => (type === 'key' ? [i] : []))).toEqual([0, 8, 16])
    expect((await read([5, 6])).packets[0]!.timestamp).toBe((5 * PIECE_MS) / 1000)
  })

  it('is small: a whole picture as it is, and what changes after it', async () => {
    // 60 macroblocks of 384 samples, and little besides; at most 32 kB though every digit changes.
    const whole = 60 * 384
    for (const sequence of [0, 1, 2]) {
      const { length } = piece(sequence)
      expect(length).toBeGreaterThan(whole)
      expect(length).toBeLessThan(32_000)
    }
    const { packets } = await read([0])
    // The square of the half-second is in one macroblock; a digit is two high, and from 2 to 3 only
    // its lower half changes, from 3 to 4 both.
    const macroblocks = [1, 2, 4].map((i) => Math.floor(packets[i]!.data.length / 384))
    expect(macroblocks).toEqual([1, 2, 3])
  })

  it('is the same bytes for the same moment, so that a piece may be sent again', () => {
    expect(piece(3)).toEqual(piece(3))
    expect(piece(3)).not.toEqual(piece(4))
  })
})

describe('the encoder', () => {
  it('repeats a picture that did not change in a few bytes', () => {
    const picture = drawPicture('20:00:00', true)
    const [first, second] = encodePictures([picture, picture])
    expect(first!.length).toBeGreaterThan(60 * 384)
    expect(second!.length).toBeLessThan(10)
  })

  it('writes whole macroblocks as they were drawn', () => {
    const picture = drawPicture('20:00:00', false)
    const unit = Buffer.from(encodePictures([picture])[0]!)
    // The last macroblock is in the black bar: 256 samples of 16, then 128 of 128; then the stop bit.
    const end = Buffer.concat([Buffer.alloc(256, 16), Buffer.alloc(128, 128), Buffer.of(0x80)])
    expect(unit.subarray(-end.length).equals(end)).toBe(true)
  })

  it('has no start code within a unit, whatever is in it (ITU-T H.264 §7.4.1)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 4 }), { maxLength: 40 }), (bytes) => {
        const unit = new Bits().aligned(bytes).unit(0x65)
        for (let i = 0; i + 2 < unit.length; i += 1)
          expect(unit[i] === 0 && unit[i + 1] === 0 && unit[i + 2]! < 3).toBe(false)
        // Taken out again, it is what was put in, and the stop bit.
        const plain = [...unit.subarray(1)].filter(
          (byte, i, all) => !(byte === 3 && i >= 2 && all[i - 1] === 0 && all[i - 2] === 0),
        )
        expect(plain).toEqual([...bytes, 0x80])
      }),
    )
  })

  it.each([
    [0, '1'],
    [1, '010'],
    [2, '011'],
    [3, '00100'],
    [25, '000011010'],
  ])('writes %i as %s (table 9-2)', (value, code) => {
    const bits = [...new Bits().ue(value).unit(0)]
      .slice(1)
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('')
    expect(bits.startsWith(`${code}1`)).toBe(true)
  })
})

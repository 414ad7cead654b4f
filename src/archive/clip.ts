/**
 * One file that a browser plays, from logged segments. Pieces of fMP4 that share their
 * initialisation section are simply joined (ISO 14496-12 §8.16); MPEG-TS is put into MP4 without
 * touching a frame. Equal segments give equal bytes, so that whoever verifies can make it again.
 */

export type ClipPart = {
  /** Path in the bundle. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** Written beside the clip: what it was made of, and how. */
export type ClipRecipe =
  | { readonly parts: readonly string[] }
  | { readonly remuxed: readonly string[]; readonly by: string }

/** Where everything is held in memory at once; above it a bundle has its segments and a playlist. */
export const MAX_CLIP_BYTES = 256 << 20

/** The version that package.json pins; a test holds the two together. */
export const REMUXER = 'mediabunny 1.61.0'

/** `init` first, then the pieces in order. */
export const joinedClip = (init: ClipPart, pieces: readonly ClipPart[]) => {
  const parts = [init, ...pieces]
  const recipe: ClipRecipe = { parts: parts.map(({ path }) => path) }
  return { bytes: new Uint8Array(Buffer.concat(parts.map(({ bytes }) => bytes))), recipe }
}

/** Null where there is nothing in the pieces that a player could show. */
export const remuxedClip = async (pieces: readonly ClipPart[]) => {
  const bytes = await remux(pieces.map((piece) => piece.bytes))
  const recipe: ClipRecipe = { remuxed: pieces.map(({ path }) => path), by: REMUXER }
  return bytes === null ? null : { bytes, recipe }
}

/**
 * The clip that the recipe gives, to compare; null where another version made it, for two versions
 * need not write equal bytes.
 */
export const remakeClip = async (
  pieces: readonly Uint8Array[],
  by: string,
): Promise<Uint8Array | null> => (by === REMUXER ? remux(pieces) : null)

const remux = async (pieces: readonly Uint8Array[]): Promise<Uint8Array | null> => {
  // Loaded when needed: most commands never see a video.
  const media = await import('mediabunny')
  const source = new media.BufferSource(new Uint8Array(Buffer.concat(pieces)))
  const input = new media.Input({ source, formats: [media.MPEG_TS] })
  const target = new media.BufferTarget()
  const format = new media.Mp4OutputFormat({ fastStart: 'in-memory' })
  const output = new media.Output({ format, target })
  try {
    const conversion = await media.Conversion.init({ input, output, showWarnings: false })
    if (!conversion.isValid) return null
    await conversion.execute()
  } catch {
    return null
  } finally {
    input.dispose()
  }
  return target.buffer === null ? null : withoutClock(new Uint8Array(target.buffer))
}

/** Boxes that hold boxes on the way to a time of creation (ISO 14496-12 §8.2 to §8.4). */
const CONTAINERS = new Set(['moov', 'trak', 'mdia'])
const CLOCKED = new Set(['mvhd', 'tkhd', 'mdhd'])

/** Times of creation and modification become 0, "not said": they are those of the writer's clock. */
const withoutClock = (bytes: Uint8Array): Uint8Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const walk = (from: number, until: number): void => {
    for (let at = from; at + 8 <= until;) {
      const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1')
      const size = view.getUint32(at)
      // 0 and 1 stand for "to the end" and a 64-bit size: only mdat is ever that long.
      if (size < 8) return
      if (CONTAINERS.has(type)) walk(at + 8, at + size)
      // After size, type, version and flags: two fields of four bytes, or of eight in version 1.
      if (CLOCKED.has(type)) bytes.fill(0, at + 12, at + 12 + (bytes[at + 8] === 1 ? 16 : 8))
      at += size
    }
  }
  walk(0, bytes.length)
  return bytes
}

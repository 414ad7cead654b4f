/**
 * What the sample recording shows: a clock in big pixels, a square that blinks each half-second, and
 * colour bars. Planes of Y, Cb and Cr (ITU-R BT.601, 4:2:0). Pure.
 */

export const WIDTH = 160
export const HEIGHT = 96

export type Picture = {
  /** WIDTH × HEIGHT. */
  readonly luma: Uint8Array
  /** Half as wide and half as high. */
  readonly blue: Uint8Array
  readonly red: Uint8Array
}

type Colour = readonly [luma: number, blue: number, red: number]

const GROUND: Colour = [28, 134, 124]
const INK: Colour = [235, 128, 128]
/** White, yellow, cyan, green, magenta, red, blue, black, each three quarters bright. */
const BARS: readonly Colour[] = [
  [180, 128, 128],
  [162, 44, 142],
  [131, 156, 44],
  [112, 72, 58],
  [84, 184, 198],
  [65, 100, 212],
  [35, 212, 114],
  [16, 128, 128],
]

/** Three pixels wide, five high; a row a character, its bits from the left. */
const GLYPHS: Readonly<Record<string, string>> = {
  '0': '75557',
  '1': '26227',
  '2': '71747',
  '3': '71717',
  '4': '55711',
  '5': '74717',
  '6': '74757',
  '7': '71111',
  '8': '75757',
  '9': '75717',
  ':': '02020',
}
/** Pixels of the picture to one of a glyph; with its margin a glyph fills a macroblock's width. */
const [GLYPH_X, GLYPH_Y, GLYPH_STEP] = [4, 6, 16]

/** @param clock `HH:MM:SS` */
export const drawPicture = (clock: string, isLit: boolean): Picture => {
  const picture: Picture = {
    luma: new Uint8Array(WIDTH * HEIGHT),
    blue: new Uint8Array((WIDTH * HEIGHT) / 4),
    red: new Uint8Array((WIDTH * HEIGHT) / 4),
  }
  fill(picture, 0, 0, WIDTH, HEIGHT, GROUND)
  for (const [i, sign] of clock.split('').entries())
    for (const [row, bits] of (GLYPHS[sign] ?? '').split('').entries())
      for (let column = 0; column < 3; column += 1)
        if (Number(bits) & (4 >> column)) {
          const x = 16 + i * GLYPH_STEP + 2 + column * GLYPH_X
          fill(picture, x, 16 + row * GLYPH_Y, GLYPH_X, GLYPH_Y, INK)
        }
  if (isLit) fill(picture, 132, 52, 8, 8, INK)
  const width = WIDTH / BARS.length
  for (const [i, colour] of BARS.entries()) fill(picture, i * width, 64, width, 32, colour)
  return picture
}

/** All four even: a sample of colour covers two pixels by two. */
const fill = (
  { luma, blue, red }: Picture,
  x: number,
  y: number,
  width: number,
  height: number,
  [bright, ofBlue, ofRed]: Colour,
): void => {
  for (let row = y; row < y + height; row += 1)
    luma.fill(bright, row * WIDTH + x, row * WIDTH + x + width)
  for (let row = y / 2; row < (y + height) / 2; row += 1) {
    const from = (row * WIDTH + x) / 2
    blue.fill(ofBlue, from, from + width / 2)
    red.fill(ofRed, from, from + width / 2)
  }
}

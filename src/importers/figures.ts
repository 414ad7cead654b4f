/**
 * Figures as Chinese pages write them: `5388`, `6.8万`, `1.2亿`, `10万+`, `12,345`, `¥19.90`, `19.90元`,
 * full-width digits. 万 is 10⁴, 亿 is 10⁸; a rounded figure is read as the number it is rounded to.
 */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  w: 1e4,
  万: 1e4,
  萬: 1e4,
  m: 1e6,
  千万: 1e7,
  亿: 1e8,
  億: 1e8,
}

const FIGURE = /^([+-]?)(\d+(?:\.\d+)?|\.\d+)(千万|[kwm万萬亿億])?\+?$/

/** The number, or NaN for anything that is not one. Fractions stay: `12.50` is 12.5. */
export const parseFigure = (text: string): number => {
  // NFKC turns full-width digits, points, plus and yuan signs into the plain ones (Unicode Standard
  // Annex #15).
  const folded = text.normalize('NFKC').toLowerCase().replaceAll(/[,\s]/g, '')
  const plain = folded.replace(/^([+-]?)¥/, '$1').replace(/元$/, '')
  const match = FIGURE.exec(plain)
  if (match === null) return Number.NaN
  const [, sign, digits, unit = ''] = match
  // In decimal: 6.8 × 10⁴ in binary is 68,000.00000000001 for some neighbours.
  const scaled = Number(`${digits}e${Math.round(Math.log10(UNITS[unit]!))}`)
  return sign === '-' ? -scaled : scaled
}

/** Order-free folding into a column whose rows start as NaN, "not known". */
export const minInto = (column: Float64Array | Float32Array, row: number, value: number): void => {
  if (!(column[row]! <= value)) column[row] = value
}

/** The inverse bound; NaN counts as "not known" here too. */
export const maxInto = (column: Float64Array | Float32Array, row: number, value: number): void => {
  if (!(column[row]! >= value)) column[row] = value
}

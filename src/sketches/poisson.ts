/**
 * How surprising a count is: Chernoff's bound on the upper tail of a Poisson variable
 * (Mitzenmacher & Upfal, "Probability and Computing", Theorem 5.4), as −log10 so that surprises
 * of any size stay finite. It never overstates the surprise.
 */

/** −log10 of a bound on P(X ≥ count | mean); 0 when the count is not above the mean. */
export const surpriseBans = (count: number, mean: number): number => {
  if (count <= mean) return 0
  const floor = Math.max(mean, 1e-9)
  return (count * Math.log(count / floor) - (count - floor)) / Math.LN10
}

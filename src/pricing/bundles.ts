/** Bundles that contain themselves, directly or by way of others. */

/** The products on a circle of bundles, each once. */
export const circularBundles = (
  bundles: ReadonlyMap<string, { readonly parts: readonly string[] }>,
): readonly string[] => [...bundles.keys()].filter((product) => reaches(bundles, product))

const reaches = (
  bundles: ReadonlyMap<string, { readonly parts: readonly string[] }>,
  start: string,
): boolean => {
  const seen = new Set<string>()
  const open = [...(bundles.get(start)?.parts ?? [])]
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part === start) return true
    if (seen.has(part)) continue
    seen.add(part)
    open.push(...(bundles.get(part)?.parts ?? []))
  }
  return false
}

/** The schedule of a process: runs something later, and gives the way to call it off. */
export const later = (run: () => void, ms: number): (() => void) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** CSV as RFC 4180 writes it; cells that a spreadsheet would run as a formula are made text. */
export const csvOf = (
  header: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
): string => {
  const lines = [header.join(',')]
  for (const row of rows) lines.push(row.map(cellOf).join(','))
  return `${lines.join('\r\n')}\r\n`
}

const cellOf = (value: string | number): string => {
  if (typeof value === 'number') return String(value)
  // Ids come from whoever sold or bought.
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

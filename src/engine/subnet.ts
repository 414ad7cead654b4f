/** The network that an address belongs to: /24 of IPv4, /48 of IPv6 (RFC 6177 §2: one site). */

/** `198.51.100.0/24`, `2001:db8:1::/48`; empty for anything that is not an address (a digest). */
export const subnetOf = (ip: string): string => {
  if (ip.includes(':')) return subnetOfSix(ip)
  const host = ip.lastIndexOf('.')
  if (host < 5) return ''
  let dots = 0
  for (let i = 0; i < ip.length; i += 1) {
    const unit = ip.charCodeAt(i)
    if (unit === 0x2e) dots += 1
    else if (unit < 0x30 || unit > 0x39) return ''
  }
  return dots === 3 ? `${ip.slice(0, host)}.0/24` : ''
}

const subnetOfSix = (ip: string): string => {
  const mapped = ip.lastIndexOf(':')
  // IPv4-mapped, `::ffff:198.51.100.7` (RFC 4291 §2.5.5.2)
  if (ip.includes('.')) return subnetOf(ip.slice(mapped + 1))
  const groups = ip.split('%', 1)[0]!.split('::')
  const head = groups[0] === '' ? [] : groups[0]!.split(':')
  const tail = groups[1] === undefined || groups[1] === '' ? [] : groups[1].split(':')
  const zeros = groups.length === 1 ? 0 : Math.max(0, 8 - head.length - tail.length)
  const all = [...head, ...Array<string>(zeros).fill('0'), ...tail]
  if (all.length !== 8 || !all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return ''
  return `${all.slice(0, 3).map(canonical).join(':')}::/48`
}

const canonical = (group: string) => Number.parseInt(group, 16).toString(16)

/**
 * Where a webhook may go. Whoever sets one up chooses the address, and must not be able to make the
 * service talk to its own network (server-side request forgery): only addresses of the public
 * internet, after the name was resolved, and the address that was looked at is the one connected to.
 * Ranges: IANA special-purpose registries for IPv4 and IPv6.
 */
import { lookup as resolve, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

// Ranges that carry an IPv4 address within go as a whole, for nobody needs them to receive; except
// for mapped addresses (`::ffff:…`), which BlockList compares as the IPv4 addresses they are.
const V6 = [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const

const NOT_PUBLIC = new BlockList()
for (const [net, prefix] of V4) NOT_PUBLIC.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of V6) NOT_PUBLIC.addSubnet(net, prefix, 'ipv6')

/** @param address IPv4 or IPv6, without brackets; what is neither is not public */
export const isPublic = (address: string): boolean => {
  const family = isIP(address)
  return family !== 0 && !NOT_PUBLIC.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** The address that stands in a URL instead of a name, or undefined. */
export const literalOf = ({ hostname }: URL): string | undefined => {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) === 0 ? undefined : bare
}

export class PrivateAddress extends Error {
  readonly code = 'private-address'
}

type Resolve = (
  name: string,
  options: { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * For `http.request`: what it hands over is what is connected to, so a name that answers
 * differently the second time gains nothing. One address that is not public spoils the name.
 */
export const publicLookup =
  (resolver: Resolve = resolve): LookupFunction =>
  (hostname, { all }, done) => {
    resolver(hostname, { all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error !== null || first === undefined)
        done(error ?? new Error(`${hostname} has no address`), '', 0)
      else if (addresses.some(({ address }) => !isPublic(address)))
        done(new PrivateAddress(`${hostname} is not on the public internet`), '', 0)
      else if (all === true) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }

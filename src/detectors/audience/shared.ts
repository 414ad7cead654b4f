/**
 * Many people behind few machines. A phone shows one room to one person; farms change accounts on
 * the same handset. Traffic out of data centres is general invalid traffic by the Media Rating
 * Council's standard (Invalid Traffic Detection and Filtration, 2020, §2). A shared address alone
 * is a campus, a mobile carrier or an office, and weighs next to nothing.
 */
import { say } from '../../language/say.ts'
import type { Room } from '../room.ts'
import { LEAST_VIEWS, spanOf, type Cohort } from './cohort.ts'
import type { Profile } from './profile.ts'

/** A family shares a tablet; five accounts in one broadcast is more than a family. */
export const FAMILY_ACCOUNTS = 4
/** Share of honest people who come through a server (VPN, cloud desktop). */
const HONEST_SERVER_SHARE = 0.03

/** How many different people (accounts, or guest views at once) used each device number. */
export const peoplePerDevice = (profile: Profile, room: Room): Uint32Array => {
  const { device, account } = room.views.columns
  const views = new Uint32Array(room.views.devices.size + 1)
  for (const row of profile.rows) views[device[row]!]! += 1
  const people = new Uint32Array(views.length)
  const pairs = new Set<number>()
  for (const row of profile.rows) {
    const number = device[row]!
    if (number === 0 || account[row] === 0 || views[number]! <= FAMILY_ACCOUNTS) continue
    // Both numbers stay below 2^26, so the pair is exact in a double.
    const pair = number * 67_108_864 + account[row]!
    if (pairs.has(pair)) continue
    pairs.add(pair)
    people[number]! += 1
  }
  return people
}

export const sharedDevices = (profile: Profile, room: Room): Cohort[] => {
  const { device } = room.views.columns
  const people = peoplePerDevice(profile, room)
  const rows = profile.rows.filter(
    (row) => device[row]! > 0 && people[device[row]!]! > FAMILY_ACCOUNTS,
  )
  if (rows.length < LEAST_VIEWS || rows.length < profile.rows.length * 0.005) return []
  const devices = new Set(Array.from(rows, (row) => device[row]!)).size
  return [
    {
      name: 'devices',
      family: 'network',
      rows,
      observed: rows.length,
      expected: Math.max(1, rows.length * 0.02),
      bans: 2,
      needs: 'nothing',
      rival: 'shared-network',
      text: say('devices.observed', { count: rows.length, devices }),
      ...spanOf(rows, profile.startAt),
    },
  ]
}

export const serverTraffic = (profile: Profile, room: Room): Cohort[] => {
  const server = room.views.networks.find('datacenter')
  if (server === undefined) return []
  const rows = profile.rows.filter((row) => room.views.columns.network[row] === server + 1)
  const expected = HONEST_SERVER_SHARE * profile.rows.length
  if (rows.length - expected < LEAST_VIEWS || rows.length < expected * 1.5) return []
  return [
    {
      name: 'datacenter',
      family: 'network',
      rows,
      observed: rows.length,
      expected,
      bans: Math.min(1.8, 0.9 + Math.log10(rows.length / expected)),
      needs: 'nothing',
      rival: 'shared-network',
      text: say('datacenter.observed', {
        count: rows.length,
        share: { percent: rows.length / profile.rows.length },
      }),
      ...spanOf(rows, profile.startAt),
    },
  ]
}

/** Subnets that hold many times the usual number of people: a lead for a trial, hardly evidence. */
export const crowdedSubnets = (profile: Profile, room: Room): Cohort[] => {
  const { subnet } = room.views.columns
  const counts = new Uint32Array(room.views.subnets.size + 1)
  let known = 0
  for (const row of profile.rows) {
    if (subnet[row] === 0) continue
    counts[subnet[row]!]! += 1
    known += 1
  }
  if (known < LEAST_VIEWS * 3) return []
  const sizes = counts.filter((n) => n > 0).sort()
  const usual = sizes[Math.floor(sizes.length * 0.75)]!
  const crowded = Math.max(LEAST_VIEWS, 8 * usual, known * 0.005)
  const rows = profile.rows.filter((row) => subnet[row]! > 0 && counts[subnet[row]!]! > crowded)
  if (rows.length < LEAST_VIEWS || rows.length > known * 0.97) return []
  const networks = new Set(Array.from(rows, (row) => subnet[row]!)).size
  return [
    {
      name: 'subnets',
      family: 'network',
      rows,
      observed: rows.length,
      expected: networks * Math.max(1, usual),
      bans: 0.4,
      needs: 'second-family',
      rival: 'shared-network',
      text: say('subnets.observed', { count: rows.length, networks }),
      ...spanOf(rows, profile.startAt),
    },
  ]
}

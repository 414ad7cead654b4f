/**
 * Key rooms (M26 Art. 11, M21 Art. 14): rooms that are watched more closely and whose records are
 * kept longer. Any one of five triggers suffices; the law names them and leaves the numbers to the
 * platform, so the numbers are data and every trigger that fired is shown.
 */
import * as z from 'zod'

export const keyRoomsFile = z.strictObject({
  source: z.string().min(1),
  /** Many followers, or many people in the room, by the genuine figure. */
  viewers: z.int().positive(),
  /** Big trade volume of one broadcast, minor units. */
  salesFen: z.int().positive(),
  /** Repeat violations: warnings given in one broadcast, each for a finding of its own. */
  violations: z.int().positive(),
  /** Complaints about one broadcast. */
  complaints: z.int().positive(),
  /** Goods that touch life and health, by category. */
  categories: z.array(z.string().min(1)),
  /** Influential marketers, by account; the platform fills this in. */
  hosts: z.array(z.string().min(1)),
})

export type KeyRooms = z.infer<typeof keyRoomsFile>

export const KEY_TRIGGERS = [
  'many-viewers',
  'large-trade',
  'repeat-violations',
  'concentrated-complaints',
  'life-and-health',
  'influential-host',
] as const
export type KeyTrigger = (typeof KEY_TRIGGERS)[number]

/** What the triggers look at; null where it is not known. */
export type RoomFacts = {
  readonly viewers: number | null
  readonly salesFen: number | null
  readonly violations: number
  readonly complaints: number
  readonly category: string
  readonly hosts: readonly string[]
}

/** The triggers that fire, in the order of KEY_TRIGGERS; none for a room like any other. */
export const keyTriggers = (facts: RoomFacts, rules: KeyRooms): readonly KeyTrigger[] => {
  const fires: Record<KeyTrigger, boolean> = {
    'many-viewers': (facts.viewers ?? 0) >= rules.viewers,
    'large-trade': (facts.salesFen ?? 0) >= rules.salesFen,
    'repeat-violations': facts.violations >= rules.violations,
    'concentrated-complaints': facts.complaints >= rules.complaints,
    'life-and-health': rules.categories.includes(facts.category),
    'influential-host': facts.hosts.some((host) => rules.hosts.includes(host)),
  }
  return KEY_TRIGGERS.filter((trigger) => fires[trigger])
}

/**
 * The daily look for replays that should be there (scenarios S1-35, S1-44), in the running service:
 * a replay that is missing is raised once, and withdrawn should it turn up.
 *
 * Where no recording of any broadcast was ever stored here, recordings are kept elsewhere and nothing
 * can be said about them.
 */
import { checkReplays } from '../../archive/daily-check.ts'
import { storedSegments } from '../../archive/segments.ts'
import type { Finding } from '../../vocabulary/finding.ts'
import { tell, type KeepingPorts } from './ports.ts'

export const checkAllReplays = async (ports: KeepingPorts, at: number): Promise<void> => {
  const { archive, store, keyRooms, records } = ports
  const { facts, policy } = archive
  if (![...facts.broadcasts.values()].some(({ segments }) => segments.size > 0)) return
  const stored = await storedSegments(archive.parts.segments)
  const isStored = (sha256: string) => stored.has(sha256)
  const missing = new Map<string, Finding>()
  for (const { finding } of checkReplays(facts, policy, { at, keyRooms, isStored }))
    if (finding !== null) missing.set(finding.finding, finding)
  await records.flush()
  const open = new Map(
    (await store.findings.standing('replay-missing')).map(({ finding, document }) => [
      finding,
      document as Finding,
    ]),
  )
  for (const [name, finding] of missing) {
    // How many days it is missing changes daily; what it says does not.
    if (open.get(name)?.verdict === finding.verdict) continue
    await archive.raise(finding)
    tell(ports, finding)
  }
  for (const [name, finding] of open) {
    const isKnown = facts.broadcasts.has(finding.broadcast ?? '')
    if (missing.has(name) || !isKnown) continue
    await archive.withdraw(finding)
    tell(ports, finding, true)
  }
  await records.flush()
}

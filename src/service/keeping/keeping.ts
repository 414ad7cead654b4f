/**
 * What the service keeps, how long, and what goes. One such work at a time: each reads the ledger, and
 * two erasures at once would each plan with what the other takes out.
 */
import type { Erasure } from '../../archive/erase.ts'
import { oneByOne } from '../../archive/turns.ts'
import { verifyKept } from '../../archive/verify-kept.ts'
import { eraseEverywhere, type PersonsRequest } from './erasure.ts'
import type { KeepingPorts } from './ports.ts'
import { checkAllReplays } from './replays.ts'
import { enforce } from './retention.ts'

export class Keeping {
  readonly #ports: KeepingPorts
  readonly #alone = oneByOne()

  constructor(ports: KeepingPorts) {
    this.#ports = ports
  }

  /** Deletes what is due and not held. @returns broadcasts of which nothing is left */
  enforce(): Promise<readonly string[]> {
    return this.#alone(() => enforce(this.#ports, this.#ports.now()))
  }

  /** Erases persons from everything; what is held or kept by law stays, and the answer says so. */
  erase(request: PersonsRequest): Promise<Erasure> {
    return this.#alone(() => eraseEverywhere(this.#ports, request))
  }

  /** Whether what is said to be kept is there, and as it was; and replays that should be there. */
  check(): Promise<void> {
    return this.#alone(async () => {
      const { archive, failed, now } = this.#ports
      const { segments } = archive.parts
      for (const { object, code } of await verifyKept({ ...archive.logged, segments }))
        failed(new Error(`${object}: ${code}`))
      await checkAllReplays(this.#ports, now())
    })
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#alone(async () => {})
  }
}

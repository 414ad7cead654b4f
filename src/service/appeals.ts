/**
 * Appeals against measures (obligations §8.1; M26 Art. 12 and 14, PIPL Art. 24): lodged and decided on
 * record, in the turns of the desk, so that nothing is shown that is not in the ledger. The table of
 * the law names no term, so none is set: a measure that was lifted can be appealed for as long as it
 * is on record. A person who had a hand in the matter does not decide it.
 */
import type { AppealView } from '../http/contract.ts'
import type { AppealRefusal, NewAppeal, Verdict } from '../http/door.ts'
import type { Hub } from '../http/hub.ts'
import type { AssayEvent } from '../vocabulary/index.ts'
import { decidedEvent, lodgedEvent } from './appeal-events.ts'
import type { Decisions } from './decided.ts'
import type { Desk } from './desk.ts'

export type AppealPorts = {
  readonly desk: Pick<Desk, 'broadcastOf' | 'inTurn' | 'measures' | 'takeBack'>
  readonly decisions: Pick<Decisions, 'get'>
  /** The broadcast of an appeal that was lodged. */
  readonly lodgedIn: (appeal: string) => Promise<string | undefined>
  readonly hub: Hub
  readonly records: {
    readonly appeal: (view: AppealView, position: number) => void
    readonly flush: () => Promise<void>
  }
  readonly record: (events: readonly AssayEvent[]) => Promise<number>
  /** ms from the epoch. */
  readonly now: () => number
}

export class Appeals {
  readonly #ports: AppealPorts

  constructor(ports: AppealPorts) {
    this.#ports = ports
  }

  /** @returns the appeal once it is on record, why not, or undefined where there is no such measure */
  async lodge(appeal: NewAppeal): Promise<AppealView | AppealRefusal | undefined> {
    const { desk, decisions, record, now } = this.#ports
    const { restriction } = appeal
    const broadcast = await desk.broadcastOf(restriction)
    if (broadcast === undefined) return undefined
    return this.#told(
      desk.inTurn(broadcast, async () => {
        const decided = decisions.get(broadcast)
        if (decided?.imposed.has(restriction) !== true) return undefined
        const last = decided.appeals.get(restriction)
        if (last !== undefined && last.decidedAt === null) return 'open-already'
        if (last?.outcome === 'reversed') return 'reversed-already'
        const position = await record([lodgedEvent(appeal, broadcast, now())])
        return this.#tell(broadcast, restriction, position)
      }),
    )
  }

  /**
   * Reversed, the measure is taken back with the same reasons, in the same breath of the ledger; the
   * machine leaves it alone as after any person's taking back, and after that until the facts are
   * graver.
   * @returns the appeal once it is on record, why not, or undefined where there is none
   */
  async decide(appeal: string, verdict: Verdict): Promise<AppealView | AppealRefusal | undefined> {
    const { desk, decisions, lodgedIn, record, now } = this.#ports
    const broadcast = await lodgedIn(appeal)
    if (broadcast === undefined) return undefined
    return this.#told(
      desk.inTurn(broadcast, async () => {
        const decided = decisions.get(broadcast)
        const view = [...(decided?.appeals.values() ?? [])].find((one) => one.appeal === appeal)
        // Only the last against a measure can be open.
        if (view === undefined || view.decidedAt !== null) return 'decided-already'
        const { restriction, lodgedBy } = view
        if ([lodgedBy, decided?.imposed.get(restriction)?.by].includes(verdict.by))
          return 'not-by-you'
        const atMs = now()
        const event = decidedEvent(view, verdict, atMs)
        const { by, reasons, outcome } = verdict
        const lifted =
          outcome === 'reversed'
            ? await desk.takeBack(broadcast, restriction, { by, reasons, atMs }, [event])
            : null
        return this.#tell(broadcast, restriction, lifted ?? (await record([event])))
      }),
    )
  }

  /** What is on record now. A measure that stands is shown anew; one that went was shown going. */
  #tell(broadcast: string, restriction: string, position: number): AppealView {
    const { desk, decisions, hub, records } = this.#ports
    const view = decisions.get(broadcast)!.appeals.get(restriction)!
    records.appeal(view, position)
    const data = desk.measures(broadcast).find(({ measure }) => measure === restriction)
    if (data !== undefined) hub.publish({ topic: 'measure', broadcast, data })
    return view
  }

  /** Whoever was answered finds it in the lists at once. */
  async #told<T>(answer: Promise<T>): Promise<T> {
    await answer
    await this.#ports.records.flush()
    return answer
  }
}

/**
 * From what a finding names to its leaves and their proofs. Where leaves lie is read from the log
 * itself, at each snapshot and before each answer, and put away by cell: the way of an event costs
 * nothing, and what was not put away yet is all that memory holds and a restart reads again.
 */
import { LeafCells, type PlacedLeaf } from '../archive/leaf-cells.ts'
import { NamedSearch, type Whereabouts } from '../archive/find-named.ts'
import { receipts, rowReceipt, type Receipt } from '../archive/receipt.ts'
import { oneByOne } from '../archive/turns.ts'
import type { Vault } from '../archive/vault.ts'
import type { EvidencePiece, OpenedRows, ProvedEvidence, ProvedPlace } from '../http/contract.ts'
import { HttpProblem } from '../http/problem.ts'
import type { EvidenceOf, EvidenceProofs } from '../http/routes/evidence.ts'
import { say } from '../language/say.ts'
import { base64, fromUtf8 } from '../ledger/bytes.ts'
import { leafHash } from '../ledger/hash.ts'
import { readEntries } from '../ledger/rooms.ts'
import { nodeSha256 } from '../store/node-keys.ts'
import { latestCheckpoint, type OpenLedger } from '../store/open-ledger.ts'
import type { Place } from './prices/place-of.ts'
import { Shelf } from './shelf.ts'

/** Pieces of one answer; judgement names twenty at most. */
const MOST_PIECES = 50
/** After so many leaves they are put away: half a second of reading, half a megabyte of memory. */
const PUT_LEAVES = 50_000
/** Searches that wait for the one under way; beyond it the asker is told to come back. */
const MOST_WAITING = 32
/** Places that were found never change: so many are remembered. */
const MOST_KNOWN = 10_000

type Ledger = Pick<OpenLedger, 'log' | 'journal' | 'policy' | 'policyText' | 'dir' | 'writer'>

export type EvidenceOptions = {
  /** Leaves that memory holds before they are put away. */
  readonly putLeaves?: number
  /** Where an event lies that is none of the finding's own broadcast, where that is known. */
  readonly elsewhere?: (name: string) => Place | undefined
}

export class LedgerEvidence implements EvidenceProofs {
  readonly #ledger: Ledger
  readonly #vault: Vault
  readonly #shelf: Shelf<Uint8Array>
  readonly #cells: LeafCells
  readonly #putLeaves: number
  readonly #elsewhere: Required<EvidenceOptions>['elsewhere']
  /** Leaves before this one are known. */
  #position: number
  readonly #known = new Map<string, Whereabouts>()
  /** One at a time reads or puts away. */
  readonly #alone = oneByOne()
  #waiting = 0

  private constructor(
    ledger: Ledger,
    vault: Vault,
    shelf: Shelf<Uint8Array>,
    { putLeaves = PUT_LEAVES, elsewhere = () => undefined }: EvidenceOptions,
  ) {
    this.#ledger = ledger
    this.#vault = vault
    this.#shelf = shelf
    this.#putLeaves = putLeaves
    this.#elsewhere = elsewhere
    this.#position = shelf.position
    this.#cells = new LeafCells(shelf)
  }

  /** @param folder of the cells, none of which reaches beyond the log */
  static async open(
    ledger: Ledger,
    vault: Vault,
    folder: string,
    options: EvidenceOptions = {},
  ): Promise<LedgerEvidence> {
    return new LedgerEvidence(ledger, vault, await Shelf.open<Uint8Array>(folder), options)
  }

  /** Leaves whose places are known: the next answer reads those after them. */
  get position(): number {
    return this.#position
  }

  /** @throws HttpProblem `busy` */
  async prove(finding: EvidenceOf): Promise<ProvedEvidence> {
    const { places, isCut } = await this.#find(finding)
    const covering = Math.max(0, ...[...places.values()].map(({ index }) => index + 1))
    const checkpoint = await latestCheckpoint(this.#ledger, covering)
    const receiptOf = receipts(this.#ledger.log, checkpoint)
    const pieces: EvidencePiece[] = []
    for (const name of namesOf(finding)) {
      const place = places.get(name)
      if (place === undefined) pieces.push({ name, place: null })
      else pieces.push({ name, place: await this.#proved(place, await receiptOf(place.index)) })
    }
    const { policyText: policy } = this.#ledger
    const count = new Set(finding.evidence).size
    return { count, pieces, size: checkpoint.size, policy, isCut }
  }

  /** Telemetry among the evidence, in clear. @throws HttpProblem `busy` */
  async rows(finding: EvidenceOf): Promise<OpenedRows> {
    const { places } = await this.#find(finding)
    const rows = []
    for (const [name, { index, within }] of places) {
      const row = within === null ? null : await rowReceipt(this.#vault, index, within)
      if (row !== null) rows.push({ name, salted: base64(row.salted) })
    }
    return { rows }
  }

  /** Reads on in the log, so that the next answer and the next start have less to read. */
  async follow(): Promise<void> {
    await this.#alone(() => this.#catchUp())
  }

  async #find(finding: EvidenceOf) {
    if (this.#waiting >= MOST_WAITING)
      throw new HttpProblem('busy', say('problem.busy', { seconds: 5 }), { 'retry-after': '5' })
    const { kind, broadcast = '', from, until } = finding
    const keyOf = (name: string) => JSON.stringify([broadcast, name])
    this.#waiting += 1
    const found = this.#alone(async () => {
      const names = namesOf(finding)
      const asked = names.filter((name) => !this.#known.has(keyOf(name)))
      const search = new NamedSearch(asked, {
        log: this.#ledger.log,
        vault: this.#vault,
        size: await this.#catchUp(),
      })
      // A promise may be undercut from another broadcast.
      if (kind === 'promise-broken') await search.look(this.#leavesElsewhere(asked))
      const span = { from: Date.parse(from), until: Date.parse(until) }
      for (const where of ['within', 'outside'] as const)
        if (search.found.size < asked.length)
          await search.look(this.#cells.leavesOf(broadcast, span, where))
      for (const [name, place] of search.found) this.#remember(keyOf(name), place)
      const places = names.flatMap((name) => {
        const place = this.#known.get(keyOf(name))
        return place === undefined ? [] : [[name, place] as const]
      })
      return { places: new Map(places), isCut: search.isCut }
    })
    return found.finally(() => (this.#waiting -= 1))
  }

  /** Leaves of their own: nothing of the trade is in chunks. */
  #leavesElsewhere(names: readonly string[]): PlacedLeaf[] {
    return names.flatMap((name) => {
      const place = this.#elsewhere(name)
      if (place === undefined) return []
      const then = { from: place.at, until: place.at }
      return this.#cells.leavesOf(place.broadcast, then, 'within').filter(({ isChunk }) => !isChunk)
    })
  }

  async #proved(
    { index: leaf, within, type, time }: Whereabouts,
    { entry, proof }: Receipt,
  ): Promise<ProvedPlace> {
    const row = within === null ? null : await rowReceipt(this.#vault, leaf, within)
    return {
      type,
      time,
      leaf,
      hash: base64(leafHash(entry, nodeSha256)),
      entry: fromUtf8(entry) ?? '',
      proof,
      row: row && { within: within!, hash: base64(row.hash), proof: row.proof.map(base64) },
    }
  }

  /** Learns what was logged since. @returns leaves of the log */
  async #catchUp(): Promise<number> {
    const { log, writer } = this.#ledger
    const { size } = writer
    for await (const entry of readEntries(log, this.#position, size)) {
      this.#cells.learn(this.#position, entry)
      this.#position += 1
      if (this.#position - this.#shelf.position < this.#putLeaves) continue
      await this.#shelf.put(this.#position, this.#cells.changed())
      this.#cells.forget()
    }
    return size
  }

  #remember(key: string, place: Whereabouts): void {
    this.#known.set(key, place)
    if (this.#known.size > MOST_KNOWN) this.#known.delete(this.#known.keys().next().value!)
  }
}

/** Each once, as far as one answer goes. */
const namesOf = ({ evidence }: EvidenceOf): readonly string[] =>
  [...new Set(evidence)].slice(0, MOST_PIECES)

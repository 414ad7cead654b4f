/**
 * Audits of files handed in: one at a time in a thread of its own, so that live rooms do not wait
 * for them. Files and reports are the reader's own data on our disk: they lie in a folder of ours
 * that is emptied at every start, and go after an hour. A file is deleted once it is judged; a table
 * of which nobody can tell what its columns are waits for its owner to say so, within that hour.
 */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Worker } from 'node:worker_threads'
import type { AuditView } from '../../http/contract.ts'
import { badRequest, HttpProblem } from '../../http/problem.ts'
import type { Audits } from '../../http/routes/audits.ts'
import { say } from '../../language/say.ts'
import type { Mapping } from '../../importers/mapping.ts'
import type { Column } from '../../importers/unreadable.ts'
import type { Language } from '../../language/sentence.ts'
import { startThread } from '../../store/thread.ts'
import type { RoomsStart } from '../rooms/protocol.ts'
import { UPLOAD, type AuditStart, type FromAudit } from './protocol.ts'

export type AuditLimits = {
  /** Of one file. */
  readonly bytes: number
  /** One audit may take so long, ms. */
  readonly withinMs: number
  /** Files of one person, and of everybody, that are kept or under way. */
  readonly perOwner: number
  readonly all: number
  /** Results are kept for so long, ms. */
  readonly keptMs: number
}

export const AUDIT_LIMITS: AuditLimits = {
  bytes: 256 << 20,
  withinMs: 600_000,
  perOwner: 5,
  all: 50,
  keptMs: 3_600_000,
}

export type AuditOptions = {
  readonly folder: string
  readonly version: string
  readonly pack: RoomsStart['pack']
  readonly now: () => number
  readonly failed: (what: string, error: unknown) => void
  readonly limits?: AuditLimits
}

type Job = {
  readonly owner: string
  readonly folder: string
  readonly file: string
  readonly language: Language
  mapping: Mapping | null
  view: AuditView
}

/** Memory of one thread, MB: a file made to be large when read must not take the service with it. */
const THREAD_MB = 2_048
/** How often it is looked for what has been kept long enough, ms. */
const FORGET_MS = 60_000

export class FileAudits implements Audits {
  readonly #options: AuditOptions
  readonly #limits: AuditLimits
  readonly #jobs = new Map<string, Job>()
  /** Files on their way in, by owner: they count as kept. */
  readonly #coming: string[] = []
  #queue: Promise<void> = Promise.resolve()
  #thread: Worker | null = null
  #timer: NodeJS.Timeout | null = null
  #isClosed = false

  private constructor(options: AuditOptions) {
    this.#options = options
    this.#limits = options.limits ?? AUDIT_LIMITS
  }

  /** Empties the folder first. */
  static async open(options: AuditOptions): Promise<FileAudits> {
    await rm(options.folder, { recursive: true, force: true })
    await mkdir(options.folder, { recursive: true, mode: 0o700 })
    const audits = new FileAudits(options)
    const forget = () => audits.#forget().catch((error: unknown) => options.failed('audits', error))
    audits.#timer = setInterval(() => void forget(), FORGET_MS).unref()
    return audits
  }

  async take(
    owner: string,
    { name, language }: { readonly name: string; readonly language: Language },
    body: AsyncIterable<Uint8Array>,
  ): Promise<AuditView> {
    await this.#forget()
    const { perOwner, all, bytes: most } = this.#limits
    const owners = [...this.#coming, ...[...this.#jobs.values()].map((job) => job.owner)]
    if (owners.length >= all || owners.filter((one) => one === owner).length >= perOwner)
      throw new HttpProblem('busy', say('console.audits-full', { most: perOwner }))
    const audit = randomUUID()
    const folder = join(this.#options.folder, audit)
    const file = safeName(name)
    this.#coming.push(owner)
    let bytes = 0
    const counted = async function* () {
      for await (const chunk of unbroken(body)) {
        bytes += chunk.length
        if (bytes > most) throw new HttpProblem('too-large', say('problem.too-large', { most }))
        yield chunk
      }
    }
    try {
      await mkdir(join(folder, UPLOAD), { recursive: true, mode: 0o700 })
      await pipeline(counted, createWriteStream(join(folder, UPLOAD, file), { mode: 0o600 }))
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw error
    } finally {
      this.#coming.splice(this.#coming.indexOf(owner), 1)
    }
    const takenAt = new Date(this.#options.now()).toISOString()
    const state = 'waiting'
    const unknown = { share: null, failure: null, columns: null }
    const view: AuditView = { audit, name, bytes, state, takenAt, ...unknown }
    const job: Job = { owner, folder, file, language, mapping: null, view }
    this.#jobs.set(audit, job)
    this.#queue = this.#queue.then(() => this.#run(job))
    return view
  }

  map(owner: string, audit: string, mapping: Mapping): AuditView | undefined {
    if (this.get(owner, audit)?.state !== 'unmapped') return undefined
    const job = this.#jobs.get(audit)!
    job.mapping = mapping
    job.view = { ...job.view, state: 'waiting', failure: null }
    this.#queue = this.#queue.then(() => this.#run(job))
    return job.view
  }

  list(owner: string): readonly AuditView[] {
    return [...this.#jobs.values()]
      .filter((job) => job.owner === owner)
      .map(({ view }) => view)
      .toReversed()
  }

  get(owner: string, audit: string): AuditView | undefined {
    const job = this.#jobs.get(audit)
    return job?.owner === owner ? job.view : undefined
  }

  async read(
    owner: string,
    audit: string,
    what: 'report.json' | 'report.html',
  ): Promise<string | undefined> {
    if (this.get(owner, audit)?.state !== 'done') return undefined
    return readFile(join(this.#jobs.get(audit)!.folder, what), 'utf8')
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#thread?.terminate()
    await this.#queue
    await rm(this.#options.folder, { recursive: true, force: true })
  }

  /** Never rejects: what goes wrong with one file is said of that file. */
  async #run(job: Job): Promise<void> {
    if (this.#isClosed) return
    const { version, pack, now, failed } = this.#options
    const { folder, file: name, language } = job
    const mapping = job.mapping === null ? null : JSON.stringify(job.mapping)
    const set = (change: Partial<AuditView>) => {
      job.view = { ...job.view, ...change }
    }
    set({ state: 'reading' })
    const workerData: AuditStart = { folder, name, language, mapping, version, pack, at: now() }
    const thread = startThread('thread', import.meta.url, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: THREAD_MB },
    })
    this.#thread = thread
    let outcome: Partial<AuditView> = { state: 'failed', failure: say('console.audit-stopped') }
    const timer = setTimeout(() => void thread.terminate(), this.#limits.withinMs)
    thread.on('message', (message: FromAudit) => {
      if (message.type === 'read') set({ share: message.share })
      else if (message.type === 'judging') set({ state: 'judging', share: null })
      else if (message.type === 'done') outcome = { state: 'done', share: 1 }
      else if (message.type === 'unmapped')
        outcome = { state: 'unmapped', columns: [...message.columns].map(toView) }
      // What was said of its columns may be said better.
      else if (mapping !== null && message.isOfFile)
        outcome = { state: 'unmapped', failure: message.text }
      else outcome = { state: 'failed', failure: message.text }
    })
    thread.on('error', (error) => failed('audit', error))
    await new Promise((resolve) => thread.once('exit', resolve))
    clearTimeout(timer)
    this.#thread = null
    // The report says what the file held; the file itself is gone before anybody is told of it.
    if (outcome.state !== 'unmapped') {
      await rm(join(folder, UPLOAD), { recursive: true, force: true })
      set({ columns: null })
    }
    set({ share: null, ...outcome })
  }

  async #forget(): Promise<void> {
    const before = this.#options.now() - this.#limits.keptMs
    for (const [audit, { view, folder }] of this.#jobs) {
      const isAtRest = ['unmapped', 'done', 'failed'].includes(view.state)
      if (!isAtRest || Date.parse(view.takenAt) > before) continue
      this.#jobs.delete(audit)
      await rm(folder, { recursive: true, force: true })
    }
  }
}

const toView = ({ name, values, isAll }: Column) => ({ name, values: [...values], isAll })

/** Whoever breaks off while sending is told so, should they still listen: it is no fault of ours. */
async function* unbroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch {
    throw badRequest('body')
  }
}

/** A name on disk: what it may say of the format stays, what could lead elsewhere does not. */
const safeName = (name: string): string => {
  const plain = name.replace(/[^\w.-]+/g, '_').replace(/^[.-]+/, '')
  return plain.slice(-80) || 'file'
}

/** Rooms told in a few lines, for the word scenarios: events in, findings of the audit out. */
import { readPolicy } from '../../src/cli/policy-pack.ts'
import { readDesk } from '../../src/cli/words/desk.ts'
import { Evidence } from '../../src/detectors/room.ts'
import { audit } from '../../src/engine/audit.ts'
import { Intake } from '../../src/engine/intake.ts'
import { HYPOTHESES, type Finding, type FindingKind } from '../../src/vocabulary/finding.ts'

export const policy = await readPolicy('cn')
export const words = (await readDesk('cn', policy))!

export const START = Date.UTC(2026, 2, 1, 12)

export class Story {
  readonly #events: unknown[] = []

  constructor(title = '晚间专场', started: Readonly<Record<string, unknown>> = {}) {
    this.send('broadcast.started', 0, {
      room: 'room-1',
      operator: 'operator-a',
      title,
      form: 'video',
      currency: 'CNY',
      hosts: [{ account: 'host-a', role: 'host' }],
      ...started,
    })
  }

  send(type: string, seconds: number, data: object, subject: string | null = 'broadcast-1'): this {
    this.#events.push({
      specversion: '1.0',
      id: `e${this.#events.length}`,
      source: '/test',
      type: `live.${type}`,
      ...(subject === null ? {} : { subject }),
      time: new Date(START + seconds * 1000).toISOString(),
      data,
    })
    return this
  }

  says(seconds: number, text: string, speaker = 'host-a'): this {
    return this.send('caption.spoken', seconds, {
      speaker,
      text,
      language: 'zh-CN',
      startMs: seconds * 1000,
      endMs: seconds * 1000 + 2000,
    })
  }

  lists(title: string, more: object = {}, subject: string | null = 'broadcast-1'): this {
    return this.send(
      'product.listed',
      1,
      {
        product: 'product-1',
        sku: 'sku-1',
        merchant: 'merchant-a',
        title,
        category: '食品',
        ...more,
      },
      subject,
    )
  }

  comments(seconds: number, comment: string, text: string, viewer = `viewer-${comment}`): this {
    return this.send('comment.posted', seconds, { comment, viewer, text })
  }

  removes(seconds: number, comment: string, reason: string): this {
    return this.send('comment.removed', seconds, { comment, by: 'assistant-a', reason })
  }

  /** @param reversed the same events from the last to the first */
  findings(reversed = false): Finding[] {
    const evidence = new Evidence()
    const intake = new Intake(evidence)
    intake.open('story', 'test')
    const events = reversed ? this.#events.toReversed() : this.#events
    for (const [index, event] of events.entries()) intake.offer(event, index + 1)
    const [input] = intake.end().inputs
    if (input!.refused.length > 0) throw new Error(JSON.stringify(input!.refused))
    const { report } = audit(evidence, {
      version: 'test',
      policy,
      at: null,
      inputs: [],
      refusedByBroadcast: new Map(),
      words,
    })
    return [
      ...report.findings,
      ...report.broadcasts.flatMap(({ findings }) => findings),
      ...report.merchants.flatMap(({ findings }) => findings),
    ]
  }

  finding(kind: FindingKind): Finding | undefined {
    return this.findings().find((each) => each.kind === kind)
  }

  /** Kinds of supported findings that are led by a guilty hypothesis. */
  accusations(): FindingKind[] {
    return this.findings()
      .filter(
        ({ verdict, hypotheses }) =>
          verdict === 'supported' && !HYPOTHESES[hypotheses[0]!.name].innocent,
      )
      .map(({ kind }) => kind)
  }
}

/**
 * The thread of one audit: reads the file, judges it, writes the report beside it, and ends. The
 * same reading and the same judgement as `assay audit`.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { Evidence } from '../../detectors/room.ts'
import { audit } from '../../engine/audit.ts'
import type { AuditReport } from '../../engine/report.ts'
import { readAll } from '../../importers/read-all.ts'
import { Unmapped, Unreadable } from '../../importers/unreadable.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { parsePolicy } from '../../law/policy.ts'
import { renderHtml } from '../../report/render-html.ts'
import { UPLOAD, type AuditStart, type FromAudit } from './protocol.ts'

const { folder, name, language, mapping, version, pack, at } = workerData as AuditStart
const port = parentPort!
const tell = (message: FromAudit) => port.postMessage(message)

/** Nobody is told where on this machine the file lay. */
const withoutFolder = (text: string) =>
  text.replaceAll(JSON.stringify(join(folder, UPLOAD, '/')).slice(1, -1), '')

const judge = async (): Promise<AuditReport> => {
  const evidence = new Evidence()
  const reading = await readAll([join(folder, UPLOAD, name)], evidence, {
    mapping: mapping ?? undefined,
    onProgress: ({ bytes, totalBytes }) =>
      tell({ type: 'read', share: totalBytes > 0 ? Math.min(1, bytes / totalBytes) : null }),
  })
  tell({ type: 'judging' })
  const { report } = audit(evidence, {
    version,
    policy: parsePolicy(...pack),
    at: null,
    ...reading,
  })
  return JSON.parse(withoutFolder(JSON.stringify(report))) as AuditReport
}

const reasonOf = (error: unknown): Sentence => {
  if (!(error instanceof Unreadable)) return say('console.audit-failed')
  const { en, zh } = error.sentence
  return { en: withoutFolder(en), zh: withoutFolder(zh) }
}

try {
  const report = await judge()
  await writeFile(join(folder, 'report.html'), renderHtml(report, { language, generatedAt: at }))
  await writeFile(join(folder, 'report.json'), JSON.stringify(report))
  tell({ type: 'done' })
} catch (error) {
  const isOfFile = error instanceof Unreadable
  if (error instanceof Unmapped) tell({ type: 'unmapped', columns: error.columns })
  else tell({ type: 'failed', text: reasonOf(error), isOfFile })
  // What nobody foresaw goes to the log as well.
  if (!isOfFile) throw error
}

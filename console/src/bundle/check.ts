/**
 * A bundle that was dropped or chosen, checked by the ledger's own verifier, in this page: nothing is
 * sent. The same check as `assay verify`, except that time-stamp tokens cannot be checked in a browser.
 */
import { unzip } from '../../../src/archive/zip.ts'
import { filesInMemory, type BundleFiles } from '../../../src/ledger/bundle-files.ts'
import type { BundleReport } from '../../../src/ledger/bundle-report.ts'
import { explainBundle, type BundleExplanation } from '../../../src/ledger/explain-bundle.ts'
import { parsePolicy, type Policy } from '../../../src/ledger/policy.ts'
import { verifyBundle } from '../../../src/ledger/verify-bundle.ts'
import { filesOf, walk, withoutFolder } from '../../../src/verifier/dropped.ts'

export type Dropped = { readonly name: string; readonly open: () => Promise<BundleFiles> }

export type Checked = {
  readonly name: string
  readonly report: BundleReport
  readonly explanation: BundleExplanation
  /** What can be watched: object URLs, to be revoked by whoever shows them. */
  readonly clips: readonly { readonly path: string; readonly url: string }[]
}

export const zipped = (file: File): Dropped => ({
  name: file.name,
  open: async () => filesInMemory(unzip(new Uint8Array(await file.arrayBuffer())).files),
})

/** Files of a folder that was chosen. */
export const folderOf = (files: readonly File[]): Dropped => {
  const name = files[0]?.webkitRelativePath.split('/')[0] ?? ''
  const byPath = new Map(files.map((file) => [file.webkitRelativePath, file]))
  return { name, open: () => Promise.resolve(filesOf(withoutFolder(byPath, name))) }
}

/** A folder or a zip; undefined where nothing of the kind was dropped. */
export const droppedOf = (transfer: DataTransfer): Dropped | undefined => {
  const entry = transfer.items[0]?.webkitGetAsEntry()
  if (entry?.isDirectory)
    return {
      name: entry.name,
      open: async () => {
        const found = new Map<string, File>()
        await walk(entry, '', found)
        return filesOf(withoutFolder(found, entry.name))
      },
    }
  const [file] = transfer.files
  return file && zipped(file)
}

/** @throws Error saying why it cannot be read as a bundle */
export const checkBundle = async (dropped: Dropped, policy?: Policy): Promise<Checked> => {
  const files = await dropped.open()
  const report = await verifyBundle(files, policy === undefined ? {} : { policy })
  // A clip of a bundle that does not pass is no evidence of anything.
  const paths = report.failures.length > 0 ? [] : [...files.paths].filter(isClip).sort()
  const clips = await Promise.all(
    paths.map(async (path) => {
      const bytes = await files.read(path)
      return { path, url: URL.createObjectURL(new Blob([bytes.slice()], { type: 'video/mp4' })) }
    }),
  )
  return { name: dropped.name, report, explanation: explainBundle(report), clips }
}

/** @throws LedgerError */
export const readPolicy = async (file: File): Promise<Policy> => parsePolicy(await file.text())

const isClip = (path: string): boolean => /^data\/clips\/\d+\.mp4$/.test(path)

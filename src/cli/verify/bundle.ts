/** Checks a bundle, a folder or a zip, with everything that Node can check. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { folderFiles } from '../../archive/bundle-folder.ts'
import { remakeClip } from '../../archive/clip.ts'
import { nodeSha256 } from '../../archive/sha256.ts'
import { checkTimestamp } from '../../archive/timestamp.ts'
import { unzip, ZipError } from '../../archive/zip.ts'
import { filesInMemory, type BundleFiles } from '../../ledger/bundle-files.ts'
import { explainBundle } from '../../ledger/explain-bundle.ts'
import type { Policy } from '../../ledger/policy.ts'
import { verifyBundle } from '../../ledger/verify-bundle.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import type { Outcome } from './outcome.ts'

export type Trust = {
  /** The verifier's own, from `--policy`. */
  readonly policy?: Policy
  /** The verifier's own time-stamping authorities, PEM, from `--tsa-ca`. */
  readonly authorities?: string
}

export const verifyFolder = async (path: string, trust: Trust): Promise<Outcome> =>
  verifyFiles(path, await folderFiles(path), trust)

export const verifyZip = async (path: string, trust: Trust): Promise<Outcome> => {
  try {
    const { files } = unzip(new Uint8Array(await readFile(path)))
    return await verifyFiles(path, filesInMemory(files, nodeSha256), trust)
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    return {
      kind: 'bundle',
      path,
      policy: trust.policy === undefined ? 'bundled' : 'own',
      failures: [{ file: basename(path), code: `zip-${error.code}`, text: zipFault(error) }],
      verdict: say('bundle.fails', { count: 1 }),
      holds: [],
      caveats: [say('bundle.fails-meaning')],
    }
  }
}

const zipFault = ({ code, message: reason }: ZipError): Sentence => {
  switch (code) {
    case 'malformed':
      return say('verify.zip-malformed', { reason })
    case 'bad-path':
      return say('verify.zip-bad-path', { reason })
    case 'too-large':
      return say('verify.zip-too-large', { reason })
    case 'altered':
    default:
      return say('verify.zip-altered')
  }
}

const verifyFiles = async (path: string, files: BundleFiles, trust: Trust): Promise<Outcome> => {
  const report = await verifyBundle(files, {
    hash: nodeSha256,
    checkTimestamp,
    remakeClip,
    ...trust,
  })
  const { verdict, holds, caveats } = explainBundle(report)
  const { failures, policy } = report
  return { kind: 'bundle', path, policy, failures, verdict, holds, caveats }
}

/** A bundle of the story, in memory. */
import { memoryPlace } from '../../src/archive/bundle-folder.ts'
import { writeBundle, type BundleRequest } from '../../src/archive/bundle.ts'
import { TAG_MANIFEST, MANIFEST, formatManifest } from '../../src/ledger/bagit.ts'
import { hex, utf8 } from '../../src/ledger/bytes.ts'
import { nodeSha256 } from '../../src/archive/sha256.ts'
import type { BundleReport } from '../../src/ledger/bundle-report.ts'
import { renderBundlePage } from '../../src/verifier/bundle-page.ts'
import type { Story } from './bundle-story.ts'

export type Made = {
  readonly files: Map<string, Uint8Array>
  readonly report: BundleReport
}

export const makeBundle = async (
  { source }: Story,
  request: Partial<BundleRequest> = {},
): Promise<Made> => {
  const files = new Map<string, Uint8Array>()
  const report = await writeBundle(
    source,
    {
      matter: { kind: 'complaint', id: 'complaint-1' },
      marginMs: 2000,
      disclose: 'needed',
      madeAt: Date.UTC(2026, 2, 3),
      version: '0.0.0',
      page: (facts) => renderBundlePage(facts, 'en', '// the script\n'),
      ...request,
    },
    memoryPlace(files),
  )
  return { files, report }
}

/**
 * What an adversary does who changes files and then mends every list, sizes included: only proofs,
 * digests in entries and signatures are left to tell.
 */
export const mended = (files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> => {
  const mending = new Map(files)
  const digests = (isListed: (path: string) => boolean) =>
    new Map(
      [...mending.keys()]
        .filter(isListed)
        .map((path) => [path, hex(nodeSha256(mending.get(path)!))]),
    )
  const payload = digests((path) => path.startsWith('data/'))
  const bytes = [...payload.keys()].reduce((sum, path) => sum + mending.get(path)!.length, 0)
  const info = Buffer.from(mending.get('bag-info.txt')!).toString()
  const sizes = `Payload-Oxum: ${bytes}.${payload.size}`
  mending.set('bag-info.txt', utf8(info.replace(/Payload-Oxum: \S+/, sizes)))
  mending.set(MANIFEST, utf8(formatManifest(payload)))
  mending.set(TAG_MANIFEST, utf8(formatManifest(digests(isTag))))
  return mending
}

const isTag = (path: string) => !path.startsWith('data/') && !path.startsWith(TAG_MANIFEST)

export const withBit = (bytes: Uint8Array, bit: number): Uint8Array => {
  const turned = Uint8Array.from(bytes)
  turned[bit >> 3]! ^= 1 << (bit & 7)
  return turned
}

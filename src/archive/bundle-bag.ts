/** The bag around a bundle: its declaration, its lists, what it says of itself (RFC 8493). */
import { BAG_DECLARATION, formatManifest, MANIFEST, TAG_MANIFEST } from '../ledger/bagit.ts'
import { hex, utf8 } from '../ledger/bytes.ts'
import { AUTHORITIES, CHECKPOINT } from '../ledger/verify-bundle.ts'
import { say } from '../language/say.ts'
import type { BundlePlace } from './bundle-folder.ts'
import type { BundleMatter } from './bundle-selection.ts'

export type BagFacts = {
  readonly matter: BundleMatter
  /** Milliseconds since the epoch. */
  readonly madeAt: number
  readonly version: string
  readonly isStamped: boolean
}

/** Lists everything under `data/` and everything beside it; the list of tag files comes last. */
export const writeBag = async (
  { matter, madeAt, version, isStamped }: BagFacts,
  place: BundlePlace,
): Promise<void> => {
  const manifest = await digestsOf(place, (path) => path.startsWith('data/'))
  const tags = [
    `Bag-Software-Agent: assay ${version}`,
    `Bagging-Date: ${new Date(madeAt).toISOString().slice(0, 10)}`,
    `External-Identifier: ${matter.kind}:${encodeURIComponent(matter.id)}`,
    `Payload-Oxum: ${manifest.bytes}.${manifest.digests.size}`,
  ]
  const readme = say('bundle.readme', { stamps: isStamped ? STAMP_COMMANDS : '' })
  await place.write('bagit.txt', utf8(BAG_DECLARATION))
  await place.write('bag-info.txt', utf8(`${tags.join('\n')}\n`))
  await place.write('README.txt', utf8(`${readme.en}\n\n${readme.zh}\n`))
  await place.write(MANIFEST, utf8(formatManifest(manifest.digests)))
  await writeTagManifest(place)
}

const STAMP_COMMANDS = [CHECKPOINT, TAG_MANIFEST]
  .map((file) => `\n  openssl ts -verify -data ${file} -in ${file}.tsr -CAfile ${AUTHORITIES}`)
  .join('')

/** Again, once something beside the payload has changed. */
export const writeTagManifest = async (place: BundlePlace): Promise<Uint8Array> => {
  const { digests } = await digestsOf(
    place,
    (path) => !path.startsWith('data/') && path !== TAG_MANIFEST,
  )
  const bytes = utf8(formatManifest(digests))
  await place.write(TAG_MANIFEST, bytes)
  return bytes
}

const digestsOf = async (place: BundlePlace, isListed: (path: string) => boolean) => {
  const files = await place.files()
  const digests = new Map<string, string>()
  let bytes = 0
  for (const path of files.paths)
    if (isListed(path)) {
      const found = await files.digest(path)
      digests.set(path, hex(found.sha256))
      bytes += found.bytes
    }
  return { digests, bytes }
}

/**
 * The bag around a bundle (RFC 8493 §3): the declaration, both lists, the sizes. Stricter than the
 * standard in one thing: a tag file that no list names is refused too. Only the list of tag files
 * cannot list itself, nor the token that stamps it.
 */
import { say } from '../language/say.ts'
import {
  BAG_DECLARATION,
  isPlainPath,
  MANIFEST,
  parseManifest,
  parseTags,
  TAG_MANIFEST,
  type Manifest,
} from './bagit.ts'
import { readText, type BundleFiles } from './bundle-files.ts'
import type { Fail } from './bundle-report.ts'
import { hex } from './bytes.ts'

export type CheckedBag = {
  /** Hexadecimal SHA-256 of every payload file, as it is. */
  readonly digests: ReadonlyMap<string, string>
  readonly payloadBytes: number
}

const PAYLOAD = 'data/'
const INFO = 'bag-info.txt'
const REQUIRED_TAGS = ['bagit.txt', INFO, MANIFEST]

export const checkBag = async (files: BundleFiles, fail: Fail): Promise<CheckedBag> => {
  for (const path of files.paths)
    if (!isPlainPath(path)) fail(path, 'unsafe-path', say('bundle.unsafe-path'))
  if ((await readText(files, 'bagit.txt')) !== BAG_DECLARATION)
    fail('bagit.txt', 'bad-declaration', say('bundle.bad-declaration'))
  const payload = [...files.paths].filter((path) => path.startsWith(PAYLOAD))
  const tags = [...files.paths].filter(
    (path) => !path.startsWith(PAYLOAD) && path !== TAG_MANIFEST && path !== `${TAG_MANIFEST}.tsr`,
  )
  const tagManifest = await manifestOf(files, TAG_MANIFEST, fail)
  for (const required of REQUIRED_TAGS)
    if (tagManifest !== null && !tagManifest.has(required))
      fail(TAG_MANIFEST, 'bad-manifest', say('bundle.unlisted-tag', { file: required }))
  await checkList(files, TAG_MANIFEST, tagManifest, tags, fail)
  const checked = await checkList(
    files,
    MANIFEST,
    await manifestOf(files, MANIFEST, fail),
    payload,
    fail,
  )
  await checkSizes(files, checked.bytes, payload.length, fail)
  return { digests: checked.digests, payloadBytes: checked.bytes }
}

const manifestOf = async (
  files: BundleFiles,
  path: string,
  fail: Fail,
): Promise<Manifest | null> => {
  const text = await readText(files, path)
  const manifest = text === null ? null : parseManifest(text)
  if (manifest === null) fail(path, 'bad-manifest', say('bundle.bad-manifest'))
  return manifest
}

const checkList = async (
  files: BundleFiles,
  list: string,
  manifest: Manifest | null,
  present: readonly string[],
  fail: Fail,
) => {
  const digests = new Map<string, string>()
  let bytes = 0
  for (const path of present) {
    const found = await files.digest(path)
    digests.set(path, hex(found.sha256))
    bytes += found.bytes
    if (manifest === null) continue
    const stated = manifest.get(path)
    if (stated === undefined) fail(path, 'extra-file', say('bundle.extra-file', { list }))
    else if (stated !== digests.get(path))
      fail(path, 'changed-file', say('bundle.changed-file', { list }))
  }
  for (const path of manifest?.keys() ?? [])
    if (!digests.has(path)) fail(path, 'missing-file', say('bundle.missing-file', { list }))
  return { digests, bytes }
}

/** `Payload-Oxum: <bytes>.<files>` (RFC 8493 §2.2.2). */
const checkSizes = async (files: BundleFiles, bytes: number, count: number, fail: Fail) => {
  const text = await readText(files, INFO)
  const stated = text === null ? undefined : parseTags(text)?.get('Payload-Oxum')
  if (stated !== `${bytes}.${count}`)
    fail(INFO, 'bad-oxum', say('bundle.bad-oxum', { stated: stated ?? '–', bytes, count }))
}

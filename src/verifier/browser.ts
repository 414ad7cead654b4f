/**
 * The script in both pages: takes a folder or a zip by drop or by choice, runs the same check as
 * `assay verify`, and shows the result. Also lets a click on a sentence play the clip from there.
 * Nothing is sent anywhere: the page's policy would not let it.
 */
import { unzip } from '../archive/zip.ts'
import { filesInMemory, type BundleFiles } from '../ledger/bundle-files.ts'
import { LedgerError } from '../ledger/error.ts'
import { parsePolicy, type Policy } from '../ledger/policy.ts'
import { verifyBundle } from '../ledger/verify-bundle.ts'
import { say } from '../language/say.ts'
import type { Markup } from '../report/html.ts'
import { filesOf, walk, withoutFolder } from './dropped.ts'
import { headingOf, resultOf, stateOf } from './result.ts'

const find = (name: string): HTMLElement | null => document.querySelector<HTMLElement>(`#${name}`)

/** Escaped by `html`; the policy lets nothing in it run anyway. */
const show = (place: string, markup: Markup): void => {
  const element = find(place)
  if (element !== null) element.innerHTML = markup.toString()
}

let policy: Policy | undefined

const check = async (name: string, open: () => Promise<BundleFiles>): Promise<void> => {
  show('result', stateOf(say('bundle.page-checking')))
  try {
    const report = await verifyBundle(await open(), policy === undefined ? {} : { policy })
    show('result', resultOf(report, headingOf(name)))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    show('result', stateOf(say('bundle.page-cannot', { reason })))
  }
}

const checkZip = (file: File): Promise<void> =>
  check(file.name, async () => filesInMemory(unzip(new Uint8Array(await file.arrayBuffer())).files))

const checkDrop = async (transfer: DataTransfer): Promise<void> => {
  const entry = transfer.items[0]?.webkitGetAsEntry()
  if (entry?.isDirectory)
    return check(entry.name, async () => {
      const found = new Map<string, File>()
      await walk(entry, '', found)
      return filesOf(withoutFolder(found, entry.name))
    })
  const [file] = transfer.files
  if (file !== undefined) await checkZip(file)
}

const takePolicy = async (file: File): Promise<void> => {
  try {
    policy = parsePolicy(await file.text())
    show('policy-state', stateOf(say('bundle.page-policy-in-use', { name: file.name })))
  } catch (error) {
    const reason = error instanceof LedgerError ? { term: error.sentence } : String(error)
    show('policy-state', stateOf(say('bundle.page-bad-policy', { name: file.name, reason })))
  }
}

const zone = find('drop')
zone?.addEventListener('dragover', (event) => {
  event.preventDefault()
  zone.classList.add('over')
})
zone?.addEventListener('dragleave', () => zone.classList.remove('over'))
zone?.addEventListener('drop', (event) => {
  event.preventDefault()
  zone.classList.remove('over')
  if (event.dataTransfer !== null) void checkDrop(event.dataTransfer)
})

const onFile = (name: string, take: (files: readonly File[]) => void) => {
  const input = document.querySelector<HTMLInputElement>(`input#${name}`)
  input?.addEventListener('change', () => take([...(input.files ?? [])]))
}
onFile('zip', ([file]) => void (file && checkZip(file)))
onFile('policy', ([file]) => void (file && takePolicy(file)))
onFile('folder', (files) => {
  const folder = files[0]?.webkitRelativePath.split('/')[0] ?? ''
  const byPath = new Map(files.map((file) => [file.webkitRelativePath, file]))
  void check(folder, () => Promise.resolve(filesOf(withoutFolder(byPath, folder))))
})

for (const button of document.querySelectorAll<HTMLButtonElement>('button.seek'))
  button.addEventListener('click', () => {
    const { clip = '', seconds = '0' } = button.dataset
    const video = [...document.querySelectorAll('video')].find(
      ({ dataset }) => dataset['clip'] === clip,
    )
    if (video === undefined) return
    video.scrollIntoView({ block: 'center' })
    void video.play()
    const go = () => void (video.currentTime = startOf(video) + Number(seconds))
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) go()
    else video.addEventListener('loadedmetadata', go, { once: true })
  })

/**
 * A clip out of the middle of a recording keeps the recording's clock (ISO 14496-12 §8.8.12), by which
 * some players count and others do not: what the file is longer than the clip lies before it.
 */
const startOf = ({ duration, dataset }: HTMLVideoElement): number =>
  Math.max(0, duration - Number(dataset['lasts'])) || 0

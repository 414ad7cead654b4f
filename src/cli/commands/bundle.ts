/** `assay bundle`: everything that the log and the archive hold of one matter, for somebody else. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { BundleError, writeBundle, type BundleRequest } from '../../archive/bundle.ts'
import { folderFiles, folderPlace } from '../../archive/bundle-folder.ts'
import { requestTimestamp } from '../../archive/timestamp-request.ts'
import { Vault } from '../../archive/vault.ts'
import { zip, ZipError } from '../../archive/zip.ts'
import { LogError } from '../../ledger/log-error.ts'
import { StoreError } from '../../ledger/object-store.ts'
import { say } from '../../language/say.ts'
import { readLedgerFolder } from '../../store/ledger-folder.ts'
import { latestCheckpoint } from '../../store/open-ledger.ts'
import { renderBundlePage } from '../../verifier/bundle-page.ts'
import { orUsageError, UsageError, type Command, type Io } from '../command.ts'
import { VERSION } from '../version.ts'
import { readOwn } from '../verify/own-files.ts'

export const bundleCommand: Command = {
  name: 'bundle',
  summary: say('bundle.summary'),
  help: say('bundle.help'),
  run: async (args, io) => {
    const settings = read(args)
    const report = await refusing(() => build(settings, io))
    io.out(
      `${
        say('bundle.done', {
          out: settings.out,
          entries: report.entries,
          recordings: report.recordings,
          withheld: report.withheld,
        })[io.language]
      }\n`,
    )
    return 0
  },
}

type Settings = Pick<BundleRequest, 'matter' | 'marginMs' | 'disclose'> & {
  readonly ledger: string
  readonly out: string
  readonly zip: boolean
  readonly tsa: { readonly url: string; readonly authorities: string } | null
}

const KINDS = ['broadcast', 'complaint', 'order'] as const
const DEFAULT_MARGIN_SECONDS = 60

const read = (args: readonly string[]): Settings => {
  const { values, positionals } = parse(args)
  const [kindGiven, id, ...more] = positionals
  const kind = KINDS.find((known) => known === kindGiven)
  if (kind === undefined || id === undefined || more.length > 0)
    throw new UsageError(say('bundle.no-matter'))
  const { ledger, out, disclose = 'needed', tsa, 'tsa-ca': authorities } = values
  if (ledger === undefined || out === undefined) throw new UsageError(say('bundle.no-place'))
  if (disclose !== 'needed' && disclose !== 'all')
    throw new UsageError(say('bundle.bad-disclose', { value: disclose }))
  const margin = values.margin === undefined ? DEFAULT_MARGIN_SECONDS : Number(values.margin)
  if (!(margin >= 0 && margin <= 86_400))
    throw new UsageError(say('bundle.bad-margin', { value: values.margin ?? '' }))
  if ((tsa === undefined) !== (authorities === undefined))
    throw new UsageError(say('bundle.tsa-alone'))
  return {
    matter: { kind, id },
    ledger,
    out,
    disclose,
    marginMs: margin * 1000,
    zip: values.zip === true,
    tsa: tsa === undefined ? null : { url: tsa, authorities: authorities! },
  }
}

const parse = (args: readonly string[]) =>
  orUsageError(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ledger: { type: 'string' },
        out: { type: 'string' },
        zip: { type: 'boolean' },
        margin: { type: 'string' },
        disclose: { type: 'string' },
        tsa: { type: 'string' },
        'tsa-ca': { type: 'string' },
      },
    }),
  )

/** Written beside its name and renamed: whoever stops the program half-way finds no half bundle. */
const build = async (settings: Settings, io: Io) => {
  const { out, ledger, matter, marginMs, disclose } = settings
  if (existsSync(out)) throw new UsageError(say('bundle.out-exists', { out }))
  const folder = await readLedgerFolder(ledger)
  const { note } = await latestCheckpoint(folder)
  const { log, segments, policyText: policy } = folder
  const source = { log, segments, policy, checkpoint: note, vault: new Vault(folder.vault) }
  const script = await readFile(
    fileURLToPath(new URL('../../verifier/script.js', import.meta.url)),
    'utf8',
  )
  const partial = `${out}.partial`
  await rm(partial, { recursive: true, force: true })
  try {
    const stamp = await stampOf(settings.tsa, io)
    const report = await writeBundle(
      source,
      {
        matter,
        marginMs,
        disclose,
        madeAt: Date.now(),
        version: VERSION,
        page: (facts) => renderBundlePage(facts, io.language, script),
        ...stamp,
      },
      folderPlace(partial),
    )
    io.signal.throwIfAborted()
    if (settings.zip) await writeFile(`${out}.zip`, await zipOf(partial, basename(resolve(out))))
    await rename(partial, out)
    return report
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

const stampOf = async (tsa: Settings['tsa'], io: Io): Promise<Pick<BundleRequest, 'stamp'>> => {
  if (tsa === null) return {}
  const authorities = await readOwn(tsa.authorities)
  const source = { url: tsa.url, authorities, fetch, signal: io.signal }
  const token = async (data: Uint8Array): Promise<Uint8Array> => {
    try {
      return (await requestTimestamp(data, randomBytes(8), source)).response
    } catch (error) {
      io.signal.throwIfAborted()
      const reason = error instanceof Error ? error.message : String(error)
      throw new UsageError(say('bundle.no-stamp', { url: tsa.url, reason }))
    }
  }
  return { stamp: { authorities, token } }
}

const zipOf = async (folder: string, name: string): Promise<Uint8Array> => {
  const files = await folderFiles(folder)
  const contents = new Map<string, Uint8Array>()
  for (const path of files.paths) contents.set(path, await files.read(path))
  return zip(name, contents)
}

/** What cannot be done is said in one line, exit status 2. */
const refusing = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BundleError) throw new UsageError(sentenceOf(error))
    if (error instanceof LogError) throw new UsageError(error.sentence)
    if (error instanceof ZipError || error instanceof StoreError)
      throw new UsageError(say('bundle.cannot', { reason: error.message }))
    throw error
  }
}

const sentenceOf = ({ code, report }: BundleError) => {
  const [first] = report?.failures ?? []
  return code === 'does-not-verify' && first !== undefined
    ? say('bundle.does-not-verify', { file: first.file, reason: { term: first.text } })
    : say('bundle.unknown-matter')
}

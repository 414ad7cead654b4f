/**
 * All benchmarks, one after another: `npm run bench [-- --quick]`. Each prints one line of JSON with
 * a ratio against a baseline of the same run. Nothing here is a test: timings are never asserted.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const quick = process.argv.includes('--quick')
/** `null` for what no short run says anything about. */
const BENCHES: readonly (readonly [
  name: string,
  args: readonly string[],
  quickArgs: readonly string[] | null,
])[] = [
  ['shopee', [], []],
  ['json-parse-ratio', ['1000000', '3'], ['200000', '1']],
  ['audit-ratio', ['1000000', '3'], ['200000', '1']],
  ['parquet-vs-ndjson', ['1000000', '3'], null],
  ['scaling', ['4000000'], null],
  ['cheapest', [], ['--quick']],
  ['words', [], null],
  ['spam', [], null],
  ['verify-bundle', ['1000', '5'], ['300', '1']],
  ['archive', [], null],
  ['ledger', [], ['50000', '200000', '300000']],
  ['kill', ['500'], null],
  ['live', [], ['--quick']],
  ['live-kill', ['--rounds', '100'], null],
  ['live-listeners', [], null],
  ['live-memory', [], null],
  ['hostile', [], null],
  ['openapi-fuzz', ['10000'], null],
]

for (const [name, args, quickArgs] of BENCHES) {
  if (quick && quickArgs === null) continue
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  console.log(`${name}:`)
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', script, ...(quick ? quickArgs! : args)],
    { stdio: 'inherit' },
  )
  if (status !== 0) process.exitCode = 1
}

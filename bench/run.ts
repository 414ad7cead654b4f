/**
 * All benchmarks, one after another: `npm run bench [-- --quick]`. Each prints one line of JSON with
 * a ratio against a baseline of the same run. Nothing here is a test: timings are never asserted.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const quick = process.argv.includes('--quick')
const BENCHES: readonly (readonly [
  name: string,
  args: readonly string[],
  quickArgs: readonly string[],
])[] = [
  ['shopee', [], []],
  ['json-parse-ratio', ['1000000', '3'], ['200000', '1']],
  ['audit-ratio', ['1000000', '3'], ['200000', '1']],
  ['parquet-vs-ndjson', ['1000000', '3'], ['200000', '1']],
  ['cheapest', [], ['--quick']],
  ['verify-bundle', ['1000', '5'], ['300', '1']],
  ['scaling', ['4000000'], ['400000']],
  ['archive', [], ['20000', '2000', '20']],
  ['ledger', [], ['100000', '400000', '300000']],
  ['kill', ['500'], ['10']],
]

for (const [name, args, quickArgs] of BENCHES) {
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  console.log(`${name}:`)
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', script, ...(quick ? quickArgs : args)],
    { stdio: 'inherit' },
  )
  if (status !== 0) process.exitCode = 1
}

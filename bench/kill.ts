/**
 * Kill -9 at random moments while entries are being acknowledged: 500 lives of a writer on one log,
 * then everything it ever said is held against what is there. `npm run bench` runs it; needs the build.
 *   tsx bench/kill.ts [rounds] [seed]
 */
import { killRounds } from '../test/ledger/kill.ts'
import { inFolder, randomOf } from './lib.ts'

const rounds = Number(process.argv[2] ?? 500)
const seed = Number(process.argv[3] ?? 1)
const begun = performance.now()
const verdict = await inFolder((folder) => killRounds(folder, rounds, randomOf(seed)))
console.log(
  JSON.stringify({ ...verdict, seed, seconds: Math.round((performance.now() - begun) / 1000) }),
)
const { missing, twice, contradicted, failures } = verdict
if (missing + twice + contradicted + failures.length > 0) process.exitCode = 1

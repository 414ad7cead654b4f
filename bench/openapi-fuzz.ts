/**
 * Generated requests against the OpenAPI document, many: `tsx bench/openapi-fuzz.ts [count] [seed]`.
 * Prints every kind of fault once; exits with 1 where there is one.
 */
import { newApiRig } from '../test/http/api-rig.ts'
import { faults } from '../test/http/requests.ts'

const count = Number(process.argv[2] ?? 10_000)
const seed = Number(process.argv[3] ?? 1)

const rig = await newApiRig()
const startedAt = performance.now()
const { faults: found, statuses } = await faults(rig, count, seed)
const seconds = (performance.now() - startedAt) / 1000
for (const fault of [...found, ...rig.failures]) console.error(fault)
console.log(
  JSON.stringify({
    bench: 'openapi-fuzz',
    requests: count,
    seed,
    faults: found.length + rig.failures.length,
    // Operations that did what was asked at least once: the rest was refused before it came so far.
    done: [...statuses.values()].filter((seen) => [...seen].some((status) => status < 400)).length,
    operations: statuses.size,
    perSecond: Math.round(count / seconds),
  }),
)
await rig.close()
process.exitCode = found.length + rig.failures.length === 0 ? 0 : 1

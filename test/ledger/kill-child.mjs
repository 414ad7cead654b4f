/**
 * Appends without end and says what was acknowledged, until it is killed. Every line is written at
 * once, so what was said before the kill is heard.
 *   signed <size> <root, hex>   before the signature leaves the signer
 *   <index> <text>              acknowledged
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { LogWriter } from '../../dist/ledger/writer.js'
import { parseCheckpoint } from '../../dist/ledger/checkpoint.js'
import { formatSignerKey } from '../../dist/ledger/note-key.js'
import { fileHead } from '../../dist/store/file-head.js'
import { fileStore } from '../../dist/store/file-store.js'
import { nodeSha256, nodeSigner } from '../../dist/store/node-keys.js'

const [dir, life, origin] = process.argv.slice(2)
const say = (text) => writeSync(1, `${text}\n`)
const { verifier, sign } = nodeSigner(formatSignerKey(origin, new Uint8Array(32).fill(7)))
const writer = await LogWriter.open({
  origin,
  store: fileStore(join(dir, 'log')),
  journal: fileStore(join(dir, 'journal')),
  head: fileHead(join(dir, 'head')),
  sha256: nodeSha256,
  signer: {
    verifier,
    sign: (message) => {
      const { size, root } = parseCheckpoint(Buffer.from(message).toString())
      say(`signed ${size} ${Buffer.from(root).toString('hex')}`)
      return sign(message)
    },
  },
  schedule: (run, ms) => {
    const timer = setTimeout(run, ms / 10)
    return () => clearTimeout(timer)
  },
})
let count = 0
const one = async () => {
  for (;;) {
    const text = `${life} ${(count += 1)}`
    const { index } = await writer.append(Buffer.from(text))
    say(`${index} ${text}`)
  }
}
for (let lane = 0; lane < 300; lane += 1) void one()

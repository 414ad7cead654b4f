/**
 * The master key: 32 bytes that wrap every data key, from the environment or a file of its owner
 * only. Without it the personal columns of the database are noise, backups included; whoever backs
 * up the database keeps the key elsewhere.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SqlError } from './port.ts'
import { KEY_BYTES } from './sealed.ts'

export type MasterKey = {
  readonly bytes: Uint8Array
  /** Names the key without telling it; stands beside whatever it wraps. */
  readonly fingerprint: string
}

/** @param text 32 bytes in base64 or hexadecimal · @throws SqlError bad-master-key */
export const parseMasterKey = (text: string): MasterKey => {
  const trimmed = text.trim()
  const bytes = Buffer.from(trimmed, /^[0-9a-f]{64}$/i.test(trimmed) ? 'hex' : 'base64')
  if (bytes.length !== KEY_BYTES)
    throw new SqlError('bad-master-key', `a master key is ${KEY_BYTES} bytes, not ${bytes.length}`)
  const name = createHash('sha256').update('assay master key\0').update(bytes).digest('hex')
  return { bytes, fingerprint: name.slice(0, 16) }
}

/** A new key in the form that `parseMasterKey` takes. */
export const newMasterKey = (): string => randomBytes(KEY_BYTES).toString('base64')

/**
 * @param create writes a new key where there is no file, for a database that does not exist yet
 * @throws SqlError bad-master-key also where others may read the file
 */
export const readMasterKey = async (path: string, create: boolean): Promise<MasterKey> => {
  if (create) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, `${newMasterKey()}\n`, { mode: 0o600, flag: 'wx', flush: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      },
    )
  }
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0 && process.platform !== 'win32')
    throw new SqlError('bad-master-key', `others may read ${path}: its mode must be 600`)
  return parseMasterKey(await readFile(path, 'utf8'))
}

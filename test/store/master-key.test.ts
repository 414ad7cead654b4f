import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { newMasterKey, parseMasterKey, readMasterKey } from '../../src/store/sql/master-key.ts'
import { seal, sealAlike, unseal } from '../../src/store/sql/sealed.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-key-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a master key', () => {
  it('is the same in base64 and in hexadecimal', () => {
    const hex = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'
    const base64 = 'ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8='
    expect(parseMasterKey(hex)).toEqual(parseMasterKey(`${base64}\n`))
  })

  it.each(['', 'secret', 'ABEiM0RVZneImaq7zN3u/w=='])(
    'is refused where it is not 32 bytes: %j',
    (text) => {
      expect(() => parseMasterKey(text)).toThrow(/32 bytes/)
    },
  )

  it('has a name that does not tell it', () => {
    const key = newMasterKey()
    const { bytes, fingerprint } = parseMasterKey(key)
    expect(fingerprint).toMatch(/^[0-9a-f]{16}$/)
    expect(Buffer.from(bytes).toString('hex')).not.toContain(fingerprint)
  })

  it('is made once, for its owner only', async () => {
    const path = join(folder, 'made', 'master.key')
    const made = await readMasterKey(path, true)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const text = readFileSync(path, 'utf8')
    expect(await readMasterKey(path, true)).toEqual(made)
    expect(readFileSync(path, 'utf8')).toBe(text)
    await expect(readMasterKey(join(folder, 'none'), false)).rejects.toMatchObject({
      code: 'ENOENT',
    })
  })

  it('is refused where others can read it', async () => {
    const path = join(folder, 'open.key')
    await readMasterKey(path, true)
    chmodSync(path, 0o640)
    await expect(readMasterKey(path, false)).rejects.toMatchObject({ code: 'bad-master-key' })
  })
})

describe('a sealed value', () => {
  const key = parseMasterKey(newMasterKey()).bytes
  const plain = Buffer.from('13800138000')

  it.each([
    ['seal', seal],
    ['sealAlike', sealAlike],
  ])('of %s opens unchanged, and not at all with any bit flipped', (_, how) => {
    const sealed = how(key, 'people/1', plain)
    expect(unseal(key, 'people/1', sealed)).toEqual(plain)
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      sealed[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => unseal(key, 'people/1', sealed)).toThrow()
      sealed[bit >> 3]! ^= 1 << (bit & 7)
    }
    expect(() => unseal(key, 'people/2', sealed)).toThrow()
    expect(() => unseal(key, 'people/1', sealed.subarray(0, 20))).toThrow(/no sealed value/)
  })

  it('differs each time, except where equal values must be found', () => {
    expect(seal(key, 'p', plain)).not.toEqual(seal(key, 'p', plain))
    expect(sealAlike(key, 'p', plain)).toEqual(sealAlike(key, 'p', plain))
    expect(sealAlike(key, 'q', plain)).not.toEqual(sealAlike(key, 'p', plain))
  })
})

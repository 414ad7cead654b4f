/** Signed notes, their keys, checkpoints and cosignatures. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64, fromHex, fromUtf8, utf8 } from '../../src/ledger/bytes.ts'
import { formatCheckpoint, parseCheckpoint } from '../../src/ledger/checkpoint.ts'
import { decodeEntries } from '../../src/ledger/entry-bundle.ts'
import { rootOf } from '../../src/ledger/frontier.ts'
import {
  COSIGNATURE,
  formatSignerKey,
  formatVerifierKey,
  parseSignerKey,
  parseVerifierKey,
  signerKey,
  type VerifierKey,
} from '../../src/ledger/note-key.ts'
import { openNote, parseNote, signatureLine, signNote } from '../../src/ledger/note.ts'
import { LOG, OTHER_WITNESS, WITNESS, leafByTheBook } from './build.ts'
import { bytes, json, present, suite, text } from './vectors.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })

type NoteVector = {
  readonly vkey: string
  readonly skey?: string
  readonly seed_hex?: string
  readonly note: string
  readonly bad_vkeys?: readonly string[]
}

describe.skipIf(!present)(suite('the published signed notes'), () => {
  const vectors = present ? (json('signed-notes.json') as NoteVector[]) : []
  const notes = vectors.filter(({ note }) => note !== undefined)

  it.each(notes)('of $vkey open', ({ note, vkey }) => {
    const opened = openNote(note, [parseVerifierKey(vkey)])
    expect(opened.verified.map(({ key }) => formatVerifierKey(key))).toEqual([vkey])
    expect(openNote(utf8(note), [parseVerifierKey(vkey)])).toEqual(opened)
  })

  it('are written again byte for byte from their seeds', () => {
    const [, neumann, both] = notes
    const first = parseSignerKey(neumann!.skey!)
    const second = signerKey('EnochRoot', fromHex(both!.seed_hex!)!)
    const { text } = parseNote(both!.note)
    expect(signNote(text, [first])).toBe(neumann!.note)
    expect(signNote(text, [first, second])).toBe(both!.note)
    expect(formatVerifierKey(second.verifier)).toBe(both!.vkey)
    expect(formatSignerKey('PeterNeumann', first.seed)).toBe(neumann!.skey)
  })

  it.each(vectors.flatMap((v) => v.bad_vkeys ?? []))('refuse the key %s', (vkey) => {
    expect(() => parseVerifierKey(vkey)).toThrow(/key/)
  })
})

describe.skipIf(!present)(suite('the sixteen checkpoints of the Tessera log'), () => {
  const SIZES = Array.from({ length: 16 }, (_, size) => size)
  const { vkey, skey } = present
    ? (json('tessera-log/KEYS.json') as Record<'vkey' | 'skey', string>)
    : { vkey: '', skey: '' }
  const entries = present ? decodeEntries(bytes('tessera-log/tile/entries/000.p/15'), 15) : []

  it.each(SIZES)('of size %i opens, has the root of its entries, and is signed alike', (size) => {
    const note = text(`tessera-log/checkpoint.${size}`)
    const opened = openNote(note, [parseVerifierKey(vkey)])
    const checkpoint = parseCheckpoint(opened.text)
    expect(checkpoint.size).toBe(size)
    expect(checkpoint.root).toEqual(rootOf(entries.slice(0, size).map(leafByTheBook)))
    expect(signNote(formatCheckpoint(checkpoint), [parseSignerKey(skey)])).toBe(note)
  })
})

describe.skipIf(!present)(suite('cosignatures'), () => {
  type Witness = { readonly verifier_keys: readonly string[] }
  const AT_SECONDS = 1_767_139_200
  const SUNLIGHT = [
    [
      'witness/witness.v0.json',
      'witness/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706',
    ],
    [
      'witness/mirror/mirror.v0.json',
      'witness/mirror/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706',
    ],
    [
      'witness2/witness.v0.json',
      'witness2/88ad7a28caeb0b2aa890fdf0304c2fcaf59fca2ee140134ff8c1300bac493482',
    ],
  ] as const

  it.each(SUNLIGHT)('made by Sunlight verify: %s', (keys, folder) => {
    const key = parseVerifierKey((json(`skylight/${keys}`) as Witness).verifier_keys[0]!)
    const { verified } = openNote(text(`skylight/${folder}/checkpoint`), [key])
    expect(verified).toEqual([{ key, timeSeconds: AT_SECONDS }])
  })

  it('leave a signature of an unknown kind alone (the RFC 6962 one of the log itself)', () => {
    const [keys, folder] = SUNLIGHT[0]
    const key = parseVerifierKey((json(`skylight/${keys}`) as Witness).verifier_keys[0]!)
    const { unknown } = openNote(text(`skylight/${folder}/checkpoint`), [key])
    expect(unknown.map(({ name }) => name)).toEqual(['rome2026h1.example.org'])
  })

  it('are made byte for byte as published', () => {
    type Made = Readonly<Record<'seed_hex' | 'vkey' | 'note_body' | 'line', string>> & {
      readonly time: number
    }
    const made = (json('cosignatures.json') as Made[])[1]!
    const key = signerKey('witness.example/w1', fromHex(made.seed_hex)!, COSIGNATURE)
    expect(formatVerifierKey(key.verifier)).toBe(made.vkey)
    expect(signatureLine(made.note_body, key, made.time)).toBe(made.line)
  })
})

const KEYS = [LOG.verifier, WITNESS.verifier]
const TEXT = 'log.example/test\n7\nsome root\n\nand a blank line above\n'
const NOTE = signNote(TEXT, [LOG, WITNESS, OTHER_WITNESS], 1_760_000_000)

describe('a signed note', () => {
  it('keeps its text, blank lines and all, and knows who signed and when', () => {
    const { text, verified, unknown } = openNote(NOTE, KEYS)
    expect(text).toBe(TEXT)
    expect(verified).toEqual([
      { key: LOG.verifier },
      { key: WITNESS.verifier, timeSeconds: 1_760_000_000 },
    ])
    expect(unknown.map(({ name, id }) => ({ name, id }))).toEqual([
      { name: OTHER_WITNESS.verifier.name, id: OTHER_WITNESS.verifier.id },
    ])
  })

  it('is refused when a bit of any byte is flipped, or loses a signer: it never gains one', () => {
    const note = utf8(signNote(TEXT, [LOG, WITNESS], 1_760_000_000))
    const opened = openNote(note, KEYS)
    for (let at = 0; at < note.length; at += 1) {
      const flipped = note.slice()
      flipped[at]! ^= 1 << (at % 8)
      // A flip in a name or key id makes a stranger of its signer.
      const fewer = tryOpen(flipped, KEYS)
      if (fewer !== null) {
        expect(fewer.text).toBe(opened.text)
        expect(fewer.verified.length, `byte ${at}`).toBe(1)
        expect(fewer.unknown.length).toBe(1)
      }
    }
  })

  it('is refused for a known key whose signature does not match, whoever else signed', () => {
    const changed = signatureLine('another text\n', WITNESS, 1)
    expect(() => openNote(signNote(TEXT, [LOG]) + changed, KEYS)).toThrow(code('bad-signature'))
    expect(openNote(signNote(TEXT, [LOG]) + changed, [LOG.verifier]).verified).toHaveLength(1)
  })

  it('is refused when none of its signatures is by a known key', () => {
    expect(() => openNote(NOTE, [])).toThrow(code('unverified-note'))
    const namesake = signerKey(LOG.verifier.name, new Uint8Array(32).fill(9))
    expect(() => openNote(NOTE, [namesake.verifier])).toThrow(code('unverified-note'))
  })

  it('counts a key once, though it signed twice', () => {
    const twice = NOTE + signatureLine(TEXT, WITNESS, 1_760_000_001)
    expect(openNote(twice, KEYS).verified).toHaveLength(2)
  })

  it('holds at least sixteen signatures', () => {
    const signers = Array.from({ length: 16 }, (_, i) =>
      signerKey(`s${i}`, new Uint8Array(32).fill(i)),
    )
    const keys = signers.map(({ verifier }) => verifier)
    expect(openNote(signNote(TEXT, signers), keys).verified).toHaveLength(16)
  })

  const line = signatureLine('a\n', LOG)
  it.each([
    ['no blank line', `a\n${line}`],
    ['no final newline', `a\n\n${line.slice(0, -1)}`],
    ['no signatures', 'a\n\n'],
    ['a trailing blank line', `a\n\n${line}\n`],
    ['a trailing space', `a\n\n${line.slice(0, -1)} \n`],
    ['a hyphen for the dash', `a\n\n${line.replace('—', '-')}`],
    ['two spaces', `a\n\n${line.replace('— ', '—  ')}`],
    ['a carriage return', `a\r\n\n${line}`],
    ['a tab', `a\tb\n\n${line}`],
    ['a name with a plus', `a\n\n${line.replace('log.example', 'log+example')}`],
    ['a name with a no-break space', `a\n\n${line.replace('log.example', 'log\u00a0example')}`],
    [
      'a name with a next-line character',
      `a\n\n${line.replace('log.example', 'log\u0085example')}`,
    ],
    ['base64 without padding', `a\n\n${line.replace('=', '')}`],
    [
      'base64 with other last bits',
      `a\n\n${line.replace(/.=+\n/, (m) => (m[0] === 'B' ? 'C' : 'B') + m.slice(1))}`,
    ],
    ['a key id and nothing after', `a\n\n— x ${base64(new Uint8Array(4))}\n`],
    ['half a surrogate pair', `a\ud800\n\n${line}`],
  ])('is malformed with %s', (_, note) => {
    expect(() => openNote(note, [LOG.verifier])).toThrow(code('malformed-note'))
  })

  it('is malformed when it is not UTF-8', () => {
    const bytes = utf8(NOTE)
    bytes[0] = 0xff
    expect(() => openNote(bytes, KEYS)).toThrow(code('malformed-note'))
  })

  it('is not cosigned without a time, nor signed with a text that would not read back', () => {
    expect(() => signNote(TEXT, [WITNESS])).toThrow(RangeError)
    expect(() => signNote('no newline', [LOG])).toThrow(code('malformed-note'))
  })
})

describe('a key', () => {
  it('reads back as what was written', () => {
    for (const { verifier } of [LOG, WITNESS])
      expect(parseVerifierKey(formatVerifierKey(verifier))).toEqual(verifier)
    const seed = new Uint8Array(32).fill(2)
    const skey = formatSignerKey('witness.example/w1', seed, COSIGNATURE)
    expect(parseSignerKey(skey).verifier).toEqual(WITNESS.verifier)
    expect(parseSignerKey(skey).seed).toEqual(seed)
  })

  it('may hold a plus in its base64, and none in its name', () => {
    const key = fc.tuple(
      fc.string({ minLength: 1 }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
    )
    fc.assert(
      fc.property(key, ([name, seed]) => {
        const made = attempt(() => signerKey(name, seed))
        expect(made === null).toBe(/[\s\u0085+]/u.test(name))
        if (made !== null)
          expect(parseVerifierKey(formatVerifierKey(made.verifier))).toEqual(made.verifier)
      }),
      { numRuns: 30 },
    )
  })

  it('of a kind that cannot be checked here is told apart from a broken one', () => {
    const vkey = 'log.example/ml+'
    const blob = Uint8Array.of(6, 1, 2, 3)
    const id = createHash('sha256')
      .update('log.example/ml\n')
      .update(blob)
      .digest('hex')
      .slice(0, 8)
    expect(() => parseVerifierKey(`${vkey}${id}+${base64(blob)}`)).toThrow(code('unsupported-key'))
    expect(() => parseVerifierKey(`${vkey}00000000+${base64(blob)}`)).toThrow(code('malformed-key'))
  })

  it('that is secret is never repeated in an error', () => {
    const skey = formatSignerKey('log.example/test', new Uint8Array(32).fill(1)).replace('+', '-')
    expect(() => parseSignerKey(skey)).toThrow(code('malformed-key'))
    expect(() => parseSignerKey(skey)).not.toThrow(new RegExp(skey.slice(-20, -2)))
  })
})

describe('a checkpoint', () => {
  const root = new Uint8Array(32).fill(5)
  const sound = formatCheckpoint({ origin: 'log.example/test', size: 7, root })

  it('reads back as what was written, extension lines included', () => {
    expect(parseCheckpoint(sound)).toEqual({
      origin: 'log.example/test',
      size: 7,
      root,
      extensions: [],
    })
    const extended = { origin: 'o', size: 0, root, extensions: ['a', 'b c'] }
    expect(parseCheckpoint(formatCheckpoint(extended))).toEqual(extended)
  })

  it.each([
    ['no origin', sound.replace('log.example/test', '')],
    ['a leading zero', sound.replace('\n7\n', '\n07\n')],
    ['a sign', sound.replace('\n7\n', '\n+7\n')],
    ['a size beyond 2^53 − 1', sound.replace('\n7\n', '\n9007199254740992\n')],
    ['a short root', sound.replace(base64(root), base64(new Uint8Array(31)))],
    ['an unpadded root', sound.replace('=', '')],
    ['no final newline', sound.slice(0, -1)],
    ['an empty extension line', `${sound}\n`],
    ['two lines', 'o\n7\n'],
  ])('is malformed with %s', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(code('malformed-checkpoint'))
  })
})

describe('strict encodings', () => {
  it('of UTF-8 keep a byte order mark', () => {
    expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa')
  })
})

const tryOpen = (note: Uint8Array, keys: readonly VerifierKey[]) =>
  attempt(() => openNote(note, keys))

const attempt = <T>(what: () => T): T | null => {
  try {
    return what()
  } catch {
    return null
  }
}

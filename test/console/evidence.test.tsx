// @vitest-environment happy-dom
/** The evidence on the finding page: proved in the page, piece by piece, or said what failed. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import Finding from '../../console/src/pages/finding.tsx'
import { LOG } from '../ledger/build.ts'
import { COMMENT, evidenceOf, LIKE } from '../ledger/proved-evidence.ts'
import { EVIDENCE, FINDING } from './fixtures.ts'
import { as, asMerchant, played, stage, type Play, type Stage } from './stage.tsx'

let open: Stage | undefined
afterEach(async () => {
  vi.restoreAllMocks()
  await open?.close()
  open = undefined
})

const PATH = `/v1/findings/${encodeURIComponent(FINDING.id)}`
const PROOFS = `${PATH}/evidence`
const ROWS = `GET ${PROOFS}/rows`

/** The story, with another answer about the evidence. */
const proving = (answer: unknown) => (path: string) => (path === PROOFS ? answer : played(path))
const withFirst = (claim: object) => ({
  ...EVIDENCE,
  pieces: EVIDENCE.pieces.map((piece, i) =>
    i > 0 ? piece : { ...piece, place: { ...piece.place, ...claim } },
  ),
})

/** The page, once its proofs were checked. */
const shown = async (...[play, language]: [play?: Play, language?: 'en' | 'zh']) => {
  open = await stage(Finding, { finding: FINDING.id }, play, language)
  await open.until(
    () => open!.root.querySelector('.proofs')?.querySelector('li, .ant-alert, .nothing') != null,
  )
  return open
}
const section = () => open!.root.querySelector('.proofs')!.textContent ?? ''
const marks = () =>
  [...open!.root.querySelectorAll('.proofs .chip')].map(({ textContent }) => textContent)
const IN_THE_LOG = 'in the log (checkpoint of 7 leaves)'

describe('the evidence of a finding', () => {
  it('is proved in the page, piece by piece, and says where each lies', async () => {
    open = await shown()
    expect(marks()).toEqual([IN_THE_LOG, IN_THE_LOG])
    expect(section()).toContain('All 2 pieces are in the log.')
    expect(section()).toContain(COMMENT.type)
    expect(section()).toContain('leaf 2')
    expect(section()).toContain('leaf 4, row 1 of its chunk')
    expect(section()).toContain('Witnesses that cosigned it: W1.')
    // The finding is about a crowd: what is named of it stands for the rest.
    expect(section()).toContain('These are the views that are surest')
  })

  it('says the same in Chinese', async () => {
    open = await shown(played, 'zh')
    expect(marks()).toEqual(['在日志中（检查点含 7 条）', '在日志中（检查点含 7 条）'])
    expect(section()).toContain('全部 2 项证据均在日志中。')
  })

  it('is shown as failed where one bit of its proof was turned, and why', async () => {
    const { proof } = EVIDENCE.pieces[0].place
    const at = proof.indexOf('\n', proof.indexOf('index')) + 3
    const turned = String.fromCharCode(proof.charCodeAt(at) ^ 1)
    const claim = { proof: proof.slice(0, at) + turned + proof.slice(at + 1) }
    open = await shown(proving(withFirst(claim)))
    expect(marks()).toEqual(['the proof fails', IN_THE_LOG])
    expect(section()).toContain('1 of 2 pieces are proved to be in the log.')
    expect(open.root.querySelector('.proofs [role=alert]')?.textContent).toContain(
      'The entry is not at place 2 of the log',
    )
  })

  it('is shown as failed where the proof is of another event', async () => {
    open = await shown(proving(withFirst({ type: LIKE.type })))
    expect(marks()).toEqual(['the proof fails', IN_THE_LOG])
    expect(section()).toContain('it says something else')
  })

  it('says so where a piece was not found, and where the search ended at its bound', async () => {
    const lost = { ...EVIDENCE, pieces: [{ name: 'event-1', place: null }, EVIDENCE.pieces[1]] }
    open = await shown(proving(lost))
    expect(marks()).toEqual(['not found in the log', IN_THE_LOG])
    expect(section()).toContain('It was erased since')
    await open.close()
    open = await shown(proving({ ...lost, isCut: true }))
    expect(section()).toContain('The search ended at its bound')
    expect(section()).not.toContain('It was erased since')
  })

  it('says that nobody cosigned, and of how many the first are shown', async () => {
    const many = { ...EVIDENCE, ...evidenceOf([LOG]), count: 80 }
    open = await shown(proving(many))
    expect(section()).toContain('No quorum of witnesses has cosigned it yet')
    expect(section()).toContain('The first 2 of 80 are shown.')
  })

  it('opens telemetry when it is told to, and then where the reading is recorded', async () => {
    open = await shown()
    expect(open.asked).not.toContain(ROWS)
    expect(section()).not.toContain('of-event-2')
    await open.click('Open the telemetry')
    await open.until(() => section().includes('was recorded'))
    expect(open.asked).toContain(ROWS)
    expect(section()).toContain('of-event-2')
    expect(section()).toContain('The row was opened, and says it.')
  })

  it('opens telemetry for nobody who may not see whom it names', async () => {
    open = await shown(as('admin'))
    expect(marks()).toEqual([IN_THE_LOG, IN_THE_LOG])
    expect(section()).not.toContain('Open the telemetry')
  })

  it('is proved to a merchant by hashes, without names', async () => {
    open = await shown(asMerchant)
    expect(marks()).toEqual([IN_THE_LOG, IN_THE_LOG])
    expect(section()).toContain('Piece 1')
    expect(section()).not.toContain('event-1')
    expect(section()).not.toContain('Save the entry')
  })

  it('is saved as it was checked, for the tools of others', async () => {
    const blobs: Blob[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation(
      (blob) => `blob:${blobs.push(blob as Blob)}`,
    )
    open = await shown()
    await open.click('Save the proof')
    await open.click('Save the entry')
    const { proof, entry } = EVIDENCE.pieces[0].place
    expect(await Promise.all(blobs.map((blob) => blob.text()))).toEqual([proof, entry])
  })

  it('says what failed, while the rest of the finding stays', async () => {
    open = await shown((path) => (path === PROOFS ? undefined : played(path)))
    expect(section()).toContain('There is nothing here.')
    expect(section()).toContain('Try again')
    expect(open.text()).toContain('The explanations, weighed')
  })

  it('is not asked for where the finding rests on no single event', async () => {
    open = await shown((path) => (path === PATH ? { ...FINDING, evidence: [] } : played(path)))
    expect(section()).toContain('it rests on the whole course of the broadcast')
    expect(open.asked).not.toContain(`GET ${PROOFS}`)
  })
})

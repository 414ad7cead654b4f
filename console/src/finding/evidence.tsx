/**
 * The evidence of a finding, piece by piece: what it is, where it lies in the log, and whether its
 * proof holds, checked in this page. A proof can be saved, so that other people's tools check it.
 */
import { Alert, Button } from 'antd'
import { useMemo, useState } from 'react'
import type { EvidencePiece, OpenedRows, ProvedEvidence } from '../../../src/http/contract.ts'
import { checkEvidence, type CheckedPiece, type Reach } from '../../../src/ledger/check-evidence.ts'
import { asApiError, at, get, useGet, type ApiError } from '../api.ts'
import { useWords, type Sentence } from '../i18n.tsx'
import { Failed, Id, Nothing, Waiting } from '../parts.tsx'
import { Link } from '../router.tsx'
import { useSession } from '../session.tsx'
import { MAY_SEE } from './accounts.tsx'

const WORDS = {
  title: { en: 'Evidence, proved', zh: '证据与证明' },
  none: {
    en: 'No single event stands for it: it rests on the whole course of the broadcast.',
    zh: '不依赖单一事件，而是基于整场直播的过程。',
  },
  views: {
    en: 'These are the views that are surest; the finding rests on all that are likely, and no single one decides it.',
    zh: '以下是把握最大的若干次观看；该发现依据全部可疑观看得出，任何一次都不单独起决定作用。',
  },
  examples: {
    en: 'These are examples; the finding rests on all that it counts, and no single one decides it.',
    zh: '以下仅为示例；该发现依据其统计的全部对象得出，任何一项都不单独起决定作用。',
  },
  all: {
    en: 'All {count} pieces are in the log.',
    zh: '全部 {count} 项证据均在日志中。',
  },
  some: {
    en: '{proved} of {count} pieces are proved to be in the log.',
    zh: '{count} 项证据中，{proved} 项已证明在日志中。',
  },
  first: {
    en: 'The first {shown} of {count} are shown.',
    zh: '共 {count} 项，仅列前 {shown} 项。',
  },
  how: {
    en: 'Checked in this browser against the checkpoint of {size} leaves that {origin} signed.',
    zh: '已在本浏览器中按 {origin} 签署的检查点（{size} 条）核验。',
  },
  cosigned: { en: 'Witnesses that cosigned it: {names}.', zh: '联署该检查点的见证方：{names}。' },
  alone: {
    en: 'No quorum of witnesses has cosigned it yet: that everybody sees the same log rests on the service.',
    zh: '尚无足够见证方联署：各方所见日志一致，目前仅由本服务保证。',
  },
  own: {
    en: 'The key is what this service says it is. Whoever doubts that saves a proof and checks it with a policy of their own; a bundle has all of them:',
    zh: '公钥由本服务提供。如有疑问，可保存证明，以自有信任策略核验；证据包中附有全部证明：',
  },
  verify: { en: 'check a bundle', zh: '核验证据包' },
  proved: { en: 'in the log (checkpoint of {size} leaves)', zh: '在日志中（检查点含 {size} 条）' },
  failed: { en: 'the proof fails', zh: '证明不成立' },
  missing: { en: 'not found in the log', zh: '日志中未找到' },
  gone: {
    en: 'It was erased since, or is no event of this broadcast: a document or a listing on file.',
    zh: '可能此后已删除，或不是本场直播的事件，例如存档的文件或商品页面。',
  },
  cut: {
    en: 'The search ended at its bound: it may be there all the same. A bundle of the broadcast has every entry.',
    zh: '搜索已达上限，该事件仍可能在日志中。整场直播的证据包含有全部条目。',
  },
  piece: { en: 'Piece {number}', zh: '第 {number} 项' },
  leaf: { en: 'leaf {leaf}', zh: '第 {leaf} 条' },
  row: { en: 'leaf {leaf}, row {row} of its chunk', zh: '第 {leaf} 条，数据块内第 {row} 行' },
  save: { en: 'Save the proof', zh: '保存证明' },
  saveOf: { en: 'Save the proof of leaf {leaf}', zh: '保存证明（第 {leaf} 条）' },
  saveEntry: { en: 'Save the entry', zh: '保存条目' },
  saveEntryOf: { en: 'Save the entry of leaf {leaf}', zh: '保存条目（第 {leaf} 条）' },
  open: { en: 'Open the telemetry (recorded)', zh: '查看遥测原文（将被记录）' },
  recorded: { en: 'Your reading was recorded.', zh: '本次查看已记录。' },
} as const

const REACH = {
  event: { en: 'The entry says it itself.', zh: '条目本身即载明该事件。' },
  elsewhere: {
    en: 'The entry says it itself: an event outside this broadcast, which the promise reaches too.',
    zh: '条目本身即载明该事件：不属本场直播，但在承诺的适用范围内。',
  },
  row: {
    en: 'Its hash is in the chunk; what the row says names a person and is not shown.',
    zh: '其哈希在数据块中；该行内容涉及个人，未予展示。',
  },
  opened: { en: 'The row was opened, and says it.', zh: '该行已打开，内容相符。' },
  entry: {
    en: 'Its hash is in the log; the entry is shown to those who investigate.',
    zh: '其哈希在日志中；条目内容仅供调查人员查看。',
  },
  chunk: {
    en: 'Its chunk is in the log; the row itself was erased since.',
    zh: '所在数据块在日志中；该行此后已删除。',
  },
} as const satisfies Record<Reach, unknown>

/** Kinds of finding about many, of whom some are named. */
const EXAMPLES: Readonly<Record<string, Sentence>> = {
  'bought-viewers': WORDS.views,
  'bought-likes': WORDS.examples,
  'machine-comments': WORDS.examples,
  'order-anomaly': WORDS.examples,
}

export const Evidence = (finding: {
  readonly id: string
  readonly kind: string
  readonly broadcast?: string | undefined
  /** Zero where it is known that there is none. */
  readonly count?: number
}) => {
  const { t } = useWords()
  const { id, kind, broadcast, count } = finding
  const { data, error, reload } = useGet<ProvedEvidence>(
    count === 0 ? null : at`/v1/findings/${id}/evidence`,
  )
  const isNone = count === 0 || data?.pieces.length === 0
  return (
    <section className="card proofs">
      <h2>{t(WORDS.title)}</h2>
      {error !== undefined && <Failed error={error} again={reload} />}
      {isNone && <Nothing says={WORDS.none} />}
      {count !== 0 && data === undefined && error === undefined && <Waiting />}
      {data !== undefined && !isNone && (
        <>
          {EXAMPLES[kind] !== undefined && <p>{t(EXAMPLES[kind])}</p>}
          <Proofs id={id} kind={kind} broadcast={broadcast} evidence={data} />
        </>
      )}
    </section>
  )
}

const Proofs = ({
  id,
  kind,
  broadcast,
  evidence,
}: {
  readonly id: string
  readonly kind: string
  readonly broadcast: string | undefined
  readonly evidence: ProvedEvidence
}) => {
  const { t } = useWords()
  const [opened, setOpened] = useState<ReadonlyMap<string, string>>()
  const checked = useMemo(
    () => checkEvidence(evidence, { kind, broadcast, opened }),
    [evidence, kind, broadcast, opened],
  )
  const { pieces, count, isCut } = evidence
  const shown = pieces.length
  const proofs = checked.filter((one) => one.state === 'proved')
  const [first] = proofs
  return (
    <>
      <p className="lead" role="status">
        {proofs.length === count
          ? t(WORDS.all, { count })
          : t(WORDS.some, { proved: proofs.length, count })}{' '}
        {shown < count && t(WORDS.first, { shown, count })}
      </p>
      {first !== undefined && (
        <p className="soft">
          {t(WORDS.how, { size: first.size, origin: first.origin })}{' '}
          {first.isQuorum && first.cosigned.length > 0
            ? t(WORDS.cosigned, { names: first.cosigned.join(', ') })
            : t(WORDS.alone)}{' '}
          {t(WORDS.own)} <Link to="/verify">{t(WORDS.verify)}</Link>
        </p>
      )}
      {isCut && proofs.length < shown && <Alert type="info" title={t(WORDS.cut)} />}
      {pieces.some(({ place }) => place?.row != null) && (
        <Telemetry id={id} isOpen={opened !== undefined} take={setOpened} />
      )}
      <ul className="list">
        {pieces.map((piece, i) => (
          <li key={piece.name ?? i}>
            <Piece piece={piece} number={i + 1} checked={checked[i]!} isCut={isCut} />
          </li>
        ))}
      </ul>
    </>
  )
}

const Piece = ({
  piece: { name, place },
  number,
  checked,
  isCut,
}: {
  readonly piece: EvidencePiece
  readonly number: number
  readonly checked: CheckedPiece
  readonly isCut: boolean
}) => {
  const { t, when } = useWords()
  return (
    <div className="proof">
      <p>
        <b>{name === undefined ? t(WORDS.piece, { number }) : <Id>{name}</Id>}</b>{' '}
        <Mark checked={checked} />
      </p>
      {place !== null && (
        <>
          <p className="small">
            <Id>{place.type}</Id> · {when(place.time)} ·{' '}
            {place.row == null
              ? t(WORDS.leaf, { leaf: place.leaf })
              : t(WORDS.row, { leaf: place.leaf, row: place.row.within })}
          </p>
          <p className="actions">
            <Save name={`${place.leaf}.tlog-proof`} text={place.proof} leaf={place.leaf} />
            {place.entry !== undefined && (
              <Save name={`${place.leaf}.leaf`} text={place.entry} leaf={place.leaf} isEntry />
            )}
          </p>
        </>
      )}
      {checked.state === 'proved' && <p className="soft small">{t(REACH[checked.reach])}</p>}
      {checked.state === 'proved' && checked.says !== null && <Id>{checked.says}</Id>}
      {checked.state === 'failed' && <p role="alert">{t(checked.text)}</p>}
      {checked.state === 'missing' && !isCut && <p className="soft small">{t(WORDS.gone)}</p>}
    </div>
  )
}

const Mark = ({ checked }: { readonly checked: CheckedPiece }) => {
  const { t } = useWords()
  if (checked.state === 'proved')
    return <span className="chip is-innocent">{t(WORDS.proved, { size: checked.size })}</span>
  return checked.state === 'failed' ? (
    <span className="chip is-supported">{t(WORDS.failed)}</span>
  ) : (
    <span className="chip is-undetermined">{t(WORDS.missing)}</span>
  )
}

const Save = ({
  name,
  text,
  leaf,
  isEntry = false,
}: {
  readonly name: string
  readonly text: string
  readonly leaf: number
  readonly isEntry?: boolean
}) => {
  const { t } = useWords()
  const save = () => {
    const url = URL.createObjectURL(new Blob([text]))
    const link = document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    // The browser reads it after this turn.
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  return (
    <Button
      size="small"
      onClick={save}
      aria-label={t(isEntry ? WORDS.saveEntryOf : WORDS.saveOf, { leaf })}
    >
      {t(isEntry ? WORDS.saveEntry : WORDS.save)}
    </Button>
  )
}

/** Asked for by whoever may see persons, and recorded: nothing is asked for by opening the page. */
const Telemetry = ({
  id,
  isOpen,
  take,
}: {
  readonly id: string
  readonly isOpen: boolean
  readonly take: (opened: ReadonlyMap<string, string>) => void
}) => {
  const { t } = useWords()
  const { me } = useSession()
  const [error, setError] = useState<ApiError>()
  const [isBusy, setBusy] = useState(false)
  const open = () => {
    setBusy(true)
    setError(undefined)
    get<OpenedRows>(at`/v1/findings/${id}/evidence/rows`)
      .then(
        ({ rows }) => take(new Map(rows.map(({ name, salted }) => [name, salted]))),
        (reason: unknown) => setError(asApiError(reason)),
      )
      .finally(() => setBusy(false))
  }
  if (isOpen) return <p className="soft">{t(WORDS.recorded)}</p>
  if (me == null || !MAY_SEE.has(me.role)) return null
  return (
    <>
      {error !== undefined && <Failed error={error} again={open} />}
      <Button onClick={open} disabled={isBusy}>
        {t(WORDS.open)}
      </Button>
    </>
  )
}

/**
 * The evidence page: drop a bundle and read, in plain words, whether it holds, beside its clip. Checked
 * in this browser; a bundle and the policy by which it is judged never leave the reader's machine.
 */
import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { LedgerError } from '../../../src/ledger/error.ts'
import type { Policy } from '../../../src/ledger/policy.ts'
import { bundle } from '../../../src/language/catalogue/bundle.ts'
import {
  checkBundle,
  droppedOf,
  folderOf,
  readPolicy,
  zipped,
  type Checked,
  type Dropped,
} from '../bundle/check.ts'
import '../case.css'
import { DropZone } from '../drop.tsx'
import { useWords, type Sentence } from '../i18n.tsx'
import { Id, Waiting } from '../parts.tsx'

const WORDS = {
  result: { en: 'Result: {name}', zh: '核验结果：{name}' },
  holds: { en: 'What was found to hold', zh: '核验成立的内容' },
  know: { en: 'What you must know before relying on it', zh: '采信之前须知' },
  clip: { en: 'The clip', zh: '录像片段' },
  unproven: {
    en: 'This clip was put together for reading: the check vouches for the pieces it was made of, not for the clip.',
    zh: '该片段为便于观看而拼接：核验所保证的是其原始分段，而非片段本身。',
  },
  noClip: { en: 'There is no clip in this bundle.', zh: '该证据包中没有录像片段。' },
  fails: {
    en: 'What is not shown: the clip of a bundle that does not pass.',
    zh: '未通过核验的证据包，其录像片段不予展示。',
  },
  more: { en: 'and {count} more', zh: '另有 {count} 项' },
  hint: {
    en: 'A bundle is a folder with bagit.txt in it, or that folder as one .zip. Choose the folder itself, not what is in it.',
    zh: '证据包是含有 bagit.txt 的文件夹，或由该文件夹打成的 .zip。请选择文件夹本身，而不是其中的文件。',
  },
} as const

/** A list of a thousand failures tells nobody more than one of fifty. */
const FAILURES_SHOWN = 50

type State =
  | { readonly type: 'idle' | 'checking' }
  | { readonly type: 'checked'; readonly checked: Checked }
  | { readonly type: 'unreadable'; readonly reason: string }

const VerifyPage = () => {
  const { t } = useWords()
  const [policy, setPolicy] = useState<{ readonly name: string; readonly policy: Policy }>()
  const [badPolicy, setBadPolicy] = useState<{ name: string; reason: Sentence }>()
  const [state, setState] = useState<State>({ type: 'idle' })
  const clips = state.type === 'checked' ? state.checked.clips : undefined
  useEffect(() => () => clips?.forEach(({ url }) => URL.revokeObjectURL(url)), [clips])

  const check = async (dropped: Dropped | undefined) => {
    if (dropped === undefined) return
    setState({ type: 'checking' })
    try {
      setState({ type: 'checked', checked: await checkBundle(dropped, policy?.policy) })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      setState({ type: 'unreadable', reason })
    }
  }
  const takePolicy = async (file: File) => {
    setBadPolicy(undefined)
    try {
      setPolicy({ name: file.name, policy: await readPolicy(file) })
    } catch (error) {
      const text = String(error)
      const reason = error instanceof LedgerError ? error.sentence : { en: text, zh: text }
      setBadPolicy({ name: file.name, reason })
    }
  }
  return (
    <div className="narrow stack">
      <section className="card">
        <h1>{t(bundle['bundle.page-verify-title'])}</h1>
        <p>{t(bundle['bundle.page-verify-intro'])}</p>
        <DropZone
          label={t(bundle['bundle.page-drop'])}
          take={(transfer) => void check(droppedOf(transfer))}
          choices={[
            {
              label: t(bundle['bundle.page-zip']),
              accept: '.zip',
              take: ([file]) => void check(file && zipped(file)),
            },
            {
              label: t(bundle['bundle.page-folder']),
              isFolder: true,
              take: (files) => void check(folderOf(files)),
            },
            {
              label: t(bundle['bundle.page-policy']),
              take: ([file]) => void (file && takePolicy(file)),
            },
          ]}
        >
          <p className="soft small">{t(bundle['bundle.page-verify-note'])}</p>
          {policy !== undefined && (
            <p className="small">{t(bundle['bundle.page-policy-in-use'], { name: policy.name })}</p>
          )}
        </DropZone>
        {badPolicy !== undefined && (
          <Alert
            type="error"
            role="alert"
            title={t(bundle['bundle.page-bad-policy'], {
              name: badPolicy.name,
              reason: t(badPolicy.reason),
            })}
          />
        )}
      </section>
      <div aria-live="polite">
        {state.type === 'checking' && <Waiting />}
        {state.type === 'unreadable' && (
          <Alert
            type="error"
            showIcon
            title={t(bundle['bundle.page-cannot'], { reason: state.reason })}
            description={t(WORDS.hint)}
          />
        )}
        {state.type === 'checked' && <Result {...state.checked} />}
      </div>
    </div>
  )
}

export default VerifyPage

const Result = ({ name, report, explanation, clips }: Checked) => {
  const { t } = useWords()
  const { passes, verdict, holds, caveats } = explanation
  const shown = report.failures.slice(0, FAILURES_SHOWN)
  const rest = report.failures.length - shown.length
  return (
    <>
      <section className={`card ${passes ? 'verdict-passes' : 'verdict-fails'}`}>
        <h2>{t(WORDS.result, { name })}</h2>
        <p className="lead">
          <strong>{t(verdict)}</strong>
        </p>
        <ul className="list">
          {shown.map(({ file, text }, i) => (
            <li key={i}>
              <Id>{file}</Id> {t(text)}
            </li>
          ))}
          {rest > 0 && <li>{t(WORDS.more, { count: rest })}</li>}
        </ul>
        {holds.length > 0 && <Sentences title={WORDS.holds} all={holds} />}
        <Sentences title={WORDS.know} all={caveats} />
      </section>
      <section className="card stack">
        <h2>{t(WORDS.clip)}</h2>
        {clips.length === 0 && <p className="soft">{t(passes ? WORDS.noClip : WORDS.fails)}</p>}
        {clips.map(({ path, url }) => (
          <figure className="clip-of" key={path}>
            <video className="clip" controls preload="metadata" src={url} />
            <figcaption className="soft small">
              <Id>{path}</Id> {report.unproven.includes(path) && t(WORDS.unproven)}
            </figcaption>
          </figure>
        ))}
      </section>
    </>
  )
}

const Sentences = ({
  title,
  all,
}: {
  readonly title: Sentence
  readonly all: readonly Sentence[]
}) => {
  const { t } = useWords()
  return (
    <>
      <h3>{t(title)}</h3>
      <ul className="list">
        {all.map((sentence) => (
          <li key={sentence.en}>{t(sentence)}</li>
        ))}
      </ul>
    </>
  )
}

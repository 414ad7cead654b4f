/**
 * A table whose columns nobody knows: which of them is what, if a row is an order; or a mapping file,
 * for every other table. What it says goes to the service, and the audit goes on.
 */
import { Button } from 'antd'
import { useState } from 'react'
import type { AuditView, TableColumn } from '../../../src/http/contract.ts'
import { ApiError, asApiError, at, post } from '../api.ts'
import { FileChoice } from '../drop.tsx'
import { useWords } from '../i18n.tsx'
import { Failed } from '../parts.tsx'
import { ColumnFields, FIELDS } from './column-fields.tsx'
import { guessed, mappingOf, missingOf, zoneOf } from './order-table.ts'

const WORDS = {
  title: { en: 'What do the columns mean?', zh: '各列分别是什么？' },
  lead: {
    en: 'The columns of this table are not known here. If each row is one order, say which column is what; what the names suggest is filled in, so please look it over.',
    zh: '无法识别此表格的列。如果每行是一笔订单，请说明各列的含义。系统已按列名预填，请核对。',
  },
  missing: { en: 'Still missing: {what}', zh: '尚缺：{what}' },
  go: { en: 'Audit with these columns', zh: '按此对应关系审计' },
  other: {
    en: 'Another kind of table? A mapping file says what any column means (docs/reading.md).',
    zh: '不是订单表？可用映射文件说明任意列的含义（见 docs/reading.md）。',
  },
  file: { en: 'Choose a mapping file (JSON)', zh: '选择映射文件（JSON）' },
  notJson: { en: 'The mapping file is not JSON.', zh: '映射文件不是 JSON。' },
} as const

export const ColumnForm = ({
  audit,
  columns,
  onTaken,
}: {
  readonly audit: string
  readonly columns: readonly TableColumn[]
  readonly onTaken: () => void
}) => {
  const { t } = useWords()
  const [table, setTable] = useState(() => guessed(columns, zoneOf(new Date().getTimezoneOffset())))
  const [isSending, setSending] = useState(false)
  const [error, setError] = useState<ApiError>()
  const send = (mapping: unknown) => {
    setError(undefined)
    setSending(true)
    post<AuditView>(at`/v1/audits/${audit}/mapping`, mapping)
      .then(onTaken, (reason: unknown) => setError(asApiError(reason)))
      .finally(() => setSending(false))
  }
  const sendFile = async (file: File | undefined) => {
    const mapping = await file?.text().then(asJson)
    if (mapping === undefined) setError(new ApiError(0, 'not-json', WORDS.notJson))
    else send(mapping)
  }
  const mapping = mappingOf(table)
  const missing = missingOf(table).map((field) => t(FIELDS[field]))
  return (
    <div className="stack">
      <h3>{t(WORDS.title)}</h3>
      <p className="soft">{t(WORDS.lead)}</p>
      <ColumnFields
        columns={columns}
        table={table}
        change={(change) => setTable((before) => ({ ...before, ...change }))}
      />
      {missing.length > 0 && (
        <p className="soft" role="status">
          {t(WORDS.missing, { what: missing.join(t({ en: ', ', zh: '、' })) })}
        </p>
      )}
      <div className="actions">
        <Button
          type="primary"
          disabled={mapping === null}
          loading={isSending}
          onClick={() => send(mapping)}
        >
          {t(WORDS.go)}
        </Button>
      </div>
      {error !== undefined && <Failed error={error} />}
      <p className="soft small">{t(WORDS.other)}</p>
      <FileChoice label={t(WORDS.file)} accept=".json" take={([file]) => void sendFile(file)} />
    </div>
  )
}

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

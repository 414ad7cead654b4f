/** A place to drop a file on, with buttons that do the same for whoever uses a keyboard. */
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { Button } from 'antd'

export const DropZone = ({
  label,
  take,
  choices,
  children,
}: {
  readonly label: string
  readonly take: (transfer: DataTransfer) => void
  readonly choices: readonly {
    readonly label: string
    readonly accept?: string
    readonly isFolder?: boolean
    readonly take: (files: readonly File[]) => void
  }[]
  readonly children?: ReactNode
}) => {
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer)
  }
  return (
    <div
      className={isOver ? 'drop is-over no-print' : 'drop no-print'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className="lead">{label}</p>
      <div className="actions">
        {choices.map((choice) => (
          <FileChoice key={choice.label} {...choice} />
        ))}
      </div>
      {children}
    </div>
  )
}

/** A button that asks for files. */
export const FileChoice = ({
  label,
  accept,
  isFolder = false,
  take,
}: {
  readonly label: string
  readonly accept?: string
  readonly isFolder?: boolean
  readonly take: (files: readonly File[]) => void
}) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button onClick={() => input.current?.click()}>{label}</Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        {...(isFolder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          // The same file may be chosen again after it was changed.
          event.target.value = ''
          if (files.length > 0) take(files)
        }}
      />
    </>
  )
}

/**
 * A list of which only what is in sight is in the document, for rows of one height. The keyboard
 * moves a mark (arrows, j and k, page keys, home and end) and opens it (Enter); the list keeps the
 * focus, as the pattern of a grid has it (ARIA APG, aria-activedescendant).
 */
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react'

/** Rows drawn beyond either edge, so that fast scrolling shows no gaps. */
const BEYOND = 8

type Props<T> = {
  readonly items: readonly T[]
  readonly idOf: (item: T) => string
  readonly rowHeight: number
  readonly label: string
  readonly active: string | null
  readonly onActive: (id: string) => void
  readonly onOpen: (item: T) => void
  readonly head: ReactNode
  /** The cells of a row. */
  readonly row: (item: T) => ReactNode
}

export const VirtualRows = <T,>(props: Props<T>) => {
  const { items, idOf, rowHeight, label, active, onActive, onOpen, head, row } = props
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 800 })
  useLayoutEffect(() => {
    const element = box.current!
    const measure = () => setView(viewOf(element, rowHeight))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [rowHeight])

  const at = active === null ? -1 : items.findIndex((item) => idOf(item) === active)
  const first = Math.max(0, Math.floor(view.top / rowHeight) - BEYOND)
  const last = Math.min(items.length, Math.ceil((view.top + view.height) / rowHeight) + 1 + BEYOND)
  const page = Math.max(1, Math.floor(view.height / rowHeight) - 1)

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(items.length - 1, index))
    const item = items[next]
    if (item === undefined) return
    onActive(idOf(item))
    const element = box.current!
    const top = next * rowHeight
    // The head lies over the first row's height.
    const room = element.clientHeight - HEAD_PX
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + rowHeight > element.scrollTop + room) element.scrollTop = top + rowHeight - room
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey)
      return
    const to: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      j: at + 1,
      ArrowUp: at - 1,
      k: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: items.length - 1,
    }
    const index = to[event.key]
    if (index !== undefined) moveTo(index)
    else if (event.key === 'Enter' && items[at] !== undefined) onOpen(items[at])
    else return
    event.preventDefault()
  }
  useEffect(() => {
    // Fewer rows than before: what is in sight must not lie beyond the end.
    if (box.current !== null && view.top > items.length * rowHeight) box.current.scrollTop = 0
  }, [items.length, rowHeight, view.top])

  return (
    <div
      ref={box}
      className="rows"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={items.length + 1}
      aria-activedescendant={
        at >= first && at < last && active !== null ? rowId(active) : undefined
      }
      onKeyDown={pressed}
      onScroll={({ currentTarget }) => {
        const now = viewOf(currentTarget, rowHeight)
        // Most frames of a scroll show the same rows: nothing to be done.
        setView((old) => (old.top === now.top && old.height === now.height ? old : now))
      }}
    >
      <div role="rowgroup" className="rows-head">
        <div role="row" aria-rowindex={1} className="room-row">
          {head}
        </div>
      </div>
      <div role="rowgroup" className="rows-body" style={{ height: items.length * rowHeight }}>
        {items.slice(first, last).map((item, i) => (
          <div
            key={idOf(item)}
            id={rowId(idOf(item))}
            role="row"
            aria-rowindex={first + i + 2}
            aria-selected={idOf(item) === active}
            className="room-row"
            style={{ height: rowHeight, transform: `translateY(${(first + i) * rowHeight}px)` }}
            onClick={() => onActive(idOf(item))}
            onDoubleClick={() => onOpen(item)}
          >
            {row(item)}
          </div>
        ))}
      </div>
    </div>
  )
}

const HEAD_PX = 36

/** To the whole row. */
const viewOf = ({ scrollTop, clientHeight }: HTMLElement, rowHeight: number) => ({
  top: Math.floor(scrollTop / rowHeight) * rowHeight,
  height: clientHeight,
})

/** Ids of rooms are anybody's text; an id of an element has no spaces. */
const rowId = (id: string): string => `row-${encodeURIComponent(id)}`

/** A choice of few: the list that opens has a name as well, for antd names the field alone. */
import { Select, type SelectProps } from 'antd'
import { useEffect, useRef, type ReactElement } from 'react'

export const Choice = <V,>({
  label,
  ...props
}: Omit<SelectProps<V>, 'popupRender' | 'aria-label'> & { readonly label: string }) => (
  <Select<V>
    {...props}
    aria-label={label}
    popupRender={(list) => <Named label={label}>{list}</Named>}
  />
)

const Named = ({
  label,
  children,
}: {
  readonly label: string
  readonly children: ReactElement
}) => {
  const around = useRef<HTMLDivElement>(null)
  useEffect(() => {
    around.current?.querySelector('[role=listbox]')?.setAttribute('aria-label', label)
  })
  return <div ref={around}>{children}</div>
}

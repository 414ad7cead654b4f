/** Somebody else's address: a link where it is plain https, else its text. */
export const Address = ({ to, children }: { readonly to: string; readonly children: string }) =>
  isHttps(to) ? (
    <a href={to} rel="noopener noreferrer" referrerPolicy="no-referrer">
      {children}
    </a>
  ) : (
    <bdi>{to}</bdi>
  )

const isHttps = (text: string): boolean => {
  try {
    return new URL(text).protocol === 'https:'
  } catch {
    return false
  }
}

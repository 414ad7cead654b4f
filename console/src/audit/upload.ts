/** Handing a file in, with how far it is: fetch does not tell, so this is an XMLHttpRequest. */
import type { AuditView, Problem } from '../../../src/http/contract.ts'
import { ApiError } from '../api.ts'
import type { Language } from '../i18n.tsx'

const BROKEN = {
  en: 'The file did not arrive: the connection broke off, or it took longer than a minute. Try again, or a smaller file.',
  zh: '文件未能送达：连接中断或超过一分钟。请重试，或改用较小的文件。',
}

/** @param onShare 0 to 1 · @throws ApiError */
export const upload = (
  file: File,
  language: Language,
  onShare: (share: number) => void,
): Promise<AuditView> =>
  new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    const query = new URLSearchParams({ name: file.name.slice(-200), language })
    call.open('POST', `/v1/audits?${query.toString()}`)
    call.setRequestHeader('content-type', 'application/octet-stream')
    call.upload.addEventListener('progress', ({ loaded, total }) =>
      onShare(total === 0 ? 0 : loaded / total),
    )
    call.addEventListener('error', () => reject(new ApiError(0, 'unreachable', BROKEN)))
    call.addEventListener('load', () => {
      const value = parsed(call.responseText)
      if (call.status === 202 && value !== null) resolve(value as AuditView)
      else {
        const { code = 'unreadable', text = BROKEN } = (value ?? {}) as Partial<Problem>
        reject(new ApiError(call.status, code, text))
      }
    })
    call.send(file)
  })

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

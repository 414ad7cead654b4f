/** Signing in with an address and a password; nobody signs up (people are invited). */
import { Alert, Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import { asApiError, type ApiError } from '../api.ts'
import { useWords } from '../i18n.tsx'
import { useRoute } from '../router.tsx'
import { useSession } from '../session.tsx'

const WORDS = {
  title: { en: 'Sign in', zh: '登录' },
  email: { en: 'E-mail address', zh: '邮箱' },
  password: { en: 'Password', zh: '密码' },
  enter: { en: 'Sign in', zh: '登录' },
  refused: {
    en: 'You are not signed in. Check the address and the password; after several attempts wait a minute.',
    zh: '登录失败，请检查邮箱和密码；多次尝试后请等待一分钟。',
  },
  hint: {
    en: 'Accounts are by invitation. Whoever runs this service can invite you; the sample evening prints its accounts when it starts.',
    zh: '账号通过邀请开通，请联系服务管理员；示例之夜启动时会打印可用账号。',
  },
} as const

const SignIn = () => {
  const { t } = useWords()
  const { signIn } = useSession()
  const { path, go } = useRoute()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    setBusy(true)
    setError(undefined)
    const [email, password] = [given.get('email'), given.get('password')] as [string, string]
    signIn(email, password).then(
      () => path === '/sign-in' && go('/'),
      (reason: unknown) => {
        setError(asApiError(reason))
        setBusy(false)
      },
    )
  }
  return (
    <form className="card sign-in" onSubmit={submit}>
      <h1>{t(WORDS.title)}</h1>
      <label>
        {t(WORDS.email)}
        <Input name="email" type="email" autoComplete="username" required autoFocus />
      </label>
      <label>
        {t(WORDS.password)}
        <Input name="password" type="password" autoComplete="current-password" required />
      </label>
      {error !== undefined && (
        <Alert
          type="error"
          role="alert"
          title={t(error.status === 401 || error.status === 403 ? WORDS.refused : error.text)}
        />
      )}
      <Button type="primary" htmlType="submit" loading={isBusy} block>
        {t(WORDS.enter)}
      </Button>
      <p className="soft small">{t(WORDS.hint)}</p>
    </form>
  )
}

export default SignIn

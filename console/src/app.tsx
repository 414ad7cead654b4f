/** The frame around every page: who is signed in, where one can go, language and theme. */
import { Alert, Button, Result, Segmented, Spin } from 'antd'
import { Component, Suspense, useEffect, useRef, type ReactNode } from 'react'
import { LanguageProvider, useWords } from './i18n.tsx'
import { Link, matchOf, PAGES, RouteProvider, useRoute } from './router.tsx'
import { SessionProvider, useSession, type Role } from './session.tsx'
import { ThemeProvider, useTheme, type Choice } from './theme.tsx'

export const App = () => (
  <LanguageProvider>
    <ThemeProvider>
      <SessionProvider>
        <RouteProvider>
          <Frame />
        </RouteProvider>
      </SessionProvider>
    </ThemeProvider>
  </LanguageProvider>
)

const WORDS = {
  skip: { en: 'To the content', zh: '跳到正文' },
  navigation: { en: 'Pages', zh: '导航' },
  language: { en: 'Language', zh: '语言' },
  theme: { en: 'Colours', zh: '配色' },
  system: { en: 'As the system', zh: '跟随系统' },
  light: { en: 'Light', zh: '浅色' },
  dark: { en: 'Dark', zh: '深色' },
  signIn: { en: 'Sign in', zh: '登录' },
  signOut: { en: 'Sign out', zh: '退出登录' },
  loading: { en: 'Loading …', zh: '加载中……' },
  missing: { en: 'There is no such page', zh: '页面不存在' },
  missingHint: {
    en: 'The address may be mistyped. The first page lists everything you may see.',
    zh: '地址可能有误，首页列出您可以查看的全部内容。',
  },
  notYours: { en: 'This page is not for your role', zh: '您的角色无权查看此页' },
  notYoursHint: {
    en: 'You are signed in as {role}. Sign in as somebody who may see it, or go back.',
    zh: '您当前的身份是{role}，请换用有权限的账号登录，或返回上一页。',
  },
  home: { en: 'To the first page', zh: '回到首页' },
  broken: { en: 'This page could not be shown', zh: '页面无法显示' },
  brokenHint: {
    en: 'Load it again; if it stays so, tell whoever runs the service.',
    zh: '请重新加载；如问题依旧，请联系服务管理员。',
  },
  reload: { en: 'Load again', zh: '重新加载' },
} as const

export const ROLE_NAMES = {
  inspector: { en: 'inspector', zh: '巡查员' },
  adjudicator: { en: 'adjudicator', zh: '裁定员' },
  merchant: { en: 'merchant', zh: '商家' },
  consumer: { en: 'consumer', zh: '消费者' },
  regulator: { en: 'regulator', zh: '监管人员' },
  admin: { en: 'administrator', zh: '管理员' },
} as const satisfies Readonly<Record<Role, { en: string; zh: string }>>

const Frame = () => {
  const { t } = useWords()
  const { path } = useRoute()
  return (
    <>
      <a className="skip" href="#content">
        {t(WORDS.skip)}
      </a>
      <Header />
      <main id="content" tabIndex={-1}>
        <Broken key={path}>
          <Suspense fallback={<Waiting />}>
            <Shown />
          </Suspense>
        </Broken>
      </main>
    </>
  )
}

const Header = () => {
  const { t, language, setLanguage } = useWords()
  const { choice, choose } = useTheme()
  const { me, signOut } = useSession()
  const { path, go } = useRoute()
  const links = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a narrow screen they are one line that is pushed aside.
    links.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [path, language, me])
  const listed = PAGES.filter(
    ({ isListed, roles }) =>
      isListed === true && (roles === undefined || (me != null && roles.includes(me.role))),
  )
  return (
    <header className="frame">
      <Link className="brand" to="/">
        Assay
      </Link>
      <nav ref={links} aria-label={t(WORDS.navigation)}>
        {listed.map((page) => (
          <Link
            key={page.path}
            to={page.path}
            aria-current={page.path === path ? 'page' : undefined}
          >
            {t(page.title)}
          </Link>
        ))}
      </nav>
      <div className="settings">
        <Segmented
          aria-label={t(WORDS.language)}
          size="small"
          value={language}
          onChange={setLanguage}
          options={[
            { value: 'en', label: 'English' },
            { value: 'zh', label: '中文' },
          ]}
        />
        <Segmented<Choice>
          aria-label={t(WORDS.theme)}
          size="small"
          value={choice}
          onChange={choose}
          options={[
            { value: 'system', label: '◐', title: t(WORDS.system) },
            { value: 'light', label: '☀', title: t(WORDS.light) },
            { value: 'dark', label: '☾', title: t(WORDS.dark) },
          ]}
        />
        {me != null && <span className="role">{t(ROLE_NAMES[me.role])}</span>}
        {me === undefined ? null : me === null ? (
          <Button size="small" onClick={() => go('/sign-in')}>
            {t(WORDS.signIn)}
          </Button>
        ) : (
          <Button size="small" onClick={() => void signOut().then(() => go('/sign-in'))}>
            {t(WORDS.signOut)}
          </Button>
        )}
      </div>
    </header>
  )
}

const SIGN_IN = PAGES.find(({ path }) => path === '/sign-in')!

const Shown = () => {
  const { t } = useWords()
  const { me } = useSession()
  const { path, go } = useRoute()
  const match = matchOf(path)
  const title = match?.page.title ?? WORDS.missing
  useEffect(() => {
    document.title = `${t(title)} · Assay`
  }, [t, title])
  const home = (
    <Button type="primary" onClick={() => go('/')}>
      {t(WORDS.home)}
    </Button>
  )
  if (match === undefined)
    return <Result title={t(WORDS.missing)} subTitle={t(WORDS.missingHint)} extra={home} />
  const { page, params } = match
  if (page.roles === undefined) return <page.Component params={params} />
  if (me === undefined) return <Waiting />
  if (me === null) return <SIGN_IN.Component params={{}} />
  if (page.roles.includes(me.role)) return <page.Component params={params} />
  const hint = t(WORDS.notYoursHint, { role: t(ROLE_NAMES[me.role]) })
  return <Result status="warning" title={t(WORDS.notYours)} subTitle={hint} extra={home} />
}

const Waiting = () => {
  const { t } = useWords()
  return (
    <div className="waiting" role="status">
      <Spin /> {t(WORDS.loading)}
    </div>
  )
}

/** What nobody foresaw breaks one page, not the console. */
class Broken extends Component<{ readonly children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }
  static getDerivedStateFromError() {
    return { isBroken: true }
  }
  override render() {
    return this.state.isBroken ? <Apology /> : this.props.children
  }
}

const Apology = () => {
  const { t } = useWords()
  return (
    <Alert
      type="error"
      title={t(WORDS.broken)}
      description={t(WORDS.brokenHint)}
      action={<Button onClick={() => location.reload()}>{t(WORDS.reload)}</Button>}
    />
  )
}

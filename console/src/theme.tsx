/** Light or dark: as the system has it, or as chosen and remembered. Ant Design follows (tokens.ts). */
import { StyleProvider } from '@ant-design/cssinjs'
import { ConfigProvider } from 'antd'
import enGB from 'antd/es/locale/en_GB'
import zhCN from 'antd/es/locale/zh_CN'
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useWords } from './i18n.tsx'
import { DARK, LIGHT } from './tokens.ts'

export type Choice = 'system' | 'light' | 'dark'
const KEPT = 'assay.theme'

type Theme = {
  readonly choice: Choice
  readonly isDark: boolean
  readonly choose: (choice: Choice) => void
}
const ThemeContext = createContext<Theme>({ choice: 'system', isDark: false, choose: () => {} })

export const useTheme = (): Theme => use(ThemeContext)

/**
 * Ant Design still writes its variables as it runs. They go to an element that is in no document: the
 * policy forbids them, and what the page needs was written at build time (antd-style.ts).
 */
const NOWHERE = document.createElement('div')

export const ThemeProvider = ({ children }: { readonly children: ReactNode }) => {
  const { language } = useWords()
  const [choice, choose] = useState<Choice>(firstChoice)
  const isSystemDark = useSystemDark()
  const isDark = choice === 'system' ? isSystemDark : choice === 'dark'
  const key = isDark ? DARK : LIGHT
  useEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
    localStorage.setItem(KEPT, choice)
    // Whatever opens above the page lies beside the root, and needs the variables as well.
    document.body.className = key
  }, [choice, isDark, key])
  const theme = useMemo(() => ({ choice, isDark, choose }), [choice, isDark])
  return (
    <ThemeContext value={theme}>
      <StyleProvider container={NOWHERE}>
        <ConfigProvider
          locale={language === 'zh' ? zhCN : enGB}
          theme={{ zeroRuntime: true, hashed: false, cssVar: { key } }}
          wave={{ disabled: true }}
          button={{ autoInsertSpace: false }}
        >
          {children}
        </ConfigProvider>
      </StyleProvider>
    </ThemeContext>
  )
}

const firstChoice = (): Choice => {
  const kept = localStorage.getItem(KEPT)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

const useSystemDark = (): boolean => {
  const [query] = useState(() => matchMedia('(prefers-color-scheme: dark)'))
  const [isDark, setDark] = useState(query.matches)
  useEffect(() => {
    const changed = () => setDark(query.matches)
    query.addEventListener('change', changed)
    return () => query.removeEventListener('change', changed)
  }, [query])
  return isDark
}

/** Ant Design's colours set to those of the house (style.css), for either theme. */
export const LIGHT = 'theme-light'
export const DARK = 'theme-dark'

const SHAPE = {
  borderRadius: 6,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  motion: false,
} as const

export const TOKENS = {
  [LIGHT]: {
    ...SHAPE,
    colorPrimary: '#1f5f8b',
    colorBgBase: '#ffffff',
    colorTextBase: '#1f1d1a',
    colorTextDescription: '#5f5a52',
    colorTextPlaceholder: '#6b655c',
    colorError: '#b03a2a',
    colorWarning: '#b9541a',
    colorSuccess: '#2f6f57',
  },
  [DARK]: {
    ...SHAPE,
    colorPrimary: '#4289bb',
    colorBgBase: '#1f1e1b',
    colorTextBase: '#ece8df',
    colorTextDescription: '#b5aea2',
    colorTextPlaceholder: '#a39c90',
    colorError: '#ef8a78',
    colorWarning: '#ec9559',
    colorSuccess: '#7cc0a4',
  },
} as const

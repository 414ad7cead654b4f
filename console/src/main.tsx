/** Where the console starts. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'virtual:antd.css'
import './style.css'
import { App } from './app.tsx'

// The wall is fetched while one is still being recognised.
if (location.pathname === '/') void import('./pages/wall.tsx')

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)

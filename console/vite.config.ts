/** Builds the console into ../dist/console: hashed names, one file a page, no inline style or script. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { antdStyle } from './antd-style.ts'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), antdStyle()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    // The policy of the service allows no inline anything, and its pages are few: no data: scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:4000' } },
})

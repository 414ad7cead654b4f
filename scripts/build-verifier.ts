/**
 * Builds the script of the verifier's pages, and `verify.html`: `npm run build`, after the compiler.
 * One script, everything in it, for a page that fetches nothing.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))

/** A page needs the sentences of bundles and proofs, not those of the whole house. */
const fewerSentences = {
  name: 'fewer-sentences',
  setup: (of: import('esbuild').PluginBuild) => {
    of.onResolve({ filter: /catalogue\/index\.(ts|js)$/ }, () => ({
      path: path('src/verifier/catalogue.ts'),
    }))
  },
}

export const buildVerifier = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [path('src/verifier/browser.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    plugins: [fewerSentences],
  })
  return outputFiles[0]!.text
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const script = await buildVerifier()
  writeFileSync(path('dist/verifier/script.js'), script)
  const { renderVerifyPage } = await import('../src/verifier/verify-page.ts')
  writeFileSync(path('dist/verifier/verify.html'), renderVerifyPage('en', script))
}

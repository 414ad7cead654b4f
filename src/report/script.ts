/**
 * The page's only script. It is a constant so that the policy can name its hash; the page reads
 * and prints without it. It keeps the page's language attribute true to the reader's choice, and
 * opens everything before printing, as paper has nothing to click on.
 */
export const SCRIPT = `
const root = document.documentElement
const pick = () => {
const input = document.querySelector('input[name=language]:checked')
if (!input) return
root.lang = input.value
document.title = root.dataset[input.dataset.key] || document.title
}
for (const input of document.querySelectorAll('input[name=language]')) input.addEventListener('change', pick)
pick()
let opened = []
addEventListener('beforeprint', () => {
opened = [...document.querySelectorAll('details:not([open])')]
for (const details of opened) details.open = true
})
addEventListener('afterprint', () => {
for (const details of opened) details.open = false
opened = []
})
`

/** SHA-256 of `SCRIPT` in base64, as the policy wants it; a test computes it anew. */
export const SCRIPT_SHA256 = 'suKCKihiZq8rRMnHnBDJdDSW2DOoIOg/K+WVPmxL3oA='

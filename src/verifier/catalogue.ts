/** The sentences that the script in the page can say: the build puts these in place of the whole. */
import { bundle } from '../language/catalogue/bundle.ts'
import { proofs } from '../language/catalogue/proofs.ts'

export const catalogue = { ...bundle, ...proofs } as const

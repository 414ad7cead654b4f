// @vitest-environment happy-dom
/** Paths and pages: the console's list, the service's list, and what a path means. */
import { describe, expect, it } from 'vitest'
import { matchOf, PAGES } from '../../console/src/router.tsx'
import { PAGE_PATHS } from '../../src/http/page-paths.ts'

describe('pages by path', () => {
  it('are those that the service answers, no more and no fewer', () => {
    expect(PAGES.map(({ path }) => path).sort()).toEqual([...PAGE_PATHS].sort())
  })

  it('take ids with slashes, colons and Chinese from their escapes', () => {
    expect(matchOf('/findings/a%2Fb%3A%E7%9B%B4')?.params).toEqual({ finding: 'a/b:直' })
  })

  it('are none where a part is missing or too many', () => {
    for (const path of ['/broadcasts/', '/broadcasts', '/nothing', '/broadcasts/a/b/c'])
      expect(matchOf(path), path).toBeUndefined()
  })

  it('leave what is no escape as it is', () => {
    expect(matchOf('/broadcasts/%E0%A4%A')?.params).toEqual({ broadcast: '%E0%A4%A' })
  })
})

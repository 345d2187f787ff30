import { expect, test } from 'vitest'
import { answersOn, each } from './stacks.ts'
import { frameworks, type Framework, type Route } from './frameworks.ts'
import { recorder } from './served.ts'

/** The middleware under test, mounted in apps of each framework, or a route for all of them. */
export type Failing = Route | readonly Framework[]

type Asked = RequestInit & { readonly path?: string }

/**
 * Tests that a failure has the whole answer of a condition everywhere, or on some frameworks, and is logged once, as whose
 * fault it is.
 */
export function blames(
  title: string,
  failing: Failing,
  condition: string,
  request: Asked = {},
  headers: Readonly<Record<string, string>> = {},
  on: readonly Framework[] = typeof failing === 'function' ? frameworks : failing,
): void {
  test(title, async () => {
    const { options, log, reports } = recorder()
    const routes = typeof failing === 'function' ? { '/': failing } : {}
    const expected = each(on, condition, headers)
    expect(await answersOn(on, request, routes, options)).toEqual(expected)
    await expect.poll(() => reports.length, { timeout: 10_000, interval: 5 }).toBe(on.length)
    const level = Object.values(expected)[0]!.status >= 500 ? 'error' : 'info'
    expect(log.map(([at]) => at)).toEqual(on.map(() => level))
  })
}

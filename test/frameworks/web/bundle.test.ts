import { createContext, runInContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { WEB } from '../support/web-host.ts'
import { bundled, makeProject } from './project.ts'
import { answer, ask, wholeOf } from './whole.ts'

const project = makeProject()

type Fetch = (request: Request) => Promise<Response>

/** Runs a file as one script in a context of its own, without a global of Node.js, and returns what it prints, too. */
async function run<TExports = { readonly default: Fetch }>(
  entry: string,
  platform: 'neutral' | 'browser',
  minify: boolean,
): Promise<TExports & { readonly printed: readonly string[] }> {
  const code = await bundled(project, {
    entryPoints: [entry],
    format: 'iife',
    globalName: 'app',
    platform,
    conditions: ['worker'],
    mainFields: ['browser', 'module', 'main'],
    minify,
  })
  const printed: string[] = []
  const context = createContext({ ...WEB, console: { error: (line: string) => printed.push(line) } })
  runInContext(code, context)
  return { ...(runInContext('app', context) as TExports), printed }
}

for (const [platform, minify] of [
  ['neutral', false],
  ['browser', true],
] as const) {
  describe(`a bundle for platform ${platform}${minify ? ', minified' : ''}`, () => {
    test('loads nothing of Node.js, and answers as on it', async () => {
      const { default: fetch, printed } = await run('app.mjs', platform, minify)
      const german = ask('/sold', { headers: { 'Accept-Language': 'de' } })
      const sold = { code: 'SOLD_OUT', message: 'Nur noch 3 übrig', details: { name: 'ü' } }
      expect(await wholeOf(await fetch(german))).toEqual(
        answer(409, sold, { locale: 'de', 'x-hint': 'wait' }),
      )
      expect(await wholeOf(await fetch(ask('/nothing')))).toEqual(
        answer(404, { code: 'not_found', message: 'Not found' }),
      )
      const page = await wholeOf(await fetch(ask('/errors/SOLD_OUT?format=json&lang=de')))
      expect(JSON.parse(page.body)).toMatchObject({ code: 'SOLD_OUT', locale: 'de' })
      // That its own texts are in English alone is told once.
      expect(printed.map((line): unknown => JSON.parse(line))).toEqual([
        expect.objectContaining({
          level: 'warn',
          msg: expect.stringContaining('locales: { de: { …, http') as string,
        }),
      ])
    })

    test('may hold the root of the package and what is for authors of adapters', async () => {
      const { fetch, described, limit } = await run<{
        fetch: Fetch
        described: string
        limit: () => unknown
      }>('root.mjs', platform, minify)
      expect(described).toBe('Username already exists')
      const error = { code: 'secret_not_found', message: 'Secret not found', request_id: 'r-1' }
      expect(await wholeOf(await fetch(ask()))).toEqual(answer(404, { error }))
      expect(limit).toThrow(
        'Rate limits need node:crypto and node:net, which this host does not have. On Cloudflare',
      )
    })

    test('logs to the console', async () => {
      const { default: fetch, printed } = await run('app.mjs', platform, minify)
      expect((await fetch(ask('/boom'))).status).toBe(500)
      expect(JSON.parse(printed.at(-1)!)).toMatchObject({
        level: 'error',
        msg: 's3cr3t',
        err: { type: 'Error' },
      })
    })
  })
}

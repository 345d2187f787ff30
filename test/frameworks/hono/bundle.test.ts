import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { answer, answerOf, conflict } from './hosts.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

const APP = `
import { Hono } from 'hono'
import { bizErrors, rateLimit } from './src/adapters/hono/index.ts'
import { catalog } from './src/catalogs/cloud-waf.ts'

const app = bizErrors(new Hono(), { catalog })
app.get('/', () => {
  throw new catalog.BizError(1006)
})
app.get('/text', () => {
  throw 'no error'
})
export default app
export const limit = () => rateLimit({ catalog, policies: [{ name: 'hour', limit: 1, window: '1h' }] })
`

/** What every host of Request and Response has: https://min-common-api.proposal.wintertc.org */
const WEB = {
  AbortController,
  AbortSignal,
  Headers,
  ReadableStream,
  Request,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  crypto,
  setTimeout,
}

interface Bundled {
  readonly default: { readonly fetch: (request: Request) => Promise<Response> }
  readonly limit: () => unknown
}

const ask = (path: string): Request =>
  new Request(`http://test${path}`, { headers: { 'X-Request-ID': 'probe-1' } })

test.each([false, true])(
  'a bundle runs where there is nothing of Node.js (minified: %s), and limits are refused at set-up',
  async (minify) => {
    const { outputFiles, warnings } = await build({
      stdin: { contents: APP, resolveDir: ROOT, loader: 'ts' },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'app',
      platform: 'browser',
      conditions: ['worker'],
      minify,
      logLevel: 'silent',
    })
    expect(warnings).toEqual([])
    const printed: string[] = []
    const context = createContext({ ...WEB, console: { error: (line: string) => printed.push(line) } })
    runInContext(outputFiles[0]!.text, context)
    const { default: app, limit } = runInContext('app', context) as Bundled
    expect(await answerOf(await app.fetch(ask('/')))).toEqual(answer(409, conflict))
    expect((await app.fetch(ask('/text'))).status).toBe(500)
    expect((await app.fetch(ask('/nowhere'))).status).toBe(404)
    expect(limit).toThrow('nodejs_compat')
    const levels = printed.map((line) => (JSON.parse(line) as { level: string }).level)
    expect(levels.filter((level) => level === 'error')).toHaveLength(1)
  },
)

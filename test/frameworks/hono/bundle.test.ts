import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import fields from '../../../locales/en/fields.json' with { type: 'json' }
import http from '../../../locales/en/http.json' with { type: 'json' }
import { WEB } from '../support/web-host.ts'
import { answer, answerOf, conflict } from './hosts.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

const IMPORTS = `
import { Hono } from 'hono'
import { bizErrors, rateLimit } from './src/adapters/hono/index.ts'
import { catalog } from './src/catalogs/cloud-waf.ts'
`

const APP = `${IMPORTS}
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

interface Bundled {
  readonly default: { readonly fetch: (request: Request) => Promise<Response> }
  readonly limit: () => unknown
}

const ask = (path: string): Request =>
  new Request(`http://test${path}`, { headers: { 'X-Request-ID': 'probe-1' } })

/** Bundles a module for the Web, and runs it there. */
async function runBundle(
  contents: string,
  minify: boolean,
): Promise<{ app: Bundled; printed: readonly string[] }> {
  const { outputFiles, warnings } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
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
  return { app: runInContext('app', context) as Bundled, printed }
}

test.each([false, true])(
  'a bundle runs where there is nothing of Node.js (minified: %s), and limits are refused at set-up',
  async (minify) => {
    const {
      app: { default: app, limit },
      printed,
    } = await runBundle(APP, minify)
    expect(await answerOf(await app.fetch(ask('/')))).toEqual(answer(409, conflict))
    expect((await app.fetch(ask('/text'))).status).toBe(500)
    expect((await app.fetch(ask('/nowhere'))).status).toBe(404)
    expect(limit).toThrow('nodejs_compat')
    const levels = printed.map((line) => (JSON.parse(line) as { level: string }).level)
    expect(levels.filter((level) => level === 'error')).toHaveLength(1)
  },
)

test.each([
  [{}, 'http, fields'],
  [{ locales: { de: { http: { 404: { message: 'Nicht da' } } } } }, 'fields'],
  [{ locales: { en: { http, fields } } }, undefined],
])(
  'says which texts of ours are in English alone, and nothing of files that no host has: %#',
  async (options, lost) => {
    const { printed } = await runBundle(
      `${IMPORTS}bizErrors(new Hono(), { catalog, ...${JSON.stringify(options)} })`,
      false,
    )
    const told = printed.map((line) => (JSON.parse(line) as { msg: string }).msg)
    expect(told).toEqual(
      lost === undefined
        ? []
        : [
            `The translations of bizerror are not where its code is, as in a bundle: its own texts (${lost}) are in English alone. ` +
              `Give them as resources, beside yours: locales: { de: { …, ${lost} } }, from 'bizerror/locales/de/fields.json'; those of en, if English is all that you want`,
          ],
    )
  },
)

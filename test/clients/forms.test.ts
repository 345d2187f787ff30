import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { build } from 'esbuild'
import express, { type RequestHandler } from 'express'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isSkipped, launch } from '../contract/docs/chromium.ts'
import { moduleOf, pageOf } from '../docs/pages.ts'
import { listen } from '../support/frameworks.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const guide = pageOf('forms')

/** The page's code, written beside the packages that it imports. */
mkdirSync('test/clients', { recursive: true })
const folder = mkdtempSync('test/clients/forms-')
afterAll(() => rmSync(folder, { recursive: true }))

for (const { path, code } of guide.fences) writeFileSync(`${folder}/${path}`, moduleOf(code))
writeFileSync(`${folder}/order-form.ts`, blockOf('typescript'))
writeFileSync(`${folder}/order-form.tsx`, blockOf('tsx'))
writeFileSync(
  `${folder}/react.tsx`,
  `import { createRoot } from 'react-dom/client'
import { OrderForm } from './order-form.tsx'
createRoot(document.querySelector('main')!).render(<OrderForm />)
`,
)
writeFileSync(
  `${folder}/tsconfig.json`,
  JSON.stringify({
    extends: '../../../tsconfig.json',
    compilerOptions: { lib: ['ES2024', 'DOM', 'DOM.Iterable'], jsx: 'react-jsx' },
    include: ['.'],
    exclude: [],
  }),
)

function blockOf(language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(guide.text)!
  return code!
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}/${entry}`],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return outputFiles[0]!.text
}

test('the forms of the guide compile', () => {
  const { stdout, status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder], {
    encoding: 'utf8',
  })
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
})

let browser: Browser
beforeAll(async () => {
  if (!isSkipped) browser = await launch()
})
afterAll(async () => {
  await browser?.close()
})

describe.skipIf(isSkipped).each([
  ['without a framework', 'order-form.ts', blockOf('html')],
  ['of React', 'react.tsx', '<main></main>'],
])('the form of the guide %s', (_name, entry, html) => {
  let page: Page
  let close: () => void

  beforeAll(async () => {
    const script = await bundle(entry)
    // A server of its own for each: its limit is.
    const { app } = (await import(/* @vite-ignore */ `./${basename(folder)}/server.ts?${entry}`)) as {
      readonly app: RequestHandler
    }
    const site = express()
    site.get('/', (_req, res) => {
      const head = '<title>Bestellung</title><link rel="icon" href="data:,">'
      res.send(
        `<!doctype html><html lang="de">${head}<body>${html}<script type="module" src="/form.js"></script>`,
      )
    })
    site.get('/form.js', (_req, res) => void res.type('js').send(script))
    site.use(app)
    const { port, server } = await listen(site)
    close = () => {
      server.close()
      server.closeAllConnections()
    }
    page = await browser.newPage()
    await page.clock.install()
    await page.goto(`http://127.0.0.1:${port}/`)
    await page.waitForSelector('button')
  })
  afterAll(async () => {
    await page?.close()
    close?.()
  })

  const order = async (product: string, amount: string, email: string): Promise<void> => {
    await page.fill('#product', product)
    await page.fill('#amount', amount)
    await page.fill('#email', email)
    const answered = page.waitForResponse('**/orders')
    await page.click('button')
    // Not that it has finished: a busy Chromium may never say so of a body that was read.
    await answered
  }

  /** What a screen reader says of each field, and whether it is there. */
  const fields = (): Promise<readonly (readonly unknown[])[]> =>
    page.evaluate(`[...document.querySelectorAll('input')].map((input) => [
      input.value,
      input.getAttribute('aria-invalid'),
      document.getElementById(input.getAttribute('aria-describedby')).textContent,
      document.activeElement === input,
    ])`)

  test('shows each fault at its field, in the language of the page, and focuses the first', async () => {
    await order('Assam', '0', 'al@')
    await page.waitForSelector('#amount:focus')
    expect(await fields()).toEqual([
      ['Assam', 'false', '', false],
      ['0', 'true', 'Zu klein; Mindestwert: 1', true],
      ['al@', 'true', 'Ungültige E-Mail-Adresse', false],
    ])
    expect(await page.textContent('[role=alert]')).toBe('Bitte Eingaben prüfen')
    await page.evaluate(AXE)
    const found = await page.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then(({ violations }) =>
      violations.map(({ id }) => id))`)
    expect(found).toEqual([])
  })

  test('uses the params of a conflict', async () => {
    await order('Assam', '9', 'al@example.org')
    await page.waitForSelector('[role=alert]:text-is("Nur noch 3 Assam übrig")')
    expect(await page.getAttribute('#amount', 'max')).toBe('3')
    expect((await fields()).map(([, isInvalid]) => isInvalid)).toEqual(['false', 'false', 'false'])
  })

  test('counts down what a limit refuses, and takes orders again', async () => {
    await order('Assam', '1', 'al@example.org')
    await page.waitForSelector('[role=alert]:text-is("")', { state: 'attached' })
    await order('Assam', '1', 'al@example.org')
    await order('Assam', '1', 'al@example.org')
    await page.waitForSelector('[role=alert]:text-is("Zu viele Bestellungen")')
    expect(await page.isDisabled('button')).toBe(true)
    const [, seconds] = /^in (\d+) Sekunden$/.exec((await page.textContent('.wait'))!)!
    await page.clock.runFor(3000)
    const left = /^in (\d+) Sekunden$/.exec((await page.textContent('.wait'))!)
    expect(Number(left?.[1])).toBeLessThanOrEqual(Number(seconds) - 2)
    await page.clock.runFor(60_000)
    expect([await page.isEnabled('button'), await page.textContent('.wait')]).toEqual([true, ''])
  })
})

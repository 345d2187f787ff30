import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import known from '../../examples/cloud-waf/web/browser/catalog.json' with { type: 'json' }
import { createSite } from '../../examples/cloud-waf/web/site.ts'
import { catalog } from '../../src/catalogs/cloud-waf.ts'
import { clientCatalog } from '../../src/contract/client-catalog.ts'
import { getOrMake } from '../../src/guard/memo.ts'
import { isSkipped, launch } from '../contract/docs/chromium.ts'
import { listen } from '../support/frameworks.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt-BR', 'ru', 'ar', 'ja', 'ko', 'zh-CN', 'zh-TW']
const DESKTOP = { width: 1280, height: 800 }
// Most tests are not of the layout, and the browser draws all that is in sight.
const SMALL = { width: 800, height: 400 }

let origin: string
let close: () => void

beforeAll(async () => {
  const { port, server } = await listen(await createSite())
  origin = `http://127.0.0.1:${port}`
  close = () => {
    server.close()
    server.closeAllConnections()
  }
})
afterAll(() => close())

test('each of the 112 codes can be thrown, and answers in Arabic, too', async () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const answers = await Promise.all(
    [...catalog].map(async ({ code }) => {
      const response = await fetch(`${origin}/try/errors/${code}`, { headers: { 'Accept-Language': 'ar' } })
      const body = (await response.json()) as { readonly code: number; readonly message: string }
      const isArabic = /\p{Script=Arabic}/u.test(body.message)
      return [response.status, response.headers.get('content-language'), body.code, isArabic]
    }),
  )
  stderr.mockRestore()
  expect(answers).toHaveLength(112)
  expect(answers).toEqual([...catalog].map(({ code, status }) => [status, 'ar', code, true]))
})

test('the client knows what the catalog says of repeating', () => {
  expect(known).toEqual(clientCatalog(catalog))
})

test('the page brings all that it loads, under a policy that lets nothing else in', async () => {
  const response = await fetch(origin)
  const html = await response.text()
  const paths = [...html.matchAll(/ (?:href|src)="([^"#]+)"/g)].map(([, path]) => path!)
  const found = await Promise.all(
    paths.map(async (path) => (await fetch(new URL(path, origin), { headers: { Accept: '*/*' } })).status),
  )
  expect(paths.length).toBeGreaterThanOrEqual(5)
  expect(found).toEqual(paths.map(() => 200))
  expect(html).not.toMatch(/https?:|\bstyle=|<style|\son[a-z]+=|<script>/)
  const policy = response.headers.get('content-security-policy')
  expect(policy).toMatch(/^default-src 'none'; script-src 'self';/)
  expect(policy).not.toMatch(/unsafe|\*|https?:|data:/)
})

const textOf = (page: Page, selector: string): Promise<string> => page.locator(selector).innerText()

const held = (status: number): string =>
  `error.code     1006\nerror.message  "Username already exists"\nerror.status   ${status}\nerror.locale   "en"\n`

/** Loads charts until the limit refuses, however slow the machine is. */
async function useUp(page: Page): Promise<void> {
  while (!(await page.isDisabled('#limit button'))) {
    const answered = page.waitForResponse('**/try/charts/7')
    await page.click('#limit button')
    await (await answered).finished()
    await page.clock.runFor(20)
  }
}

/** Has every card show what it can. */
async function useAll(page: Page): Promise<void> {
  await page.click('#form button')
  await page.waitForSelector('#form .wire:not([hidden])')
  await useUp(page)
  await page.click('#retry button')
  await page.waitForSelector('.attempts li')
}

describe.skipIf(isSkipped)('the page of npm start in Chromium', () => {
  let browser: Browser

  let stderr: { readonly mockRestore: () => void }

  beforeAll(async () => {
    // What is answered with a 5xx is logged, as it should be.
    stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    stderr.mockRestore()
  })

  // A process of the browser for each kind of context, not for each test: the page keeps nothing.
  const opened = new Map<string, Promise<Page>>()
  const open = async (options: BrowserContextOptions, before: string): Promise<Page> => {
    const context = await browser.newContext({ locale: 'en-US', ...options })
    const page = await context.newPage()
    await page.addInitScript(before)
    await page.clock.install()
    return page
  }

  /** Opens the page, uses it, and fails where the browser complains of anything but the answers that were asked for. */
  async function onPage(
    {
      viewport = SMALL,
      colorScheme = 'light',
      reducedMotion = 'no-preference',
      ...options
    }: BrowserContextOptions,
    use: (page: Page) => Promise<void>,
    allowed: readonly string[] = [],
    before = '',
  ): Promise<void> {
    const page = await getOrMake(opened, JSON.stringify([options, before]), () => open(options, before))
    await page.goto('about:blank')
    const complaints: string[] = []
    try {
      page.on('console', (message) => {
        const isAnswer = message.text().startsWith('Failed to load resource')
        if (!isAnswer) complaints.push(message.text())
      })
      page.on('pageerror', ({ message }) => complaints.push(message))
      await page.setViewportSize(viewport!)
      await page.emulateMedia({ colorScheme, reducedMotion })
      await page.goto(origin)
      await page.waitForSelector('#login tbody tr')
      await page.waitForSelector('[data-said]:not(:empty)')
      await use(page)
      expect(complaints).toEqual(allowed)
    } finally {
      page.removeAllListeners()
      await page.unrouteAll()
    }
  }

  test('a code is searched and chosen by the keyboard, thrown, and leads to its page', () =>
    onPage({}, async (page) => {
      expect(await page.locator('[name=code]').count()).toBe(112)
      await page.focus('#search')
      await page.keyboard.type('pem 400')
      expect(await textOf(page, '[data-found]')).toBe('1 of 112')
      await page.keyboard.press('Enter')
      await page.waitForSelector('#throw .message:text-is("Invalid certificate PEM")')
      expect(await textOf(page, '.sum')).toMatch(
        /BizError\(2007\)\s+On the wire\s+400 Bad Request\s+Your reader\s+Invalid certificate PEM/,
      )
      expect(await page.locator('#throw [data-response]').textContent()).toMatch(
        /^HTTP\/1\.1 400 Bad Request\n[^]*\nLink: <\/errors\/2007>; rel="help"\n[^]*\n\n\{"code":2007,"message":"Invalid certificate PEM"\}$/,
      )
      await page.fill('#search', '')
      await page.keyboard.press('ArrowDown')
      await page.click('#throw .app a')
      await page.waitForURL(/\/errors\/\d+\?lang=en$/)
    }))

  test('every reader is answered at once, and the page is for the one that is chosen', () =>
    onPage({}, async (page) => {
      for (const locale of LANGUAGES) await page.waitForSelector(`.said[lang="${locale}"]:not(:empty)`)
      const said = await page.$$eval('.said', (places) => places.map(({ lang, dir }) => `${lang} ${dir}`))
      expect(said).toEqual(LANGUAGES.map((locale) => `${locale} ${locale === 'ar' ? 'rtl' : 'ltr'}`))
      await page.click('#languages button:has([lang=ar])')
      await page.waitForSelector('#throw .message[dir=rtl]:text-is("اسم المستخدم موجود بالفعل")')
      expect(await page.locator('#throw [data-response]').textContent()).toContain('\nContent-Language: ar\n')
      expect(await page.inputValue('#language')).toBe('ar')
      expect(await page.locator('.app[dir=rtl][lang=ar]').count()).toBe(4)
      expect(await textOf(page, '[for=username]')).toBe('اسم المستخدم')
      expect(await textOf(page, '[data-code="1006"]')).toContain('اسم المستخدم موجود بالفعل')
    }))

  test('each shape is read as the same error', () =>
    onPage({}, async (page) => {
      const seen = []
      for (const label of ['Flat', 'Nested', 'Two levels', 'RFC 9457', 'Always 200']) {
        await page.click(`.choice span:text-is("${label}")`)
        const path = await page.inputValue('.choice :checked')
        await page.waitForSelector(`#shapes [data-request]:has-text("/try/${path}/1006")`)
        await page.waitForSelector('[data-held]:not(:empty)')
        const [status] = (await textOf(page, '#shapes [data-response]')).split('\n')
        seen.push([status, await page.locator('[data-held]').textContent()])
      }
      const conflict = ['HTTP/1.1 409 Conflict', held(409)]
      expect(seen).toEqual([conflict, conflict, conflict, conflict, ['HTTP/1.1 200 OK', held(200)]])
    }))

  test('an answer that comes late takes no place of a later one', () =>
    onPage({ viewport: DESKTOP }, async (page) => {
      const late: (() => Promise<void>)[] = []
      await page.route('**/try/**/1001', (route) => void late.push(() => route.continue()))
      await page.check('[data-code="1001"] input', { force: true })
      await vi.waitUntil(() => late.length > 0)
      await page.check('[data-code="1003"] input', { force: true })
      await page.waitForSelector('[data-held]:has-text("User locked")')
      await page.waitForSelector('.said[lang=de]:has-text("gesperrt")')
      await Promise.all(late.map((answer) => answer()))
      await page.evaluate(`fetch('/try/errors/1002')`)
      expect(await page.locator('[data-held]').textContent()).toContain('error.code     1003')
      expect(await page.locator('#shapes [data-request]').textContent()).toContain('/1003')
      expect(await page.locator('.said[lang=de]').textContent()).toContain('gesperrt')
    }))

  test('the form shows each fault at its field, in the language of the reader, and focuses the first', () =>
    onPage({}, async (page) => {
      const faults = (): Promise<readonly (readonly unknown[])[]> =>
        page.evaluate(`[...document.querySelectorAll('#form input')].map((input) => [
          input.getAttribute('aria-invalid'),
          document.getElementById(input.getAttribute('aria-describedby')).textContent,
          document.activeElement === input,
        ])`)
      await page.click('#form button')
      await page.waitForSelector('#username:focus')
      expect(await faults()).toEqual([
        ['true', 'Too short; minimum length: 3', true],
        ['true', 'Invalid email address', false],
        ['true', 'Too short; minimum length: 12', false],
      ])
      await page.selectOption('#language', 'de')
      await page.waitForSelector('#username-fault:text-is("Zu kurz; Mindestlänge: 3")')
      await page.fill('#username', 'admin')
      await page.fill('#email', 'al@example.org')
      await page.fill('#password', 'a long password')
      await page.click('#form button')
      await page.waitForSelector('#username-fault:text-is("Benutzername bereits vergeben")')
      expect((await faults()).map(([isInvalid]) => isInvalid)).toEqual(['true', 'false', 'false'])
      await page.fill('#username', `al${Date.now()}`)
      await page.click('#form button')
      await page.waitForSelector('#form [role=status]:text-is("Konto angelegt")')
      expect((await faults()).map(([isInvalid]) => isInvalid)).toEqual(['false', 'false', 'false'])
    }))

  test('the limit is seen coming, and a refusal counts down until the button works again', () =>
    onPage({}, async (page) => {
      await useUp(page)
      await page.waitForSelector('.refusal:not([hidden])')
      expect(await page.getAttribute('[data-left]', 'aria-label')).toBe('0 of 4 requests left')
      expect(await page.isDisabled('#limit button')).toBe(true)
      // One that is disabled indeed would lose it.
      expect(await page.locator('#limit button:focus').count()).toBe(1)
      const [, seconds] = /Retry-After: (\d+)/.exec(
        (await page.locator('#limit [data-response]').textContent())!,
      )!
      const shown = async (): Promise<number> => Number(await textOf(page, '[data-seconds]'))
      expect(await shown()).toBeLessThanOrEqual(Number(seconds))
      expect(await textOf(page, '.refusal')).toMatch(/Rate limited\s+in \d+ seconds?/)
      await page.clock.runFor(3000)
      expect(await shown()).toBeLessThanOrEqual(Number(seconds) - 3)
      await page.clock.runFor(15_000)
      expect(await page.isEnabled('#limit button')).toBe(true)
      expect(await textOf(page, '#limit [role=status]')).toBe('You can try again')
    }))

  test('the client repeats an order that has a key, and none that has not', () =>
    onPage({}, async (page) => {
      await page.click('#retry button')
      for (let attempts = 1; attempts < 3; attempts++) {
        await page.waitForSelector(`.attempts li:nth-child(${attempts})`)
        await page.clock.runFor(2000)
      }
      await page.waitForSelector('#retry [role=status]:text-is("The report is ready")')
      const statuses = await page.locator('.attempts strong').allTextContents()
      expect(statuses).toEqual(['500 Internal Server Error', '500 Internal Server Error', '200 OK'])
      await page.click('.switch')
      await page.click('#retry button')
      await page.waitForSelector('#retry [role=status]:text-is("Report generation failed")')
      await page.clock.runFor(2000)
      expect(await page.locator('.attempts li').count()).toBe(1)
    }))

  test('three logins are answered alike, and the log knows them apart', () =>
    onPage({}, async (page) => {
      const cells = await page.locator('#login td').allTextContents()
      const same = '401 {"code":1002,"message":"Invalid password"}'
      expect(cells).toEqual([
        same,
        '1001 User not found',
        same,
        '1003 User locked',
        same,
        '1002 Invalid password',
      ])
      await page.selectOption('#language', 'de')
      await page.waitForSelector('#login td:has-text("Passwort")')
    }))

  test('begins with the language and the colors of the system, and changes them by its button', () =>
    onPage({ locale: 'zh-HK', colorScheme: 'dark' }, async (page) => {
      expect(await page.inputValue('#language')).toBe('zh-TW')
      expect(await textOf(page, '[data-said]')).toBe('使用者名稱已存在')
      const back = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor')
      expect(await back()).toBe('rgb(14, 17, 22)')
      await page.click('#theme')
      expect(await back()).toBe('rgb(255, 255, 255)')
    }))

  test('is for a browser too that says a locale of POSIX', () =>
    onPage(
      {},
      async (page) => {
        expect(await page.inputValue('#language')).toBe('ja')
      },
      [],
      `Object.defineProperty(navigator, 'languages', { value: ['c@posix', 'ja-JP@posix', 'de'] })`,
    ))

  test('says so when the server is gone', () =>
    onPage(
      {},
      async (page) => {
        expect(await page.isVisible('#gone')).toBe(false)
        await page.route('**/try/**', (route) => route.abort())
        await page.click('#retry button')
        await page.waitForSelector('#gone:not([hidden])')
      },
      ['Failed to fetch'],
    ))

  test('nothing moves for who wants no motion, and nothing is wider than a small phone', () =>
    onPage({ reducedMotion: 'reduce', viewport: { width: 320, height: 640 } }, async (page) => {
      await useAll(page)
      expect(await page.evaluate('document.getAnimations().length')).toBe(0)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
    }))

  test.each([
    ['light', 'en', DESKTOP],
    ['dark', 'ar', { width: 390, height: 844 }],
  ] as const)('axe-core finds nothing in %s for a reader of %s, on %o', (colorScheme, locale, viewport) =>
    // The policy holds for tests, too.
    onPage({ colorScheme, viewport, bypassCSP: true }, async (page) => {
      await page.selectOption('#language', locale)
      await useAll(page)
      // What all rows of the list have, a few have, too.
      await page.fill('#search', '100')
      await page.evaluate(AXE)
      const found =
        await page.evaluate<AxeFindings>(`axe.run({ resultTypes: ['violations'] }).then(({ violations, passes }) => ({
        passed: passes.length,
        violations: violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      }))`)
      expect(found.violations).toEqual([])
      expect(found.passed).toBeGreaterThan(25)
    }),
  )
})

interface AxeFindings {
  readonly passed: number
  readonly violations: readonly (readonly [id: string, elements: readonly string[]])[]
}

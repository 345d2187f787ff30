import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { RequestListener } from 'node:http'
import express from 'express'
import helmet from 'helmet'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reference } from '../../../src/adapters/express/index.ts'
import { getOrMake } from '../../../src/guard/memo.ts'
import { listen } from '../../support/frameworks.ts'
import { isSkipped, launch } from './chromium.ts'
import { manyErrors, shop } from './tea-shop.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const DESKTOP = { width: 1280, height: 800 }
// Most tests are not of the layout, and the browser draws all that is in sight.
const SMALL = { width: 800, height: 400 }
const PHONE = { width: 390, height: 844 }

const rows = (page: Page): Promise<readonly string[]> => page.locator('tbody tr:visible th').allTextContents()
const status = (page: Page): Promise<string | null> => page.locator('[role=status]').textContent()
const press = (page: Page, key: string): Promise<void> => page.keyboard.press(key)

function app(): RequestListener {
  const app = express()
  const pages = { catalog: shop, docsUrl: '/errors/', title: 'Tea Shop' }
  app.use('/helmet', helmet(), reference(pages))
  app.use('/errors', reference(pages))
  app.use('/many', reference({ catalog: manyErrors(1000) }))
  return app
}

describe.skipIf(isSkipped)('the pages in Chromium', () => {
  let browser: Browser
  let origin: string
  let close: () => void

  beforeAll(async () => {
    const { port, server } = await listen(app())
    origin = `http://127.0.0.1:${port}`
    close = () => {
      server.close()
      server.closeAllConnections()
    }
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    close?.()
  })

  // A process of the browser for each kind of context, not for each test: what differs in a context is not in a page.
  const opened = new Map<string, Promise<Page>>()
  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext(options)
    return context.newPage()
  }

  /** Opens a page, uses it, and returns what the browser complained of. */
  async function on(
    path: string,
    { viewport = SMALL, colorScheme = 'light', ...options }: BrowserContextOptions,
    use: (page: Page) => Promise<void>,
  ): Promise<readonly string[]> {
    const page = await getOrMake(opened, JSON.stringify(options), () => open(options))
    await page.goto('about:blank')
    const complaints: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('requestfailed', (request) => complaints.push(request.url()))
    try {
      await page.setViewportSize(viewport!)
      await page.emulateMedia({ colorScheme })
      await page.goto(origin + path)
      await use(page)
    } finally {
      page.removeAllListeners()
    }
    return complaints
  }

  test('/ focuses the search, typing filters and says how many, Escape shows all again', async () => {
    const complaints = await on('/errors/', {}, async (page) => {
      const all = await rows(page)
      expect(all.slice(0, 4)).toEqual(['10000', '10002', '10003', '10010'])
      await press(page, '/')
      await page.keyboard.type('card 402')
      expect(await page.inputValue('[type=search]')).toBe('card 402')
      expect(await rows(page)).toEqual(['10101', '10110'])
      expect(await status(page)).toBe('Matching errors: 2')
      expect(await page.locator('section:visible h2').allTextContents()).toEqual(['Payments 10100–10199'])
      expect(await page.locator('.contents li:visible').allTextContents()).toEqual(['Payments 2'])
      await press(page, 'Escape')
      expect(await rows(page)).toEqual(all)
      expect(await status(page)).toBe('')
    })
    expect(complaints).toEqual([])
  })

  test('Enter opens the only match, and nothing where there are more', async () => {
    const complaints = await on('/errors/', {}, async (page) => {
      await page.fill('[type=search]', 'stock')
      await press(page, 'Enter')
      expect(page.url()).toBe(`${origin}/errors/`)
      await page.fill('[type=search]', 'SÓLD out')
      expect(await status(page)).toBe('One matching error. Press Enter to open it.')
      await press(page, 'Enter')
      await page.waitForURL(`${origin}/errors/10002`)
      expect(await page.textContent('h1')).toBe('10002 Sold out')
    })
    expect(complaints).toEqual([])
  })

  test('a query that nothing matches is said, whatever it holds, and all errors can be had again', async () => {
    const complaints = await on('/errors/', {}, async (page) => {
      await page.fill('[type=search]', '$& <b>{{query}}%query%')
      expect(await rows(page)).toEqual([])
      expect(await status(page)).toBe('No error matches “$& <b>{{query}}%query%”.')
      await page.click('.all')
      expect((await rows(page)).length).toBeGreaterThan(9)
      expect(await page.evaluate("document.activeElement.getAttribute('type')")).toBe('search')
    })
    expect(complaints).toEqual([])
  })

  test('the search of a page of a code leads to the index, where / and Enter go on from it', async () => {
    const complaints = await on('/errors/10003?lang=en', {}, async (page) => {
      await press(page, '/')
      await page.keyboard.type('declined')
      await press(page, 'Enter')
      await page.waitForURL(`${origin}/errors/?lang=en#q=declined`)
      expect(await rows(page)).toEqual(['10101'])
      await press(page, 'Enter')
      await page.waitForURL(`${origin}/errors/10101?lang=en`)
    })
    expect(complaints).toEqual([])
  })

  test('a query that the server has answered can be typed on, among all errors', async () => {
    const complaints = await on('/errors/?q=sold', {}, async (page) => {
      await page.waitForURL(`${origin}/errors/#q=sold`)
      expect(await rows(page)).toEqual(['10002'])
      await page.fill('[type=search]', 'old')
      expect(await rows(page)).toEqual(['10002', '10010'])
    })
    expect(complaints).toEqual([])
  })

  test('without a script, the server filters, and every page can be reached and read', async () => {
    const complaints = await on('/errors/', { javaScriptEnabled: false }, async (page) => {
      await page.fill('[type=search]', 'card 402')
      await page.click('button:visible')
      await page.waitForURL(`${origin}/errors/?q=card+402`)
      expect(await rows(page)).toEqual(['10101', '10110'])
      expect(await status(page)).toBe('Matching errors: 2')
      await page.click('.all')
      await page.waitForURL(`${origin}/errors/`)
      await page.click('text=10002')
      expect(await page.textContent('h1')).toBe('10002 Sold out')
      await page.click('summary')
      await page.click('text=Deutsch')
      await page.waitForURL(`${origin}/errors/10002?lang=de`)
      expect(await page.textContent('h1')).toBe('10002 Ausverkauft')
    })
    expect(complaints).toEqual([])
  })

  test('the example response can be copied', async () => {
    const complaints = await on(
      '/errors/10002',
      { permissions: ['clipboard-read', 'clipboard-write'] },
      async (page) => {
        await page.click('text=Copy')
        await page.waitForSelector('text=Copied')
        const copied = await page.evaluate<string>('navigator.clipboard.readText()')
        expect(copied).toBe(await page.textContent('pre'))
        expect(copied.split('\n')[0]).toBe('HTTP/1.1 409 Conflict')
        expect(JSON.parse(copied.slice(copied.indexOf('{')))).toMatchObject({
          code: 10002,
          message: 'Only 3 of Darjeeling left',
        })
      },
    )
    expect(complaints).toEqual([])
  })

  test.each(['/errors/', '/errors/10002', '/helmet/', '/helmet/10002'])(
    'the policy of %s lets nothing in that the page does not bring, and no text become HTML or a script',
    async (path) => {
      const complaints = await on(path, {}, async (page) => {
        expect(await page.evaluate("getComputedStyle(document.querySelector('.top')).position")).toBe(
          'sticky',
        )
        const done = await page.evaluate(`(() => {
          const outcome = {}
          const attempt = (name, act) => {
            try {
              act()
              outcome[name] = true
            } catch {
              outcome[name] = false
            }
          }
          attempt('innerHTML', () => (document.body.innerHTML = '<b>x</b>'))
          attempt('script', () => (document.createElement('script').text = '1'))
          return outcome
        })()`)
        expect(done).toEqual({ innerHTML: false, script: false })
      })
      // That is what was tried.
      expect(complaints.every((text) => text.includes('Trusted'))).toBe(true)
    },
  )

  test.each(['/errors/', '/errors/10002', '/helmet/', '/helmet/10002', '/many/', '/errors/?q=none'])(
    'the browser has nothing to complain of on %s',
    async (path) => {
      expect(await on(path, {}, (page) => page.waitForTimeout(100))).toEqual([])
    },
  )

  const PAGES = [
    '/errors/',
    '/errors/10002',
    '/errors/10110',
    '/errors/404',
    '/errors/?lang=ar',
    '/errors/10002?lang=ar',
    '/errors/#q=nothing-like-this',
    '/errors/auth%3Aa%2Fb%20%3Cx%3E',
  ]
  // The policy holds for tests, too.
  const bypassCSP = true

  test.each(PAGES)(
    'axe-core finds nothing on %s, 1280 pixels wide, and of colors in the dark',
    async (path) => {
      await on(path, { viewport: DESKTOP, bypassCSP }, async (page) => {
        if ((await page.locator('summary').count()) > 0) await page.click('summary')
        const found = await audit(page)
        expect(found.violations).toEqual([])
        expect(found.passed).toBeGreaterThan(15)
        // Nothing else of a page is another one there.
        await page.emulateMedia({ colorScheme: 'dark' })
        const inDark = await audit(page, { runOnly: ['color-contrast', 'link-in-text-block'] })
        expect(inDark.violations).toEqual([])
        expect(inDark.passed).toBeGreaterThan(0)
      })
    },
  )

  test.each(PAGES.slice(0, 2))('axe-core finds nothing on %s in dark, 390 pixels wide', async (path) => {
    await on(path, { colorScheme: 'dark', viewport: PHONE, bypassCSP }, async (page) => {
      const found = await audit(page)
      expect(found.violations).toEqual([])
      expect(found.passed).toBeGreaterThan(15)
    })
  })

  test('dark and light follow the system', async () => {
    const colors: string[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      await on('/errors/', { colorScheme }, async (page) => {
        colors.push(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor'))
      })
    }
    expect(colors).toEqual(['rgb(255, 255, 255)', 'rgb(14, 17, 22)'])
  })

  test('Arabic is written from the right, and codes and answers from the left', async () => {
    const complaints = await on('/errors/10002?lang=ar', { viewport: DESKTOP }, async (page) => {
      const sides = await page.evaluate(`(() => {
        const box = (selector) => document.querySelector(selector).getBoundingClientRect()
        const direction = (selector) => getComputedStyle(document.querySelector(selector)).direction
        return {
          page: document.documentElement.dir,
          isBrandRight: box('.brand').right > innerWidth / 2,
          isSampleLeft: box('.sample').right < innerWidth / 2,
          title: document.title,
          code: direction('h1 code'),
          answer: direction('pre'),
        }
      })()`)
      expect(sides).toEqual({
        page: 'rtl',
        isBrandRight: true,
        isSampleLeft: true,
        title: '10002 نفدت الكمية · Tea Shop',
        code: 'ltr',
        answer: 'ltr',
      })
    })
    expect(complaints).toEqual([])
  })

  test.each(['/errors/', '/errors/10002', '/errors/auth%3Aa%2Fb%20%3Cx%3E', '/many/'])(
    'nothing of %s is wider than a small phone',
    async (path) => {
      await on(path, { viewport: { width: 320, height: 640 } }, async (page) => {
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
      })
    },
  )

  test('the first letter among 1,000 errors reads each cell once, the next ones none, and no row has a layout of its own', async () => {
    await on('/many/', { viewport: PHONE }, async (page) => {
      const session = await page.context().newCDPSession(page)
      await session.send('Performance.enable')
      const layouts = async (): Promise<number> => {
        const { metrics } = await session.send('Performance.getMetrics')
        return metrics.find(({ name }) => name === 'LayoutCount')!.value
      }
      await page.evaluate(`(() => {
        const { get, set } = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent')
        window.reads = 0
        Object.defineProperty(Node.prototype, 'textContent', {
          get() {
            reads++
            return get.call(this)
          },
          set,
        })
      })()`)
      const counts: { reads: number; layouts: number }[] = []
      for (const query of ['t', 'ta', 'taken', 'taken 409', '']) {
        const before = await layouts()
        const reads = await page.evaluate<number>(`(() => {
          const input = document.querySelector('[type=search]')
          reads = 0
          input.value = ${JSON.stringify(query)}
          input.dispatchEvent(new Event('input'))
          // What it looks like has to be known before it is shown.
          document.body.getBoundingClientRect()
          return reads
        })()`)
        counts.push({ reads, layouts: (await layouts()) - before })
      }
      const cells = await page.locator('tbody tr > *').count()
      expect(cells).toBeGreaterThanOrEqual(2000)
      const [first, ...next] = counts
      // And the headings.
      expect(first!.reads).toBeLessThan(cells + 100)
      expect(next.map(({ reads }) => reads)).toEqual([0, 0, 0, 0])
      // One for the test, and some of frames that the browser draws meanwhile.
      for (const { layouts } of counts) expect(layouts).toBeLessThan(10)
    })
  })
})

interface AxeFindings {
  readonly passed: number
  readonly violations: readonly (readonly [id: string, elements: readonly string[]])[]
}

/** What axe-core finds, and how many of its rules hold. */
async function audit(page: Page, options: object = {}): Promise<AxeFindings> {
  await page.evaluate(AXE)
  return page.evaluate<AxeFindings>(`axe.run(${JSON.stringify({ ...options, resultTypes: ['violations'] })}).then(({ violations, passes }) => ({
    passed: passes.length,
    violations: violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
  }))`)
}

import { createInstance } from 'i18next'
import { parse } from 'parse5'
import { describe, expect, test } from 'vitest'
import { catalog as cdn } from '../../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../../src/catalogs/gateway.ts'
import { catalog as http } from '../../../src/catalogs/http.ts'
import { catalog as secrets } from '../../../src/catalogs/secrets.ts'
import { codeBlock, codeSpan, escapeMarkdown } from '../../../src/contract/docs/markdown/escape.ts'
import { createPageCache } from '../../../src/contract/docs/page-cache.ts'
import { createReference } from '../../../src/contract/docs/reference.ts'
import type { ReferenceOptions } from '../../../src/contract/docs/options.ts'
import { createDump } from '../../../src/contract/dump/create.ts'
import { parseDump } from '../../../src/contract/dump/parse.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { manyErrors, shop } from './tea-shop.ts'

type Get = (url: string, accept?: string) => string

/** Asks for pages as an adapter does. */
function site(options: ReferenceOptions): Get {
  const answer = createReference(options)
  return (url, accept) => {
    const reply = answer({
      method: 'GET',
      url,
      sentUrl: `/errors${url}`,
      accept,
      acceptLanguage: undefined,
      ifNoneMatch: undefined,
    })
    return reply === undefined ? 'no page' : reply.body.toString()
  }
}

/** What a browser would have to put right. */
function faultsOf(html: string): readonly string[] {
  const faults: string[] = []
  parse(html, { onParseError: ({ code }) => faults.push(code) })
  return faults
}

describe.each([cdn, cloudWaf, gateway, secrets, http, shop])('the pages of $name', (catalog) => {
  const get = site({ catalog, docsUrl: '/errors/' })
  const dump = createDump(catalog)
  const addresses = ['', ...dump.entries.map(({ code }) => encodeURIComponent(String(code)))]

  test('every code has one, which is whole HTML, in its own language and another, and so every language', () => {
    const { locales, sourceLocale } = dump
    for (const [index, address] of addresses.entries()) {
      // A page is a frame that is one for all codes, and texts that are escaped: each code and each language is seen.
      for (const locale of new Set([sourceLocale, locales[index % locales.length]!])) {
        const html = get(`/${address}?lang=${locale}`)
        expect([address, locale, faultsOf(html)]).toEqual([address, locale, []])
        expect(html).not.toContain('undefined')
        expect(html).not.toContain('{{')
      }
    }
    expect(addresses.length).toBeGreaterThan(8)
    expect(addresses.length).toBeGreaterThanOrEqual(locales.length)
  })

  test('every generic code has one', () => {
    for (const { code } of Object.values(dump.foreign.byStatus)) {
      expect(get(`/${encodeURIComponent(String(code))}`)).toContain('<h1>')
    }
  })

  test('all that a page links to is there', () => {
    const linked = new Map<string, string>()
    for (const [index, address] of addresses.entries()) {
      for (const [, href] of get(`/${address}`).matchAll(/(?:href|src|action)="([^"#]+)/g)) {
        const url = new URL(href!.replaceAll('&amp;', '&'), `http://host/${address}`)
        // Every page has itself in every language: those of some are enough.
        if (url.searchParams.has('lang') && index % 10 > 0) continue
        linked.set(url.pathname + url.search, address)
      }
    }
    expect(linked.size).toBeGreaterThan(addresses.length)
    expect([...linked].filter(([url]) => get(url) === 'no page')).toEqual([])
  })

  test('Markdown has no raw brace outside code, and JSON is JSON', () => {
    for (const address of addresses) {
      const markdown = get(`/${address}?format=md`).replaceAll(/^(`{3,})http\n[\s\S]*?^\1$/gm, '')
      expect(markdown).not.toMatch(/[{}]/)
      expect(markdown).toMatch(/^# /)
      expect(JSON.parse(get(`/${address}?format=json`))).toMatchObject({ catalog: catalog.name })
    }
  })

  test('the catalog that is served is a dump that is read', () => {
    const served = parseDump(get('/_/catalog.json'), 'catalog.json')
    expect(served.entries).toEqual(dump.entries)
  })
})

describe('a page', () => {
  const get = site({ catalog: shop, docsUrl: '/errors/' })

  test('tells all that is known of an error', () => {
    expect(JSON.parse(get('/10002?format=json'))).toEqual({
      catalog: 'shop',
      locale: 'en',
      code: 10002,
      errors: [
        {
          code: 10002,
          status: 409,
          title: 'Sold out',
          message: 'Only {{left}} of {{product}} left',
          description: 'Another customer has ordered the last pieces.',
          action: 'Order fewer pieces, or wait.',
          module: 'Stock',
          retryable: true,
          retryAfter: 3600,
          deprecated: true,
          useInstead: 10003,
          parent: 10000,
          example: expect.objectContaining({
            status: 409,
            body: '{"code":10002,"message":"Only 3 of Darjeeling left"}',
          }),
        },
      ],
    })
  })

  test('is Markdown that can be read as it is', () => {
    expect(get('/10002?format=md')).toBe(`# \`10002\` Sold out

> **Deprecated.** This error is kept for existing clients. Do not rely on it in new code. Use instead: [\`10003\`](10003?format=md) Product no longer available

## Meaning

Another customer has ordered the last pieces.

## What to do

Order fewer pieces, or wait.

## Message

Only &#123;&#123;left&#125;&#125; of &#123;&#123;product&#125;&#125; left

- HTTP status: 409 Conflict
- Can be retried: Yes, the same request may succeed later
- Wait before retrying: 1 hour
- Module: Stock
- More general error: [\`10000\`](10000?format=md) Stock conflict

## Example response

\`\`\`http
HTTP/1.1 409 Conflict
X-Stock: low
Content-Type: application/json; charset=utf-8
Content-Language: en
Retry-After: 3600
Link: </errors/10002>; rel="help"

{
  "code": 10002,
  "message": "Only 3 of Darjeeling left"
}
\`\`\`

[Error codes](./?format=md)
`)
  })

  test('shows all errors of a code', () => {
    const html = get('/10110')
    expect(html).toContain('Several errors have this code.')
    expect(html).toContain('Above the limit of the card')
    expect(html).toContain('Above the limit of the day')
  })

  test('marks a text that is not in its language', () => {
    expect(get('/10003?lang=de')).toContain('Produkt nicht mehr verfügbar')
    expect(get('/10101?lang=de')).toContain('lang="en" dir="ltr"')
  })

  test("shows the answer in the app's own envelope, and with its status", () => {
    const own = site({
      catalog: shop,
      envelope: ({ code, message }) => ({ fault: { code, text: message } }),
      httpStatus: 200,
    })
    const { errors } = JSON.parse(own('/10003?format=json')) as {
      errors: { status: number; example: object }[]
    }
    expect(errors).toMatchObject([
      {
        status: 200,
        example: { status: 200, body: '{"fault":{"code":10003,"text":"Product no longer available"}}' },
      },
    ])
  })

  test("has the texts of an app's i18next, which may be loaded later, and change", async () => {
    const catalog = defineCatalog({ name: 'app', errors: { GONE: { status: 410, message: 'Gone' } } })
    const i18n = createInstance()
    const own = site({ catalog, i18n })
    expect(own('/GONE?lang=de')).toContain('Gone')
    await i18n.init({ lng: 'de', resources: { de: { app: { GONE: { message: 'Weg' } } } } })
    expect(own('/GONE?lang=de')).toContain('Weg')
    i18n.addResourceBundle('fr', 'app', { GONE: { message: 'Parti' } })
    expect(own('/GONE?lang=fr')).toContain('Parti')
  })

  test('does not name what is hidden, nor what only other errors lead to', () => {
    const own = site({ catalog: shop, hide: ['STOCK', 10003] })
    for (const url of ['/10002', '/10002?format=json', '/10002?format=md', '/_/catalog.json', '/']) {
      expect(own(url)).not.toMatch(/Stock conflict|no longer available|GONE|"STOCK"/)
    }
    expect(own('/10000')).toBe('no page')
  })

  test('has words of the app in a language that we do not have', () => {
    const catalog = defineCatalog({ name: 'app', errors: { GONE: { status: 410, message: 'Gone' } } })
    const locales = {
      eo: { app: { GONE: { message: 'For' } }, reference: { error_codes: { message: 'Erarkodoj' } } },
    }
    expect(site({ catalog, locales })('/?lang=eo')).toContain('<h1>Erarkodoj</h1>')
  })
})

describe('the index of 1,000 errors', () => {
  const get = site({ catalog: manyErrors(1000) })

  test('is small enough for a phone', () => {
    expect(Buffer.byteLength(get('/'))).toBeLessThan(150_000)
  })
})

describe('text in Markdown', () => {
  test.each([
    ['{{left}} of {x}', '&#123;&#123;left&#125;&#125; of &#123;x&#125;'],
    ['<script> & <b>', '&lt;script&gt; &amp; &lt;b&gt;'],
    ['a | b', 'a \\| b'],
    ['*a* `b` [c](d) ~~e~~', '\\*a\\* \\`b\\` \\[c\\](d) \\~\\~e\\~\\~'],
    ['snake_case and _word_', 'snake_case and \\_word\\_'],
    ['# a', '\\# a'],
    ['- a', '\\- a'],
    ['1. a', '1\\. a'],
    ['::: warning', '\\::: warning'],
    [':tada: 10:30', '\\:tada: 10:30'],
    ['two\n\nlines', 'two lines'],
    ['C:\\x', 'C:\\\\x'],
  ])('%j is %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected)
  })

  test.each([
    ['SOLD_OUT', '`SOLD_OUT`'],
    ['a`b', '`` a`b ``'],
    ['{{x}}', '&#123;&#123;x&#125;&#125;'],
    ['a|b', 'a\\|b'],
  ])('the code %j is %j', (text, expected) => {
    expect(codeSpan(text)).toBe(expected)
  })

  test('a block ends where its fence does', () => {
    expect(codeBlock('http', 'a\n```\nb')).toBe('````http\na\n```\nb\n````')
  })
})

describe('the memory of pages', () => {
  test('is bounded by their sizes, and forgets the oldest', () => {
    let made = 0
    const cached = createPageCache<string>(10, (page) => page.length)
    const get = (key: string, size: number): string =>
      cached(key, () => {
        made++
        return key.repeat(size)
      })
    get('a', 4)
    get('b', 4)
    get('a', 4)
    expect(made).toBe(2)
    get('c', 4)
    get('b', 4)
    expect(made).toBe(3)
    get('a', 4)
    expect(made).toBe(4)
    expect(get('d', 11)).toBe('d'.repeat(11))
    get('d', 11)
    expect(made).toBe(6)
  })

  test('the same page is the same bytes', () => {
    const answer = createReference({ catalog: shop })
    const request = {
      method: 'GET',
      url: '/10003',
      sentUrl: '/errors/10003',
      accept: undefined,
      acceptLanguage: undefined,
      ifNoneMatch: undefined,
    }
    expect(answer(request)?.body).toBe(answer(request)?.body)
  })
})

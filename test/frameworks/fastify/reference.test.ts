import { expect } from 'vitest'
import { reference } from '../../../src/adapters/fastify/index.ts'
import { catalog } from '../../../src/catalogs/cloud-waf.ts'
import { onFastify } from './apps.ts'
import { ask, missing } from './whole.ts'

for (const [where, prefix, base] of [
  ['by itself', undefined, '/errors'],
  ['below a prefix', '/docs/errors', '/docs/errors'],
] as const) {
  onFastify(
    `reference serves the pages of a catalog, ${where}`,
    {
      routes: (app) =>
        app.register(reference, { catalog, title: 'Our API', ...(prefix !== undefined && { prefix }) }),
    },
    async ({ port, reported }) => {
      const get = (path: string, headers = {}, method = 'GET'): Promise<string> =>
        ask(port, `${base}${path}`, { method, headers })
      const index = await get('/', { Accept: 'text/html' })
      expect(index).toMatch(/^content-type: text\/html; charset=utf-8\r$/m)
      expect(index).toMatch(/^vary: Accept, Accept-Language\r$/m)
      expect(index).toContain('Our API')
      const page = await get('/1006', { Accept: 'application/json' })
      expect(JSON.parse(page.split('\r\n\r\n')[1]!)).toMatchObject({ code: 1006 })
      expect(await get('/1006?format=md&lang=de')).toMatch(/^content-language: de\r$/m)
      const etag = /^etag: (.*)\r$/m.exec(page)![1]!
      const unchanged = await get('/1006', { Accept: 'application/json', 'If-None-Match': etag })
      expect(unchanged).toMatch(/^HTTP\/1\.1 304 [^]*\r\n\r\n$/)
      expect(unchanged).not.toMatch(/^content-(?:length|type)/m)
      const head = await get('/1006', { Accept: 'application/json' }, 'HEAD')
      expect(head).toBe(`${page.split('\r\n\r\n')[0]}\r\n\r\n`)
      expect(await get('?q=a')).toMatch(/^location: errors\/\?q=a\r$/m)
      for (const path of ['/nowhere', '/10/06', '/..%2f']) {
        // oxlint-disable-next-line no-await-in-loop
        const answer = await get(path)
        expect(JSON.parse(answer.split('\r\n\r\n')[1]!), path).toEqual(missing)
      }
      await reported(3)
      return [index, page]
    },
  )
}

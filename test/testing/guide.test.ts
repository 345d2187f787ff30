// The tests that the guide shows, as they are.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import request from 'supertest'
import { afterAll, expect, test } from 'vitest'
import '../../src/testing/vitest.ts'
import { moduleOf, pageOf } from '../docs/pages.ts'

const FOLDER = 'test/docs/recipes-testing'
const { text, fences } = pageOf('testing')

for (const { path, code } of fences) {
  mkdirSync(dirname(`${FOLDER}/${path}`), { recursive: true })
  writeFileSync(`${FOLDER}/${path}`, moduleOf(code))
}
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

const tests = fences.filter(({ path }) => path.endsWith('.test.ts'))
await Promise.all(tests.map(({ path }) => import(/* @vite-ignore */ `../../${FOLDER}/${path}`)))

test('the guide shows tests, which have run', () => {
  expect(tests.map(({ path }) => path)).toEqual(['orders.test.ts', 'service.test.ts', 'limits.test.ts'])
})

test('the guide shows what a failure says', async () => {
  const { app } = (await import(/* @vite-ignore */ `../../${FOLDER}/app.ts`)) as {
    app: Parameters<typeof request>[0]
  }
  const { shop } = (await import(/* @vite-ignore */ `../../${FOLDER}/catalog.ts`)) as {
    shop: { errors: { BUSY: () => Error & { readonly key: unknown } } }
  }
  const answer = await request(app).post('/orders/Assam')
  const [, shown] = /^```\n(expect[^]*?)\n```$/m.exec(text)!
  let said = ''
  try {
    expect(answer).toBeBizError(shop.errors.BUSY, { status: 429 })
  } catch (error) {
    said = stripVTControlCharacters((error as Error).message)
  }
  expect(said).toBe(shown)
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, describe } from 'vitest'
import { fences, moduleOf } from '../docs/pages.ts'

const folder = mkdtempSync('test/docs/recipes-')
afterAll(() => rmSync(folder, { recursive: true }))

// Where they are loaded, the tests of the guide's blocks become tests of this file.
describe('the guide shows a test that passes', async () => {
  for (const [index, { code }] of fences.filter(({ code }) => /^test\(/m.test(code)).entries()) {
    const name = `${basename(folder)}/test-${index + 1}.ts`
    writeFileSync(`test/docs/${name}`, moduleOf(code))
    await import(/* @vite-ignore */ `../docs/${name}`)
  }
})

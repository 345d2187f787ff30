import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { storeContract } from 'bizerror/testing'
import { FAULTS } from '../testing/faults.ts'
import { guideStore } from '../testing/guide-store.ts'
import { pageOf } from './pages.ts'

const page = pageOf('own-store')
const folder = mkdtempSync('test/docs/recipes-own-store-')
afterAll(() => rmSync(folder, { recursive: true }))

test("the guide's store passes the guide's test, with node:test", async () => {
  for (const { path, code } of page.fences) writeFileSync(join(folder, path), code)
  const script = ['--import', 'tsx', '--test-reporter', 'tap', join(folder, 'my-store.test.ts')]
  const { stdout } = await promisify(execFile)(process.execPath, script)
  const cases = storeContract(await guideStore()).length
  expect(stdout).toContain(`# pass ${cases}\n`)
  expect(stdout).toContain('# fail 0\n')
})

test('the guide shows what a failure says', async () => {
  const [, shown] = page.text.match(/^```\n(An [^]*?)\n```$/m)!
  const fault = FAULTS.find(({ fault }) => fault === 'a count begins anew with another number')!
  const cases = storeContract(await guideStore(fault))
  const { run } = cases.find(({ title }) => title === 'a number that changes keeps what was counted')!
  const failure = await run().catch((error: unknown) => error)
  expect(anyKey((failure as Error).message)).toBe(anyKey(shown!))
})

/** The keys of each run are others. */
function anyKey(text: string): string {
  return text.replace(/'[0-9a-f]{8}/, "'")
}

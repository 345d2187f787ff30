import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLoader } from '../../../src/contract/cli/load/loader.ts'
import { project, SHOP } from './run.ts'

const PROGRAM = new URL('../../../dist/cli/catalog-worker.js', import.meta.url)

test.each([
  ['waits for ever', `await new Promise(() => {})\n${SHOP}`],
  ['loops for ever', `${SHOP}\nfor (;;);`],
])('a module that %s is given up, and said so', async (_, module) => {
  const { folder } = project({ 'errors.mjs': module })
  const loader = createLoader(folder, 0.5, PROGRAM)
  const named = { given: 'errors.mjs', file: join(folder, 'errors.mjs'), export: undefined }
  await expect(
    loader.ask({
      ask: 'catalogs',
      catalogs: [named],
      handler: undefined,
      locales: undefined,
      api: undefined,
    }),
  ).rejects.toThrow(
    'errors.mjs did not come to an end within 0.5 s. Put the catalog into a module of its own.',
  )
  loader.close()
})

test('a config and the catalogs that it names are modules, both of which are loaded', async () => {
  const { bizerror } = project({
    'errors.mjs': SHOP,
    'bizerror.config.mjs': "export default { catalogs: ['./errors.mjs'] }",
  })
  expect(await bizerror(['dump'])).toEqual({ code: 0, out: '', err: 'errors.json: 2 errors of shop in en\n' })
})

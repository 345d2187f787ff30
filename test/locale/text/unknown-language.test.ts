import { expect, test } from 'vitest'
import { built } from '../../support/built.ts'
import { run } from '../../support/command.ts'

const script = built(new URL('unknown-language-probe.ts', import.meta.url))

test.each([
  ['en_US.UTF-8', 'en-US'],
  ['pl_PL.UTF-8', 'pl-PL'],
])('texts in a language that Intl does not know are the same on a server in %s', (LC_ALL, language) => {
  const { stdout, stderr } = run(process.execPath, [script], { env: { LC_ALL } })
  const fields = [
    { path: 'name', code: 'invalid_type', message: 'string or null', params: { expected: 'string, null' } },
  ]
  expect([stderr, JSON.parse(stdout)]).toEqual(['', [language, 'other: 3', { fields }]])
})

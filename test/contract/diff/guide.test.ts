import { expect, test } from 'vitest'
import { RULES } from '../../../src/contract/diff/rules.ts'
import { pageOf } from '../../docs/pages.ts'

test('the guide says of every rule what has changed, and its level', () => {
  const rows = pageOf('diff')
    .text.split('\n')
    .filter((line) => /^\| `[a-z]/.test(line))
  const told = rows.flatMap((row) =>
    [...row.split('|')[1]!.matchAll(/`([a-z-]+)`/g)].map(([, rule]) => rule!),
  )
  expect(told.sort()).toEqual(Object.keys(RULES).sort())
})

test('the guide says what is told besides changes', () => {
  expect(pageOf('diff').text).toContain('`version-not-major`')
})

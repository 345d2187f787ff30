import { expect, test } from 'vitest'
import { createShapes } from '../../src/answer/shape.ts'

const envelope = (): object => ({})

test('shapes by media type are chosen by Accept, the first for who asks for none', () => {
  const { first, choose } = createShapes({
    'application/json': 'nested',
    'application/problem+json': 'problem',
  })
  const nested = { envelope: 'nested', contentType: 'application/json; charset=utf-8' }
  expect([first, choose?.(undefined), choose?.('application/problem+json')]).toEqual([
    nested,
    nested,
    { envelope: 'problem', contentType: 'application/problem+json' },
  ])
})

test('one shape leaves nothing to choose, so that no answer varies by Accept', () => {
  const json = 'application/json; charset=utf-8'
  expect(
    [undefined, 'flat', envelope, { 'application/json': 'flat' }, { 'application/x+json': envelope }].map(
      (option) => createShapes(option as 'flat'),
    ),
  ).toEqual([
    { first: undefined, choose: undefined },
    { first: { envelope: 'flat', contentType: json }, choose: undefined },
    { first: { envelope, contentType: json }, choose: undefined },
    { first: { envelope: 'flat', contentType: json }, choose: undefined },
    { first: { envelope, contentType: 'application/x+json' }, choose: undefined },
  ])
})

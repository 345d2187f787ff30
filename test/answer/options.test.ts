import { describe, expect, test } from 'vitest'
import { ANSWER_CHECKS, checkReveal } from '../../src/answer/options.ts'
import { SetupError } from '../../src/guard/setup-error.ts'

describe('docsUrl', () => {
  const [isAddress, remedy] = ANSWER_CHECKS.docsUrl

  test.each([
    'http://x.y/',
    'https://x.y/errors?code=',
    'https://x.y:8443/#',
    'https://[::1]/',
    '/',
    '/errors/',
    '/a%2Fb%fF%09/',
    "/-._~:/?#[]@!$&'()*+,;=aZ09",
  ])('can be %j', (address) => {
    expect(isAddress(address)).toBe(true)
  })

  test.each([
    '',
    'errors/',
    'x/errors/',
    'ftp://x.y/',
    'xhttps://x.y/',
    'javascript:alert(1)',
    '//x.y/',
    'http:/x.y/',
    'https://',
    'https:///x',
    'https://?code=',
    'https://x.y:99999/',
    'https://user@x.y/',
    'https://:password@x.y/',
    '/a b',
    '/a\n',
    '\n/a',
    '/a"b',
    '/a<b>',
    '/a\\b',
    '/größe',
    '/a%',
    '/a%2',
    '/a%2g',
    '/a%g2',
    7,
    null,
    undefined,
    ['/'],
    new URL('https://x.y/'),
  ])('cannot be %j', (address) => {
    expect(isAddress(address)).toBe(false)
  })

  test('has a remedy', () => {
    expect(remedy).toBe(
      'an http or https address without a user, or a path that starts with /, to which the code is appended; or a function of the error',
    )
  })
})

describe('reveal', () => {
  test.each([
    [undefined, {}],
    [{}, {}],
    [{ values: undefined }, {}],
    [{ values: false }, { values: false }],
    [
      { values: true, params: true, foreignMessages: true },
      { values: true, params: true, foreignMessages: true },
    ],
  ])('%j is read as %j', (reveal, read) => {
    expect(checkReveal(reveal)).toEqual(read)
  })

  test('is refused with what else it may hold', () => {
    expect(() => checkReveal({ values: 1 as never })).toThrow(
      new SetupError('Option reveal.values is 1. Give true or false.'),
    )
    expect(() => checkReveal({ value: true } as never)).toThrow(
      new SetupError('Option reveal has no "value". Did you mean values?'),
    )
  })
})

import { describe, expect, test } from 'vitest'
import {
  axiosErrors,
  axiosRetryOptions,
  createClient,
  createReader,
  gotErrors,
  kyErrors,
  ofetchErrors,
  openapiFetchErrors,
} from '../../src/client/index.ts'

const HOOKS = { axiosErrors, axiosRetryOptions, gotErrors, kyErrors, ofetchErrors, openapiFetchErrors }

describe.each(Object.entries(HOOKS) as [string, (api: never) => unknown][])('%s', (name, hook) => {
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['object', null],
    ['object', {}],
    ['object', { catalog: {} }],
    ['object', Promise.resolve(createReader())],
    ['function', createReader],
    ['string', 'https://api.example.com'],
  ])('refuses what is no reader when it is set up: %s %j', (type, api) => {
    expect(() => hook(api as never)).toThrow(
      new TypeError(
        `${name} was given a value of type ${type}. Give what createClient or createReader returned: ${name}(api).`,
      ),
    )
  })

  test('takes a reader, and a client', () => {
    expect(hook(createReader() as never)).toEqual(expect.anything())
    expect(hook(createClient() as never)).toEqual(expect.anything())
  })
})

import { expect, test } from 'vitest'
import * as express from '../../src/adapters/express/index.ts'
import * as koa from '../../src/adapters/koa/index.ts'
import { SetupError } from '../../src/guard/setup-error.ts'

const mistakes: readonly (readonly [call: string, options: unknown, message: string])[] = [
  ['requestId', { genrate: () => 'x' }, 'requestId has no "genrate". Did you mean generate?'],
  ['requestId', { generate: 5 }, 'Option generate is 5. Give a function that returns an id.'],
  [
    'requestId',
    null,
    'requestId was called with null. Give { header }, { generate }, { context }, or nothing.',
  ],
  ['requestId', { header: 7 }, 'Option header is 7. Give the name of a header that only an id is in'],
  ['requestId', { header: 'X Id' }, 'Option header is "X Id". Give the name of a header'],
  ['requestId', { header: '' }, 'Option header is "". Give the name of a header'],
  ['requestId', { header: 'Set-Cookie' }, 'Option header is "Set-Cookie". Give the name of a header'],
  ['requestId', { header: 'content-length' }, 'Option header is "content-length". Give the name of a header'],
  ['requestId', { header: 'Authorization' }, 'Option header is "Authorization". Give the name of a header'],
  ['errorHandler', null, 'errorHandler was called with null. Give an object of options, or nothing.'],
  ['errorHandler', { catalog: new Map() }, 'Option catalog is an object. Give what defineCatalog returned.'],
  ['errorHandler', { locales: new URL('https://x.example/') }, 'Option locales is an object. Give a folder'],
]

for (const [name, face] of Object.entries({ Express: express, Koa: koa })) {
  for (const [call, options, message] of mistakes) {
    test(`${call} on ${name} refuses ${JSON.stringify(options)} when it is called`, () => {
      const make = face[call as 'requestId' | 'errorHandler'] as (options: unknown) => unknown
      expect(() => make(options)).toThrow(SetupError)
      expect(() => make(options)).toThrow(message)
    })
  }
}

test('asyncHandler refuses what is no handler', () => {
  expect(() => Reflect.apply(express.asyncHandler, undefined, [undefined])).toThrow(
    new SetupError('asyncHandler was called with undefined. Give the handler to wrap.'),
  )
})

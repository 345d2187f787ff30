import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Code } from '../../../src/catalog/code.ts'
import { ENVELOPES, type EnvelopeName } from '../../../src/catalog/envelope.ts'
import { clientOf } from '../../../src/contract/codegen/client.ts'
import { generateClient, LANGUAGES, type LanguageName } from '../../../src/contract/codegen/generate.ts'
import { SHAPES } from '../../../src/contract/codegen/shape.ts'
import { capitals, pascal, wordsOf } from '../../../src/contract/codegen/words.ts'
import { parseDump } from '../../../src/contract/dump/parse.ts'
import { writeDump } from '../../../src/contract/dump/write.ts'
import { SetupError } from '../../../src/guard/setup-error.ts'
import { anyDump } from './any-dump.ts'
import { dumps } from './clients.ts'

describe('a key', () => {
  test.each<[key: Code, inCapitals: string, inPascal: string]>([
    [10002, 'E10002', 'E10002'],
    [-1003, 'E_MINUS_1003', 'EMinus1003'],
    ['SOLD_OUT', 'SOLD_OUT', 'SoldOut'],
    ['soldOut', 'SOLD_OUT', 'SoldOut'],
    ['user.not-found', 'USER_NOT_FOUND', 'UserNotFound'],
    ['HTTPError', 'HTTP_ERROR', 'HttpError'],
    ['X509Cert', 'X509_CERT', 'X509Cert'],
    ['2FA_REQUIRED', '2FA_REQUIRED', '2faRequired'],
    ['🙂_face', 'U1F642_FACE', 'U1f642Face'],
    ['---', 'U2D_U2D_U2D', 'U2dU2dU2d'],
  ])('%j has words', (key, inCapitals, inPascal) => {
    expect([capitals(wordsOf(key)), pascal(wordsOf(key))]).toEqual([inCapitals, inPascal])
  })
})

describe('a shape', () => {
  const told = {
    code: 2,
    parent: 1,
    status: 409,
    message: 'm',
    locale: 'en',
    retryable: false,
    details: { a: 1 },
    requestId: 'r',
    errors: [{ code: 3, status: 409, message: 'n', locale: 'en', retryable: false }],
  }

  test.each(Object.keys(ENVELOPES) as EnvelopeName[])('%s stands where the envelope writes it', (name) => {
    const { within, message, details, requestId, finer, further } = SHAPES[name]
    const whole = ENVELOPES[name].error(told) as Readonly<Record<string, unknown>>
    const body = (within === undefined ? whole : whole[within]) as Readonly<Record<string, unknown>>
    const written = finer === 'in the message' ? '(2) m' : 'm'
    expect(body).toMatchObject({ code: finer === undefined ? 2 : 1, [message]: written, [details]: { a: 1 } })
    if (finer === 'sub_code') expect(body[finer]).toBe(2)
    if (requestId !== undefined) expect(body[requestId]).toBe('r')
    expect(body['errors']).toMatchObject([{ code: 3, [SHAPES[further].message]: 'n' }])
  })
})

test('an error that is concealed, and the success, have no constant', () => {
  const { errors } = clientOf({
    ...dumps.mixed,
    success: { code: -5, message: 'OK' },
    handler: {
      conceal: [
        { errors: ['BIG', 'OLD'], as: 'OLD' },
        { status: 409, as: 'TAKEN' },
      ],
    },
  })
  expect(errors.map(({ key }) => key)).toEqual(['BUSY', 'TAKEN', 1006, 'HUGE', 'OLD', 'OLDER'])
})

describe.each(Object.keys(LANGUAGES) as LanguageName[])('%s', (language) => {
  test('is written of any dump, the same each time, or refused with both keys', () => {
    fc.assert(
      fc.property(anyDump, (given) => {
        const dump = parseDump(writeDump(given), 'errors.json')
        let text: string
        try {
          text = generateClient(dump, language)
        } catch (error) {
          expect(error).toBeInstanceOf(SetupError)
          expect((error as Error).message).toMatch(
            /^Catalog hostile, errors .+ and .+: both would be \w+ in \w+\. Give .+$/,
          )
          return
        }
        expect(generateClient(dump, language)).toBe(text)
        // Nothing is in it that is not seen, or ends a line.
        expect(text).not.toMatch(/[^\P{C}\n\t]|[\u2028\u2029]/u)
        expect(text.isWellFormed()).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})

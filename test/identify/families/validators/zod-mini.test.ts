import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { invalid, told } from './told.ts'
import { failureOf } from '../../../support/failure-of.ts'

describe('zod/mini', () => {
  test('tells all but what is missing, of which its errors without a language say nothing', async () => {
    const schema = z.object({ a: z.string(), b: z.number().check(z.minimum(3)), c: z.email() })
    expect(told(await failureOf(() => schema.parse({ b: 1, c: 'hunter2' })))).toEqual(
      invalid(
        ['a', 'invalid_type', 'Wrong type; expected: string', { expected: 'string' }],
        ['b', 'too_small', 'Too small; minimum: 3', { min: 3 }],
        ['c', 'invalid_email', 'Invalid email address'],
      ),
    )
  })
})

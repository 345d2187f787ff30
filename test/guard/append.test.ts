import { describe, expect, test } from 'vitest'
import { appendVary } from '../../src/guard/append.ts'

describe('appendVary', () => {
  const table: readonly (readonly [vary: string | undefined, name: string, appended: string])[] = [
    [undefined, 'Accept-Language', 'Accept-Language'],
    ['', 'Accept-Language', 'Accept-Language'],
    ['Origin', 'Accept-Language', 'Origin, Accept-Language'],
    ['Origin, Accept-Encoding', 'Accept', 'Origin, Accept-Encoding, Accept'],
    ['accept-language', 'Accept-Language', 'accept-language'],
    ['Origin ,ACCEPT-LANGUAGE', 'Accept-Language', 'Origin ,ACCEPT-LANGUAGE'],
    ['*', 'Accept-Language', '*'],
    ['Origin, *', 'Accept-Language', 'Origin, *'],
  ]
  for (const [vary, name, appended] of table) {
    test(`makes "${appended}" of ${JSON.stringify(vary)} and ${name}`, () => {
      expect(appendVary(vary, name)).toBe(appended)
    })
  }
})

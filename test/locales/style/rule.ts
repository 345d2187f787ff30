import { describe, expect, test } from 'vitest'
import { byLocale, english, isVendorText } from '../texts.ts'

/** A text, and what a rule has to know of it. */
export interface Text {
  readonly locale: string
  /** `<file>/<code>/<field>` */
  readonly key: string
  readonly text: string
  readonly source: string
}

interface Rule {
  /** The languages that it is for: all but en, whose texts are those of the reference documents. */
  readonly locales?: readonly string[]
  /** What is wrong with a text: the words or characters themselves, or nothing. */
  readonly faults: (text: Text) => readonly string[]
  /** Texts that break it, each with its locale, and with a source where that matters. */
  readonly finds: readonly (readonly [locale: string, text: string, source?: string])[]
}

/** Holds a rule of style against the texts of every language that it is for, one test a language. */
export function rule(says: string, { locales, faults, finds }: Rule): void {
  describe(says, () => {
    test.for(finds)('finds %j', ([locale, text, source = '']) => {
      expect(faults({ locale, key: 'http.json/400/message', text, source })).not.toEqual([])
    })

    for (const [locale, texts] of byLocale) {
      if (locales === undefined ? locale === 'en' : !locales.includes(locale)) continue
      test(`${locale} keeps to it`, () => {
        const broken: Record<string, string> = {}
        for (const [key, text] of texts) {
          const source = english.get(key)!
          const found = isVendorText(locale, key) ? [] : faults({ locale, key, text, source })
          if (found.length > 0) broken[key] = `${found.join(' ')} in “${text}”, from “${source}”`
        }
        expect(broken).toEqual({})
      })
    }
  })
}

/** The text as people read it: without what stands in backticks, and without placeholders. */
export function prose(text: string): string {
  return text.replaceAll(/`[^`]*`|\{\{[^}]*\}\}/g, '')
}

// Whom the page is shown to: the language is sent with every request, and the app's own words are in it.
import { findA } from './dom.ts'
import { WORDS, type Words } from './words.ts'

/** The languages of the answers, each in itself. */
export const LANGUAGES: readonly string[] = Object.keys(WORDS)

const listeners = new Set<() => void>()
let current = preferred()

export const reader = {
  get locale(): string {
    return current
  },

  get words(): Words {
    return WORDS[current]!
  },

  choose(locale: string): void {
    current = locale
    for (const listener of listeners) listener()
  },

  /** Calls a function now, and again whenever the reader is another. */
  watch(listener: () => void): void {
    listeners.add(listener)
    listener()
  },
}

/** `lang` and `dir` of a text in a language. */
export function inLanguage(locale: string): { readonly lang: string; readonly dir: 'rtl' | 'ltr' } {
  return { lang: locale, dir: locale === 'ar' ? 'rtl' : 'ltr' }
}

/** The name of a language, as its readers write it. */
export function nameOf(locale: string): string {
  const name =
    new Intl.DisplayNames(locale, { type: 'language', languageDisplay: 'standard' }).of(locale) ?? locale
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}

/** Puts the app's own words, and their direction, where the page has places for them. */
export function speak(app: HTMLElement): void {
  reader.watch(() => {
    Object.assign(app, inLanguage(reader.locale))
    for (const place of app.querySelectorAll<HTMLElement>('[data-word]')) {
      place.textContent = reader.words[place.dataset['word'] as keyof Words]
    }
  })
}

export function offerLanguages(): void {
  const select = findA(HTMLSelectElement, '#language')
  for (const locale of LANGUAGES) select.append(new Option(nameOf(locale), locale))
  select.addEventListener('change', () => reader.choose(select.value))
  reader.watch(() => {
    select.value = reader.locale
    select.lang = reader.locale
  })
}

/** The first language of the browser that there is, in its own script: Hong Kong reads traditional characters. */
function preferred(): string {
  for (const wanted of navigator.languages) {
    const inScript = scriptOf(wanted)
    const found = LANGUAGES.find((known) => scriptOf(known) === inScript)
    if (found !== undefined) return found
  }
  return 'en'
}

/** A language and its script: `zh-Hant`. A browser may name a locale of POSIX, `en-US@posix`, or of what is none, `c`. */
function scriptOf(tag: string): string | undefined {
  try {
    const { language, script } = new Intl.Locale(tag.replace(/@.*/, '')).maximize()
    return `${language}-${script}`
  } catch {
    return undefined
  }
}

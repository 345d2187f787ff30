import { LANGUAGE_NAMES, plainHeading } from './words.ts'

/** The language that a heading names: `Message (English)`, `中文描述`, `message_de`, and what is left of it. */
export function languageOfHeading(heading: string): { readonly rest: string; readonly language?: string } {
  const plain = plainHeading(heading)
  const [, before = '', inside = ''] = /^([^()]*)\(([^()]*)\)$/.exec(plain) ?? []
  const named = languageNamed(inside.trim()) ?? tagOf(inside.trim())
  if (named !== undefined) return { rest: before.trim(), language: named }
  const whole = languageNamed(plain)
  if (whole !== undefined) return { rest: '', language: whole }
  const words = plain.split(/[ -]/)
  for (const count of [2, 1]) {
    if (words.length <= count) continue
    const last = languageNamed(words.slice(-count).join(' '))
    if (last !== undefined) return { rest: words.slice(0, -count).join(' '), language: last }
    const first = languageNamed(words.slice(0, count).join(' '))
    if (first !== undefined) return { rest: words.slice(count).join(' '), language: first }
  }
  const chinese = /^(英文|中文|日文)(.+)$/.exec(plain) ?? /^(.+)(英文|中文|日文)$/.exec(plain)
  if (chinese) {
    const [, one = '', other = ''] = chinese
    const language = languageNamed(one) ?? languageNamed(other)
    if (language !== undefined) return { rest: languageNamed(one) ? other : one, language }
  }
  return { rest: before === '' ? plain : before.trim() }
}

function languageNamed(name: string): string | undefined {
  const plain = name.replaceAll('-', ' ')
  return Object.hasOwn(LANGUAGE_NAMES, plain) ? LANGUAGE_NAMES[plain] : undefined
}

const SCRIPTS: readonly (readonly [language: string, letters: RegExp, share: number])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 0.1],
  ['ko', /\p{Script=Hangul}/gu, 0.2],
  ['zh', /\p{Script=Han}/gu, 0.2],
  ['uk', /[іїєґІЇЄҐ]/gu, 0.02],
  ['ru', /\p{Script=Cyrillic}/gu, 0.3],
  ['ar', /\p{Script=Arabic}/gu, 0.3],
  ['he', /\p{Script=Hebrew}/gu, 0.3],
  ['th', /\p{Script=Thai}/gu, 0.3],
  ['el', /\p{Script=Greek}/gu, 0.3],
  ['hi', /\p{Script=Devanagari}/gu, 0.3],
]
// Frequent characters that only one of the two ways to write Chinese has.
const TRADITIONAL =
  /[錯誤請碼參數據無與個為這說過們對會並內國從報時開關單應該執設訊號權額圍範戶帳證書簽狀態類]/gu

/** The language that texts are written in, where their letters tell. */
export function languageOfTexts(texts: readonly string[]): string | undefined {
  // Enough to tell, however many there are.
  const sample = texts.slice(0, 400).join(' ').slice(0, 20_000)
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return undefined
  const found = SCRIPTS.find(([, pattern, share]) => (sample.match(pattern)?.length ?? 0) / letters >= share)
  if (found === undefined) return undefined
  if (found[0] !== 'zh') return found[0]
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 1
  return (sample.match(TRADITIONAL)?.length ?? 0) / han > 0.03 ? 'zh-TW' : 'zh-CN'
}

/** The language that a file's name ends with: `messages_de.properties`, `errors.zh-CN.md`, `codes_CN.md`. */
export function languageOfFile(file: string): string | undefined {
  const stem = file.replace(/^.*[/\\]/, '').replace(/(?:\.[a-z]{1,10}){1,2}$/i, (extensions) => {
    const [first = ''] = extensions.slice(1).split('.')
    return isTag(first) && extensions.split('.').length > 2 ? `.${first}` : ''
  })
  const [, ending] = /[._-]([a-z]{2}(?:[_-][a-z]{2,4})?)$/i.exec(stem) ?? []
  if (ending === undefined) return undefined
  const plain = ending.toLowerCase().replace('_', ' ').replace('-', ' ')
  const named = languageNamed(plain)
  if (named !== undefined) return named
  return isTag(ending) ? Intl.getCanonicalLocales(ending.replace('_', '-'))[0] : undefined
}

/** `pt-br` in brackets. */
function tagOf(text: string): string | undefined {
  return /^[a-z]{2}(?:-[a-z]{2,4})?$/.test(text) && isTag(text)
    ? Intl.getCanonicalLocales(text)[0]
    : undefined
}

function isTag(text: string): boolean {
  try {
    const tag = text.replace('_', '-')
    return new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(tag) !== undefined
  } catch {
    return false
  }
}

import { levels, type Rule } from '../rule.ts'

// Controls but tabs and line breaks; what reorders, joins or parts unseen; what no character is; letters without a shape.
const INVISIBLE =
  /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\uFFFD\u115F\u1160\u3164\uFFA0]/u

// Persian, Hindi and others need the joiners between their letters, and so do emoji (Unicode, section 23.2).
const JOINER =
  /(?<=[\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{sc=Arabic}\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Malayalam}\p{sc=Kannada}\p{sc=Sinhala}\p{sc=Mongolian}])[\u200C\u200D](?=[\p{L}\p{M}\p{Extended_Pictographic}])/gu

const ENTITY =
  /&(?:amp|lt|gt|quot|apos|nbsp|shy|copy|reg|hellip|[mn]dash|[lr]aquo|[lrbs]{1,2}[sd]?quo|szlig|[a-z](?:acute|grave|circ|uml|tilde|cedil|ring)|#\d{1,7}|#x[\da-f]{1,6});/i

// Of other languages and libraries: {name}, ${name}, %{name}, %s, %1$d, %(name)s.
const FOREIGN = /\$\{[^{}]*\}|%\{\w+\}|%\(\w+\)[sdf]|%(?:\d+\$)?[sdfu@](?![\p{L}\d])|\{[\w.]*\}|\{\{|\}\}/u

export const CHARACTER_RULES: readonly Rule[] = [
  {
    id: 'placeholder-foreign',
    family: 'catalog',
    levels: levels('warning'),
    what: 'A text has a placeholder of another library or language: {name}, %s, ${name}.',
    why: 'Only {{name}} is filled: clients see all others as they are written.',
    of: 'text',
    check({ text }) {
      if (!/[{%}]/.test(text)) return undefined
      const [found] = FOREIGN.exec(text.replaceAll(/`[^`]*`|\{\{[^{}]*\}\}/g, ' ')) ?? []
      if (found === undefined) return undefined
      return /^(?:\{\{|\}\})$/.test(found)
        ? `has ${found} alone. Write a placeholder as {{name}}.`
        : `has ${found}, which nobody fills. Write {{${/\w*[A-Za-z]\w+/.exec(found)?.[0] ?? 'name'}}}.`
    },
  },
  {
    id: 'text-whitespace',
    family: 'catalog',
    levels: levels('warning'),
    what: 'A text begins or ends with a blank, or has two in a row, a tab or a line break.',
    why: 'It shows where the text stands beside others, and in logs.',
    of: 'text',
    check({ text, field }) {
      if (text.trim() === '') return undefined
      if (text !== text.trim()) return 'begins or ends with a blank. Take it away.'
      // A description may have paragraphs.
      const rest = field === 'description' ? text.replaceAll(/\r?\n/g, '') : text
      if (/[\t\n\r]/.test(rest)) return 'has a tab or a line break. Write a blank.'
      return rest.includes('  ') ? 'has two blanks in a row. Take one away.' : undefined
    },
  },
  {
    id: 'text-not-nfc',
    family: 'catalog',
    levels: levels('warning'),
    what: 'A text is not in the normal form NFC: a letter and its accent are two characters.',
    why: 'It looks the same and is not: searching and comparing fail (UAX #15).',
    of: 'text',
    check: ({ text }) =>
      /[^\0-\u02FF]/.test(text) && text !== text.normalize('NFC')
        ? "is not in NFC. Normalize it: text.normalize('NFC')."
        : undefined,
  },
  {
    id: 'text-invisible',
    family: 'catalog',
    levels: levels('error'),
    what: 'A text has a character that cannot be seen: a control, one that reorders, one without width, U+FFFD.',
    why: 'It breaks searching, can make a text read otherwise than it is written, or is the rest of a lost letter.',
    of: 'text',
    check({ text }) {
      const [first] = INVISIBLE.exec(text) ?? []
      if (first === undefined) return undefined
      const [found] = INVISIBLE.exec(text.replaceAll(JOINER, '')) ?? []
      return found && `has ${codePoint(found)}, which cannot be seen. Take it away.`
    },
  },
  {
    id: 'text-nesting',
    family: 'locales',
    levels: levels('error'),
    what: 'A text has $t(…), the nesting of i18next.',
    why: 'It is not looked up: clients see it as it is written.',
    of: 'text',
    check: ({ text }) =>
      text.includes('$t(')
        ? 'has $t(…), which is not looked up. Write out the text that it means.'
        : undefined,
  },
  {
    id: 'text-entity',
    family: 'locales',
    levels: levels('warning'),
    what: 'A text has an entity of HTML, such as &amp; or &#39;.',
    why: 'JSON is no HTML: clients see the entity. A translation tool has escaped the text once too often.',
    of: 'text',
    check({ text }) {
      const [found] = ENTITY.exec(text) ?? []
      return found && `has ${found}, which is sent as it stands. Write the character that it means.`
    },
  },
]

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}

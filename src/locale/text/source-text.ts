import { compileTemplate, unknownPlaceholders } from '../../catalog/template.ts'
import { getOrMake } from '../../guard/memo.ts'
import { createSource, type TextSource } from '../sources/source.ts'
import { findText, showIn, type Text } from './text.ts'

// {{price, number}}
const FORMAT = /\{\{[^{}]*,/

const NAMESPACE = 'texts'

/**
 * Makes what fills the texts that stand in a catalog itself. Those that name a format are filled by i18next, as
 * translations are, which is made for the first of them.
 */
export function createSourceTexts(locale: string): (text: string) => Text {
  const texts = new Map<string, Text>()
  let source: TextSource | undefined

  function formatted(text: string): Text | undefined {
    source ??= createSource({}, 'The texts of a catalog')
    const key = texts.size
    source.i18n.addResource(locale, NAMESPACE, String(key), text)
    return findText(source, {
      namespace: NAMESPACE,
      locale,
      key,
      field: 'message',
      form: undefined,
      params: unknownPlaceholders(text, []),
      sourceText: text,
      sourceLocale: locale,
      isKey: () => false,
      ownKey: undefined,
    })
  }

  function make(text: string): Text {
    const found = FORMAT.test(text) ? formatted(text) : undefined
    return found ?? { locale, fill: compileTemplate(text, showIn(locale)) }
  }

  return (text) => getOrMake(texts, text, make)
}

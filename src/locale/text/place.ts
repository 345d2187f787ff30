import type { TextField } from '../../catalog/entry.ts'
import { readOwn } from '../../guard/own.ts'
import { read } from '../../guard/read.ts'
import type { TextSource } from '../sources/source.ts'
import { lookUp, type Place, type Wanted } from './lookup.ts'
import type { OwnKey } from './own-keys.ts'
import type { Original } from './placeholders.ts'
import { endingsOf, type PluralForm } from './plural.ts'
import { textMember } from './plugin.ts'

/** The text that is looked for. */
export interface TextKey extends Omit<Wanted, 'isWhole'>, Original {
  readonly field: TextField
  readonly namespace: string
  readonly locale: string
  /** Undefined where no number is told. */
  readonly form: PluralForm | undefined
  /** Where it is looked for first, in an app that has keys of its own. */
  readonly ownKey: OwnKey | undefined
}

/** A place in a namespace, and the ending of the plural form that stands there. */
export interface FormPlace extends Place {
  readonly namespace: string
  /** i18next's name of the locale. */
  readonly language: string
  readonly ending: string
  /** The app's own key of it. */
  readonly ownName?: string
}

export function placeOf(source: TextSource, key: TextKey): FormPlace | undefined {
  const { field, ownKey } = key
  for (const { namespace, name } of ownKey?.places ?? []) {
    const wanted = { key: name, field, isKey: () => false, isWhole: ownKey!.isWhole }
    const place = placeIn(source, namespace, key, wanted)
    if (place !== undefined) return { ...place, ownName: name }
  }
  return placeIn(source, key.namespace, key, { ...key, isWhole: field === 'message' })
}

/** Looks for a message of Fluent under its own name, too. */
function placeIn(source: TextSource, namespace: string, key: TextKey, wanted: Wanted): FormPlace | undefined {
  const place = placeOfMember(source, namespace, key, wanted)
  if (place !== undefined || key.field !== 'message') return place
  const member = source.ownSyntax ? undefined : textMember(source.i18n)
  return member === undefined
    ? undefined
    : placeOfMember(source, namespace, key, { ...wanted, field: member, isWhole: false })
}

function placeOfMember(
  { i18n, languageOf }: TextSource,
  namespace: string,
  key: TextKey,
  wanted: Wanted,
): FormPlace | undefined {
  const language = languageOf(key.locale, namespace)
  const texts = readOwn(readOwn(read(i18n.store, 'data'), language), namespace)
  if (texts === undefined) return undefined
  const { keySeparator, pluralSeparator } = i18n.options
  const separators = withOwn('.', keySeparator)
  for (const ending of endingsOf(key.locale, key.form)) {
    for (const separator of ending === '' ? [''] : withOwn('_', pluralSeparator)) {
      const place = lookUp(texts, wanted, separator + ending, separators)
      if (place !== undefined) return { ...place, namespace, language, ending }
    }
  }
  return undefined
}

/** An app's instance may separate names otherwise than files do that are written for us. */
function withOwn(usual: string, own: string | false | undefined): readonly string[] {
  return own === undefined || own === false || own === '' || own === usual ? [usual] : [own, usual]
}

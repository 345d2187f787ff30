import { createAnswers } from '../../answers/create.ts'
import type { Dump } from '../../dump/dump.ts'
import { explain, explainGeneral, localeIn, type Explanation } from '../../explain/explanation.ts'
import {
  errorsOfStatus,
  findErrors,
  generalCodes,
  namedErrors,
  nearestErrors,
  type FoundError,
} from '../../explain/find.ts'
import { explanationText, foundText } from '../../explain/text.ts'
import { defineCommand, UsageError, type ExitCode } from '../command.ts'
import { placesOf, SOURCES_OPTION } from '../sources.ts'
import type { Surroundings } from '../surroundings.ts'
import { show } from '../../../guard/setup-error.ts'

const MAX_LISTED = 20

export const command = defineCommand({
  name: 'explain',
  summary: 'Tells all about an error: what it means, what to do, how it is answered, what makes it.',
  operands: 'CODE|KEY|WORDS...',
  maxOperands: Infinity,
  options: {
    lang: { type: 'string', value: 'TAG', help: 'the language of texts and answer' },
    ...SOURCES_OPTION,
  },
  examples: [
    ['bizerror explain 10002', 'tells about the errors that clients know by this code'],
    ['bizerror explain SOLD_OUT --lang de', 'tells about an error in German'],
    ['bizerror explain too many orders', 'looks for the words, in all languages'],
  ],
  async run({ lang, sources }, operands, surroundings): Promise<ExitCode> {
    const { catalogs, format, note, print } = surroundings
    const asked = operands.join(' ').trim()
    if (asked === '') throw new UsageError('Nothing was asked. Give a code, a key or words.')
    if (format !== 'human' && format !== 'json') {
      throw new UsageError(`bizerror explain prints human or json, not ${format}.`)
    }
    const dumps = (await catalogs()).map(({ dump }) => dump)
    const named = namedErrors(dumps, asked)
    const general = named.length > 0 ? [] : generalCodes(dumps, asked)
    if (general.length > 0) {
      const each = general.map((code) =>
        explainGeneral(code, { answers: createAnswers(code.dump), locale: localeOf(code.dump, lang) }),
      )
      printAll(each, surroundings)
      // They were as likely meant: who asks by a status knows no code.
      const own = errorsOfStatus(dumps, asked).slice(0, MAX_LISTED)
      if (own.length > 0) note(`Errors of status ${asked}:\n${foundText(own).trimEnd()}`)
      return 0
    }
    const found = named.length > 0 ? named : findErrors(dumps, asked)
    if (found.length === 0) {
      const nearest = nearestErrors(dumps, asked).slice(0, MAX_LISTED)
      if (format === 'json') print('[]\n')
      note(`No catalog has an error ${show(asked)}.${nearest.length === 0 ? '' : ' The nearest are:'}`)
      if (nearest.length > 0) note(foundText(nearest).trimEnd())
      return 1
    }
    const [{ entry: first }] = found as [FoundError]
    const areAllOf = found.every(({ entry }) => entry.code === first.code)
    if (format === 'human' && !areAllOf) {
      print(foundText(found.slice(0, MAX_LISTED)))
      if (found.length > MAX_LISTED) note(`and ${found.length - MAX_LISTED} more`)
      return 0
    }
    printAll(await explanationsOf(found, lang, sources, surroundings), surroundings)
    return 0
  },
})

function printAll(explanations: readonly Explanation[], { colors, format, print }: Surroundings): void {
  print(
    format === 'json'
      ? `${JSON.stringify(explanations, null, 2)}\n`
      : explanations.map((each) => explanationText(each, colors)).join('\n'),
  )
}

async function explanationsOf(
  found: readonly FoundError[],
  lang: string | undefined,
  sources: readonly string[] | undefined,
  surroundings: Surroundings,
): Promise<readonly Explanation[]> {
  const keys = found.flatMap(({ entry: { key, code } }) => [String(key), String(code)])
  const placesFor = await placesOf(surroundings, sources, keys)
  return found.map((each) => {
    const { dump, entry } = each
    return explain(each, {
      answers: createAnswers(dump),
      locale: localeOf(dump, lang),
      places: placesFor?.(dump.catalog, entry.key),
    })
  })
}

function localeOf(dump: Dump, lang: string | undefined): string {
  const locale = lang === undefined ? dump.sourceLocale : localeIn(dump, lang)
  if (locale === undefined) {
    throw new UsageError(`--lang is ${show(lang)}. Catalog ${dump.catalog} has ${dump.locales.join(', ')}.`)
  }
  return locale
}

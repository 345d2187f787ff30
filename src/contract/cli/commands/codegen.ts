import { fileOf, generateClient, LANGUAGES, type LanguageName } from '../../codegen/generate.ts'
import { nearest, show } from '../../../guard/setup-error.ts'
import { defineCommand, OUTPUT_OPTIONS, UsageError } from '../command.ts'
import type { CodegenConfig, Config } from '../config.ts'
import type { LoadedCatalog } from '../surroundings.ts'

const NAMES = Object.keys(LANGUAGES) as readonly LanguageName[]

export const command = defineCommand({
  name: 'codegen',
  summary:
    'Writes what a client knows of the errors: their codes as constants, and a reader of answers, in\nTypeScript, Go, Python, Java or Kotlin.',
  operands: '[LANGUAGE]',
  maxOperands: 1,
  options: {
    ...OUTPUT_OPTIONS,
    package: { type: 'string', value: 'NAME', help: 'the package of Go, Java or Kotlin' },
  },
  examples: [
    ['bizerror codegen go -o client/shop/errors.go', 'writes package shop'],
    ['bizerror codegen java -o src/main/java/com/acme/shop', 'writes ShopException.java of com.acme.shop'],
    ['bizerror codegen python -o -', 'prints it'],
    ['bizerror codegen --check', 'says in CI whether all that the config lists is up to date'],
  ],
  async run({ output, check = false, package: home }, [language], { catalogs, config, note, write }) {
    const targets = targetsOf(language, { output, package: home }, config)
    const loaded = await catalogs()
    const files = filesOf(targets, loaded)
    const code = write(files, { check, differences: differencesOf, remedy: 'Run bizerror codegen.' })
    if (!check) for (const path of files.keys()) if (path !== '-') note(path)
    return code
  },
})

/** What is to be written, and where: as the command line says, else as the config. */
function targetsOf(
  language: string | undefined,
  { output, package: home }: { readonly output: string | undefined; readonly package: string | undefined },
  { codegen = [] }: Config,
): readonly CodegenConfig[] {
  if (language === undefined) {
    const wrong = output === undefined ? (home === undefined ? undefined : '--package') : '--output'
    if (wrong !== undefined) {
      throw new UsageError(`${wrong} is of one language. Name it: bizerror codegen go ${wrong} …`)
    }
    if (codegen.length > 0) return codegen
    throw new UsageError(
      `bizerror codegen was given no language. Give one of ${NAMES.join(', ')}, or list them in codegen of the config.`,
    )
  }
  const name = NAMES.find((each) => each === language)
  if (name === undefined) {
    const meant = nearest(language, NAMES)
    const advice = meant === undefined ? `Known are: ${NAMES.join(', ')}.` : `Did you mean ${meant}?`
    throw new UsageError(`bizerror codegen knows no language ${show(language)}. ${advice}`)
  }
  if (output !== undefined) return [{ language: name, output, package: home }]
  const listed = codegen.filter((each) => each.language === name)
  if (listed.length > 0 && home === undefined) return listed
  throw new UsageError(`bizerror codegen ${name} has no --output. Give a file or a folder, or - to print it.`)
}

function filesOf(
  targets: readonly CodegenConfig[],
  loaded: readonly LoadedCatalog[],
): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const packages = new Map<string, string>()
  for (const { language, output, package: home } of targets) {
    if (home !== undefined && !LANGUAGES[language].hasPackages) {
      throw new UsageError(
        `--package is ${show(home)}, and ${LANGUAGES[language].title} has none in its files. Leave it out.`,
      )
    }
    for (const { dump } of loaded) {
      const path = output === '-' ? '-' : fileOf(output, dump.catalog, language)
      const folder = path.slice(0, path.lastIndexOf('/') + 1)
      const other = files.has(path)
        ? path
        : language === 'go' && path !== '-'
          ? packages.get(folder)
          : undefined
      if (other !== undefined) {
        throw new UsageError(
          `${output} is one place for several clients. Write {{catalog}} where the names of catalogs stand${language === 'go' ? ', and give each Go package a folder of its own' : ''}, or name one catalog by --catalog.`,
        )
      }
      if (language === 'go') packages.set(folder, path)
      files.set(
        path,
        generateClient(dump, language, path === '-' ? { package: home } : { path, package: home }),
      )
    }
  }
  return files
}

/** Git may have written other ends of lines. */
function differencesOf(written: string, made: string): readonly string[] {
  return written.replaceAll('\r\n', '\n') === made ? [] : ['is not what the catalog says']
}

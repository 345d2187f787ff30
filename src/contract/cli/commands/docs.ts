import { readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { show } from '../../../guard/setup-error.ts'
import { writeDocs } from '../../docs/files.ts'
import { unknownHidden } from '../../docs/hidden.ts'
import type { Dump } from '../../dump/dump.ts'
import { CATALOG_FILE } from '../../docs/served-links.ts'
import { defineCommand, OUTPUT_OPTIONS, UsageError } from '../command.ts'
import { readFile } from '../output.ts'

export const command = defineCommand({
  name: 'docs',
  summary: 'Writes the pages of a catalog as files, one for each code: those that reference() serves.',
  options: {
    output: {
      ...OUTPUT_OPTIONS.output,
      value: 'DIR',
      help: 'the folder to write into. - is stdout, with --single',
    },
    check: OUTPUT_OPTIONS.check,
    format: { type: 'string', short: 'f', value: 'FORMAT', choices: ['html', 'md'], help: 'of the files' },
    languages: {
      type: 'string',
      value: 'TAG,…',
      help: 'the first is that of the folder itself. All by default',
    },
    base: { type: 'string', value: 'PATH', help: 'the path that they are served under, such as /errors/' },
    single: { type: 'boolean', help: 'one file for each language, with all codes' },
    title: { type: 'string', value: 'NAME', help: 'the name of the API' },
    hide: { type: 'string', value: 'CODE,…', help: 'codes or keys that are not shown' },
  },
  examples: [
    ['bizerror docs -o site/errors --base /errors/', 'writes HTML for a web server'],
    ['bizerror docs -f md -o docs/errors', 'writes Markdown for VitePress, Docusaurus or GitHub'],
    ['bizerror docs -f md --single --languages en -o - > ERRORS.md', 'writes one file'],
  ],
  async run(options, _, { catalogs, config, cwd, note, write }) {
    const { output, check = false, format = 'html', single = false } = options
    if (output === undefined) throw new UsageError('bizerror docs needs a folder. Give it: -o docs/errors')
    if (output === '-' && !single) throw new UsageError('-o - is one file. Add --single, or give a folder.')
    const loaded = await catalogs()
    const files = new Map<string, string>()
    for (const { dump } of loaded) {
      const written = writeDocs(dump, {
        format,
        isSingle: single,
        languages: languagesOf(dump, listOf(options.languages) ?? config.docs?.languages),
        base: baseOf(options.base ?? config.docs?.base),
        title: options.title ?? config.docs?.title,
        hide: hiddenOf(dump, listOf(options.hide) ?? config.docs?.hide ?? []),
      })
      const folder = loaded.length === 1 ? output : `${output}/${dump.catalog}`
      if (!check && output !== '-') checkFolder(cwd, folder)
      for (const [path, text] of written) files.set(output === '-' ? '-' : `${folder}/${path}`, text)
    }
    const code = write(files, { check, remedy: 'Run bizerror docs.' })
    if (!check && output !== '-') note(`${output}: ${files.size} ${files.size === 1 ? 'file' : 'files'}`)
    return code
  },
})

/**
 * Dozens of files among those of somebody else's are hard to take out again, and an index there would be replaced.
 *
 * @throws UsageError - for a folder that holds something, and nothing that docs wrote
 */
function checkFolder(cwd: string, folder: string): void {
  const path = resolve(cwd, folder)
  // What is no folder is told when it is written.
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return
  // Not .gitkeep, nor what a file manager leaves behind.
  if (readdirSync(path).every((name) => name.startsWith('.'))) return
  const isOurs =
    readFile(cwd, `${folder}/${CATALOG_FILE}`) !== undefined ||
    INDEXES.some(([file, mark]) => mark.test(readFile(cwd, `${folder}/${file}`) ?? ''))
  if (isOurs) return
  throw new UsageError(
    `${folder} holds files that bizerror docs did not write. Give a folder of its own: -o ${folder.replace(/\/+$/, '')}/errors`,
  )
}

/** What an index has that nobody else writes: a row for a code, an article for it. */
const INDEXES = [
  ['index.md', /^\| \[`[^`]+`+\]\(/m],
  ['index.html', /^<div class="each" id="/m],
] as const

function listOf(text: string | undefined): readonly string[] | undefined {
  return text
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function languagesOf(dump: Dump, given: readonly string[] | undefined): readonly string[] {
  const { sourceLocale, locales, catalog } = dump
  const wrong = given?.find((tag) => !locales.includes(tag))
  if (wrong !== undefined) {
    throw new UsageError(`Catalog ${catalog} has no texts in ${show(wrong)}. It has: ${locales.join(', ')}.`)
  }
  if (given !== undefined && given.length > 0) return [...new Set(given)]
  return [sourceLocale, ...locales.filter((tag) => tag !== sourceLocale)]
}

function baseOf(base: string | undefined): string | undefined {
  if (base === undefined) return undefined
  // RFC 3986, section 3.3, or a whole address.
  if (!/^(?:https?:\/\/[^\s"<>\\/]+)?\/(?!\/)[\w\-.~%!$&'()*+,;=:@/]*$/.test(base)) {
    throw new UsageError(`--base is ${show(base)}. Give a path such as /errors/.`)
  }
  return base.endsWith('/') ? base : `${base}/`
}

function hiddenOf(dump: Dump, hide: readonly (string | number)[]): readonly (string | number)[] {
  const [unknown] = unknownHidden(dump, hide)
  if (unknown === undefined) return hide
  throw new UsageError(
    `--hide has ${show(unknown)}, which is no code or key of catalog ${dump.catalog}. Name an error that it has.`,
  )
}

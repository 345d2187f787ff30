import { SCHEMA } from '../../dump/create.ts'
import { differencesOf } from '../../dump/differences.ts'
import { writeDump } from '../../dump/write.ts'
import { dirname, relative, sep } from 'node:path'
import { defineCommand, OUTPUT_OPTIONS } from '../command.ts'
import { dumpPath } from '../dump-path.ts'

export const command = defineCommand({
  name: 'dump',
  summary: 'Writes a catalog as data, with its texts in every language. Commit it, and review its changes.',
  options: OUTPUT_OPTIONS,
  examples: [
    ['bizerror dump -c src/errors.ts', 'writes errors.json'],
    ['bizerror dump --check', 'says in CI whether errors.json is up to date'],
    ['bizerror dump -c src/errors.ts#shop -o -', 'prints the dump of one export'],
  ],
  async run({ output, check = false }, _, { catalogs, config, note, write }) {
    const loaded = await catalogs()
    const path = output ?? config.dump
    const files = new Map(
      loaded.map(({ dump }) => {
        const file = dumpPath(path, dump.catalog, loaded.length)
        return [file, writeDump({ ...dump, $schema: schemaFrom(file) })]
      }),
    )
    const code = write(files, { check, differences: differencesOf, remedy: 'Run bizerror dump.' })
    if (!check && path !== '-') {
      for (const { dump } of loaded) {
        const { length } = dump.entries
        note(
          `${dumpPath(path, dump.catalog, loaded.length)}: ${length} ${length === 1 ? 'error' : 'errors'} of ${dump.catalog} in ${dump.locales.join(', ')}`,
        )
      }
    }
    return code
  },
})

/** The path of the format's schema, as a dump names it. */
function schemaFrom(file: string): string {
  const up = relative(dirname(file), '.').split(sep).join('/')
  return up === '' ? SCHEMA : `${up}/${SCHEMA.replace('./', '')}`
}

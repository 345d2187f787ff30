import { clientCatalog } from '../../client-catalog.ts'
import { writeJson } from '../../dump/write.ts'
import { defineCommand, OUTPUT_OPTIONS } from '../command.ts'
import { dumpPath } from '../dump-path.ts'

const FILE = 'client-catalog.json'

export const command = defineCommand({
  name: 'client-catalog',
  summary:
    'Writes what bizerror/client has to know of a catalog: small JSON, to be bundled with a front end.',
  options: OUTPUT_OPTIONS,
  examples: [
    ['bizerror client-catalog -c src/errors.ts -o web/shop.json', 'writes web/shop.json'],
    ['bizerror client-catalog -o web/shop.json --check', 'says in CI whether it is up to date'],
    ['bizerror client-catalog -c bizerror/catalogs/cdn -o -', 'prints it'],
  ],
  async run({ output, check = false }, _, { catalogs, note, write }) {
    const loaded = await catalogs()
    const path = output ?? (loaded.length === 1 ? FILE : `{{catalog}}.${FILE}`)
    const files = new Map(
      loaded.map(({ dump }) => [dumpPath(path, dump.catalog, loaded.length), writeJson(clientCatalog(dump))]),
    )
    const code = write(files, { check, differences: differencesOf, remedy: 'Run bizerror client-catalog.' })
    if (!check) for (const file of files.keys()) if (file !== '-') note(file)
    return code
  },
})

/** Others may have formatted the file. */
function differencesOf(written: string, made: string): readonly string[] {
  return dataOf(written) === dataOf(made) ? [] : ['is not what the catalog says']
}

function dataOf(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return text
  }
}

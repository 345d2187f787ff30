import { listScan } from '../../scan/list.ts'
import { scanText } from '../../scan/text.ts'
import { defineCommand, UsageError, type ExitCode } from '../command.ts'
import { scanCatalogs, SOURCES_OPTION } from '../sources.ts'
import { wantedErrors } from '../wanted.ts'

export const command = defineCommand({
  name: 'scan',
  summary: 'Tells where source code makes which error. Mistakes in it are for bizerror lint.',
  operands: '[CODE|KEY...]',
  maxOperands: Infinity,
  options: SOURCES_OPTION,
  examples: [
    ['bizerror scan -c src/errors.ts', 'lists the errors with the places that make them'],
    ['bizerror scan SOLD_OUT 1006', 'lists those of two errors'],
    ['bizerror scan -f json', 'prints the same for programs'],
  ],
  async run({ sources }, operands, surroundings): Promise<ExitCode> {
    const { catalogs, colors, format, note, print } = surroundings
    if (format !== 'human' && format !== 'json') {
      throw new UsageError(
        `bizerror scan prints human or json, not ${format}. For findings run bizerror lint.`,
      )
    }
    const dumps = (await catalogs()).map(({ dump }) => dump)
    const wanted = wantedErrors(operands, dumps)
    const scan = await scanCatalogs(surroundings, sources)
    for (const { file, line, problem } of scan.unreadable) note(`${file}:${line} ${problem}`)
    const listed = listScan(scan, dumps, wanted)
    print(format === 'json' ? `${JSON.stringify(listed, null, 2)}\n` : scanText(listed, colors))
    return 0
  },
})

// What an older TypeScript finds in some projects, each given by the arguments of its `tsc`. In one process, files are parsed
// once; and of the types of others, whose errors are their own, none is checked. That takes the longest.
import { createRequire } from 'node:module'

const [compiler, projects] = process.argv.slice(2)
const ts = createRequire(import.meta.url)(compiler)
const parsed = new Map()

function check(args) {
  const { options: given } = ts.parseCommandLine(args)
  const fails = ({ messageText }) => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'))
  }
  const system = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fails }
  const { options, fileNames } = ts.getParsedCommandLineOfConfigFile(
    `${given.project}/tsconfig.json`,
    given,
    system,
  )
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  host.getSourceFile = (file, ...more) => {
    if (!parsed.has(file)) parsed.set(file, getSourceFile(file, ...more))
    return parsed.get(file)
  }
  const program = ts.createProgram(fileNames, options, host)
  const files = program.getSourceFiles()
  const ours = files.filter(({ fileName }) => !/\/node_modules\/(?!bizerror\/)/.test(fileName))
  const written = options.noEmit ? [] : ours.filter(({ isDeclarationFile }) => !isDeclarationFile)
  const found = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...ours.flatMap((file) => program.getSyntacticDiagnostics(file)),
    ...ours.flatMap((file) => program.getSemanticDiagnostics(file)),
    ...program.getGlobalDiagnostics(),
    ...written.flatMap((file) => program.emit(file).diagnostics),
  ]
  const told = ts.formatDiagnostics(found, host)
  return [...told.trimEnd().split('\n'), ...files.map(({ fileName }) => fileName)].join('\n')
}

console.log(JSON.stringify(JSON.parse(projects).map(check)))

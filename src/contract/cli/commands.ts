import type { Command } from './command.ts'

/** What each command is for, in the order in which a project meets them. */
export const SUMMARIES = {
  dump: 'write a catalog as data, to be committed and reviewed',
  diff: 'tell what a change of the catalog breaks for clients',
  lint: 'find mistakes in catalogs, translations and source code',
  docs: 'write the pages of the codes, as HTML or Markdown',
  openapi: 'write the schemas of all errors into an OpenAPI document',
  codegen: 'write a client in TypeScript, Go, Python, Java or Kotlin',
  'client-catalog': 'write what bizerror/client has to know of a catalog, as small JSON',
  explain: 'tell all about one code',
  scan: 'tell where source code throws which error',
  coverage: 'tell which errors no test has answered with',
  import: 'make a catalog of a table of codes',
} as const

export type CommandName = keyof typeof SUMMARIES

/** Each is loaded when it is run. */
export const COMMANDS: Readonly<Partial<Record<CommandName, () => Promise<{ readonly command: Command }>>>> =
  {
    dump: () => import('./commands/dump.ts'),
    lint: () => import('./commands/lint.ts'),
    diff: () => import('./commands/diff.ts'),
    coverage: () => import('./commands/coverage.ts'),
    explain: () => import('./commands/explain.ts'),
    scan: () => import('./commands/scan.ts'),
    import: () => import('./commands/import.ts'),
    codegen: () => import('./commands/codegen.ts'),
    'client-catalog': () => import('./commands/client-catalog.ts'),
    docs: () => import('./commands/docs.ts'),
    openapi: () => import('./commands/openapi.ts'),
  }
